import { standingIn, windowsOf } from '../eligibility/eligibility.rules.ts';
import { askedBy } from '../matching/requirement.rules.ts';
import { verdictsOf } from '../matching/verdict.rules.ts';
import type { Holder } from '../people/closed.rules.ts';
import { ageBand } from '../people/person.rules.ts';
import type { ProfileRow } from '../people/profile.row.ts';
import { categoriesOf } from '../people/situation.rules.ts';
import type { SituationRow } from '../people/situation.row.ts';
import { isOneOf, liveStates } from '../referrals/referral.rules.ts';
import type { Eligibility } from './eligibility.ts';
import { requirementOf } from './requirements.ts';
import type { Told } from './referral.rows.ts';

interface Known {
  profiles: readonly ProfileRow[];
  situations: readonly Pick<SituationRow, 'personId' | 'public'>[];
  eligibility: Pick<Eligibility, 'factsOf'>;
  holderOf: (organisation: string) => Holder;
}

/** The verdicts of the referrals under way: those of a closed one are open to nobody who received it. */
export function verdictRows(told: readonly Told[], { profiles, situations, eligibility, holderOf }: Known): object[] {
  const profileOf = new Map(profiles.map((profile) => [profile.personId, profile]));
  const publicsOf = new Map<string, SituationRow['public'][]>();
  for (const { personId, public: code } of situations)
    publicsOf.set(personId, [...(publicsOf.get(personId) ?? []), code]);
  return told
    .filter(({ row }) => isOneOf(liveStates, row.state))
    .map(({ tale: { person, offer, vacancy }, row }) => {
      const { id: referralId, personId, senderId, receiverId, sentAt } = row;
      const profile = profileOf.get(personId);
      const { weeklyHoursLeast = null, weeklyHoursMost = null, licences = null, frenchLevel = null } = profile ?? {};
      const timeBands = profile?.stated.AVAILABILITY ? profile.timeBands : null;
      const asked = askedBy(requirementOf(offer), null);
      const siae = offer.row.siaeKind !== null;
      const iae = siae ? windowsOf(eligibility.factsOf(personId), receiverId) : null;
      const rules = { ...asked, publics: offer.row.publics, siae, weeklyHours: vacancy?.row.weeklyHours ?? offer.row.weeklyHours };
      const known = {
        ageBand: ageBand(person.row.birthYear, sentAt!.slice(0, 10)),
        situations: (publicsOf.get(personId) ?? []).filter((code) => !categoriesOf(code).includes('JUSTICE')),
        iae: standingIn(iae ?? [], sentAt!.slice(0, 10)).verdict,
        ...{ weeklyHoursLeast, weeklyHoursMost, licences, frenchLevel, timeBands },
      };
      const verdicts = verdictsOf(rules, known, holderOf(receiverId));
      return { referralId, personId, senderId, receiverId, verdicts, asked, iae, judgedAt: sentAt };
    });
} // prettier-ignore
