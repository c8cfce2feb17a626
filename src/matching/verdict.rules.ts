import type { Verdict } from '../eligibility/verdict.rules.ts';
import { type Vocabulary, vocabulary } from '../kernel/vocabulary.ts';
import type { Holder } from '../people/closed.rules.ts';
import { bandsLacking, levelLacking, licencesLacking, verdictOf } from './ability.rules.ts';
import type { KnownOf } from './known.rules.ts';
import { publicVerdict } from './public.rules.ts';
import type { Asked } from './requirement.rules.ts';

export const MatchRule = vocabulary({
  PUBLIC: 'The person is of one of the publics the offer is for; never which (public)',
  IAE: 'The person is eligible to insertion by work (SIAE): by a pass or a diagnosis, never by which criterion (éligibilité IAE)',
  WEEKLY_HOURS: 'The weekly hours are between those the person can work (durée hebdomadaire)',
  LICENCE: 'The person holds every driving licence asked for; one for a heavier vehicle includes B (permis)',
  FRENCH_LEVEL: 'The person’s French is at least of the level asked for (niveau de français)',
  TIME_BANDS: 'The person is available in every part of the day or week the work falls on (horaires)',
  RESIDENCE: 'The person lives in the territory the offer is for (zone d’éligibilité)',
  TRAVEL: 'The place is within the person’s reach, by the way they travel, in a straight line (trajet)',
  DATES: 'The person is available on the first day (dates)',
  TRADE: 'The person does not refuse the trade (métier refusé)',
  REFUSAL: 'No refusal of this person by this offer still holds (refus en cours)',
  PLACE: 'A place is left (place disponible)',
});
export type MatchRule = Vocabulary<typeof MatchRule>;

/** What an offer, or its vacancy, asks for of who is referred. */
export interface AskedFor extends Asked {
  publics: readonly string[];
  /** Whether a structure of insertion by work employs. */
  siae: boolean;
  weeklyHours: number | null;
}

type Rule = (asked: AskedFor, known: KnownOf, receiver: Holder) => Verdict | null;

/**
 * The rules a receiver is told the verdicts of; null where the offer asks nothing of that kind. Where somebody lives, what they
 * refuse and who refused them are for who follows them alone (`judged.rules.ts`).
 */
const rules: Readonly<Partial<Record<MatchRule, Rule>>> = {
  PUBLIC: ({ publics }, known, receiver) => publicVerdict(publics, known, receiver),
  IAE: ({ siae }, { iae }) => (siae ? iae : null),
  WEEKLY_HOURS: ({ weeklyHours }, known) => (weeklyHours === null ? null : hoursVerdict(weeklyHours, known)),
  LICENCE: ({ licences }, known) =>
    licences.length ? verdictOf(licencesLacking(licences, known.licences)) : null,
  FRENCH_LEVEL: ({ frenchLevel }, known) =>
    frenchLevel && verdictOf(levelLacking(frenchLevel, known.frenchLevel)),
  TIME_BANDS: ({ timeBands }, known) =>
    timeBands.length ? verdictOf(bandsLacking(timeBands, known.timeBands)) : null,
};

export type Verdicts = Partial<Record<MatchRule, Verdict>>;

/** One verdict for each kind of rule the offer has: what its receiver is told, and all that it is told. */
export function verdictsOf(asked: AskedFor, known: KnownOf, receiver: Holder): Verdicts {
  const judged = Object.entries(rules).map(([rule, judge]) => [rule, judge(asked, known, receiver)]);
  return Object.fromEntries(judged.filter(([, verdict]) => verdict !== null));
}

export function hoursVerdict(
  hours: number,
  { weeklyHoursLeast: least, weeklyHoursMost: most }: Pick<KnownOf, 'weeklyHoursLeast' | 'weeklyHoursMost'>,
): Verdict {
  if (least === null && most === null) return 'UNKNOWN';
  return hours >= (least ?? 0) && hours <= (most ?? Infinity) ? 'PASS' : 'FAIL';
}
