import { Temporal } from 'temporal-polyfill';
import { invalid, Refusal } from '../kernel/refusal.ts';
import { type Vocabulary, vocabulary } from '../kernel/vocabulary.ts';

/** CASF L262-29: towards which kind of help somebody is directed. */
export const Orientation = vocabulary({
  SOCIAL: 'Social first: what keeps the person from work comes before work (social)',
  SOCIO_PROFESSIONAL: 'Social and towards work at once (socio-professionnel)',
  PROFESSIONAL: 'Towards work (professionnel)',
});
export type Orientation = Vocabulary<typeof Orientation>;

export const PathwayEndReason = vocabulary({
  DURABLE_JOB: 'The person has a durable job (emploi durable)',
  TRAINING: 'The person has begun a qualifying training (formation qualifiante)',
  RIGHT_CLOSED: 'The right to the minimum income has closed (droit fermé)',
  LEFT_TERRITORY: 'The person lives elsewhere now (départ du territoire)',
  REORIENTED: 'The person goes on within another scheme (autre dispositif)',
  ABANDONED: 'The person does not wish to go on (abandon)',
  DECEASED: 'The person has died (décès)',
  OTHER: 'Another reason (autre)',
});
export type PathwayEndReason = Vocabulary<typeof PathwayEndReason>;

export const ReorientationReason = vocabulary({
  NEARER_TO_WORK: 'Work is nearer than it was thought (proche de l’emploi)',
  OBSTACLES: 'Something must be settled before work (freins à lever d’abord)',
  PERSON_REQUEST: 'The person asks for it (à la demande de la personne)',
  MOVED: 'The person lives elsewhere in the département (déménagement)',
  OTHER: 'Another reason (autre)',
});
export type ReorientationReason = Vocabulary<typeof ReorientationReason>;

export const PathwayStepKind = vocabulary({
  ORIENTED: 'The first decision (orientation)',
  REORIENTED: 'Another orientation, or another referent organisation, was decided (réorientation)',
  HANDED_OVER: 'Another referent was named, without a new decision (changement de référent)',
  ENDED: 'It ended (fin de parcours)',
  END_CORRECTED: 'Day or reason of its end were put right (rectification)',
  REOPENED: 'It goes on from one that had ended shortly before (reprise)',
});
export type PathwayStepKind = Vocabulary<typeof PathwayStepKind>;

/** docs/domain.md §10: within so many days a path that ended and begins again is the same path. */
const goesOnWithinDays = 45;
/** The minimum income began in December 1988: nobody has followed anybody here for longer. */
const firstDay = '1988-12-01';

/** The engagement contract is signed within a month of the orientation (CASF L262-34). */
export function engagementDueOn(orientedOn: string): string {
  return Temporal.PlainDate.from(orientedOn).add({ months: 1 }).toString();
}

/** A day of the past on which something of a pathway was decided. */
export function checkDecided(field: string, day: string, today: string): void {
  if (day > today) throw invalid(field, 'FUTURE');
  if (day < firstDay) throw invalid(field, 'TOO_OLD');
}

/** A pathway begins once the one before it is over. */
export function checkAfter(field: string, day: string, lastEnd: string | null | undefined): void {
  if (lastEnd != null && day <= lastEnd) throw invalid(field, 'OVERLAP', { until: lastEnd });
}

interface State {
  beganOn: string;
  endedOn: string | null;
}

export function checkOpen({ endedOn }: Pick<State, 'endedOn'>, move: string): void {
  if (endedOn !== null) throw new Refusal('WRONG_STATE', { state: 'ENDED', move });
}

export function checkEnded({ endedOn }: Pick<State, 'endedOn'>, move: string): string {
  if (endedOn === null) throw new Refusal('WRONG_STATE', { state: 'OPEN', move });
  return endedOn;
}

/** It ends on a day of its own: no earlier than it began, no later than today. */
export function checkEnd({ beganOn }: Pick<State, 'beganOn'>, endedOn: string, today: string): void {
  if (endedOn < beganOn) throw invalid('endedOn', 'DATES_REVERSED');
  if (endedOn > today) throw invalid('endedOn', 'FUTURE');
}

/** Later than that it is a new path, which somebody decides anew. */
export function checkGoesOn(endedOn: string, on: string): void {
  const last = Temporal.PlainDate.from(endedOn).add({ days: goesOnWithinDays }).toString();
  if (on > last) throw new Refusal('TOO_LATE', {}, 'on');
}

interface Deciding {
  kind: string;
  /** As what it is authorised to prescribe, if it is. */
  prescriber: string | null;
}

/** The council decides, or who does for it: the employment services, and whom it delegates to (CASF L262-29, L262-30). */
export function mayDecide({ kind, prescriber }: Deciding): boolean {
  return kind === 'COUNCIL' || kind === 'EMPLOYMENT_SERVICE' || prescriber === 'ODC';
}
