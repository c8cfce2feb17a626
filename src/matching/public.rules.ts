import type { Verdict } from '../eligibility/verdict.rules.ts';
import { everyPublic } from '../offers/service.rules.ts';
import { mayOpen, type Holder } from '../people/closed.rules.ts';
import type { TargetPublic } from '../programme/public.rules.ts';
import type { KnownOf } from './known.rules.ts';

/**
 * Whether a person is of one of an offer's publics (data·inclusion), as its receiver may be told. Two things must hold
 * whatever the offers, also when a provider publishes one public at a time to compare the verdicts:
 *
 * - health, justice, asylum, homelessness and family never move a verdict: those publics are asked of the sender;
 * - of the others, a verdict never tells one criterion from its neighbour: RSA and ASS, long and very long
 *   unemployment, city and rural zone each pass together or not at all.
 */
const income: readonly TargetPublic[] = ['RSA', 'ASS'];
/** Since 1 January 2025 who has the RSA is registered as seeking work (loi pour le plein emploi). */
const seekingWork: readonly TargetPublic[] = [...income, 'DELD', 'DETLD'];
const zones: readonly TargetPublic[] = ['QPV', 'ZRR'];

type Judge = (known: KnownOf, receiver: Holder) => Verdict;

const judges: Readonly<Record<string, Judge>> = {
  [everyPublic]: () => 'PASS',
  jeunes: ({ ageBand }) => byAge(ageBand, 'UNDER_26'),
  seniors: ({ ageBand }) => byAge(ageBand, 'FROM_50'),
  'demandeurs-emploi': (known) => oneOf(seekingWork, known),
  'residents-qpv-frr': (known) => oneOf(zones, known),
  // by itself it would tell an employer of a right to the minimum income, which the law closes to it
  'beneficiaires-des-minimas-sociaux': (known, receiver) =>
    mayOpen('ENTITLEMENTS', receiver) ? oneOf(income, known) : 'UNKNOWN',
};

export function publicVerdict(publics: readonly string[], known: KnownOf, receiver: Holder): Verdict | null {
  if (!publics.length) return null;
  const verdicts = publics.map((each) => judges[each]?.(known, receiver) ?? 'UNKNOWN');
  if (verdicts.includes('PASS')) return 'PASS';
  return verdicts.every((verdict) => verdict === 'FAIL') ? 'FAIL' : 'UNKNOWN';
}

/** What nobody stated is not known: it is never a FAIL. */
function oneOf(criteria: readonly TargetPublic[], { situations }: KnownOf): Verdict {
  return situations.some((each) => criteria.includes(each)) ? 'PASS' : 'UNKNOWN';
}

/** The age band stands in the core: a sent referral shows it beside the verdict. */
function byAge(band: KnownOf['ageBand'], wanted: KnownOf['ageBand']): Verdict {
  if (band === null) return 'UNKNOWN';
  return band === wanted ? 'PASS' : 'FAIL';
}
