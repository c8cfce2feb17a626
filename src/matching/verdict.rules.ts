import type { Verdict } from '../eligibility/verdict.rules.ts';
import { type Vocabulary, vocabulary } from '../kernel/vocabulary.ts';
import type { Holder } from '../people/closed.rules.ts';
import type { KnownOf } from './known.rules.ts';
import { publicVerdict } from './public.rules.ts';

export const MatchRule = vocabulary({
  PUBLIC: 'The person is of one of the publics the offer is for; never which (public)',
  IAE: 'The person is eligible to insertion by work (SIAE): by a pass or a diagnosis, never by which criterion (éligibilité IAE)',
  WEEKLY_HOURS: 'The weekly hours are between those the person can work (durée hebdomadaire)',
});
export type MatchRule = Vocabulary<typeof MatchRule>;

/** What an offer, or its vacancy, asks for. */
export interface AskedFor {
  publics: readonly string[];
  /** Whether a structure of insertion by work employs. */
  siae: boolean;
  weeklyHours: number | null;
}

type Rule = (asked: AskedFor, known: KnownOf, receiver: Holder) => Verdict | null;

/** Each kind of rule, once; null where the offer asks nothing of that kind. Further kinds of rules are added here. */
const rules: Readonly<Record<MatchRule, Rule>> = {
  PUBLIC: ({ publics }, known, receiver) => publicVerdict(publics, known, receiver),
  IAE: ({ siae }, { iae }) => (siae ? iae : null),
  WEEKLY_HOURS: ({ weeklyHours }, known) => (weeklyHours === null ? null : hoursVerdict(weeklyHours, known)),
};

export type Verdicts = Partial<Record<MatchRule, Verdict>>;

/** One verdict for each kind of rule the offer has: what its receiver is told, and all that it is told. */
export function verdictsOf(asked: AskedFor, known: KnownOf, receiver: Holder): Verdicts {
  const judged = Object.entries(rules).map(([rule, judge]) => [rule, judge(asked, known, receiver)]);
  return Object.fromEntries(judged.filter(([, verdict]) => verdict !== null));
}

function hoursVerdict(hours: number, { weeklyHoursLeast: least, weeklyHoursMost: most }: KnownOf): Verdict {
  if (least === null && most === null) return 'UNKNOWN';
  return hours >= (least ?? 0) && hours <= (most ?? Infinity) ? 'PASS' : 'FAIL';
}
