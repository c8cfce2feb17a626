import { addDays } from '../kernel/clock.ts';
import { invalid, Refusal } from '../kernel/refusal.ts';
import { type Vocabulary, vocabulary } from '../kernel/vocabulary.ts';
import { acceptedStates, isOneOf, openStates, type ReferralState } from '../referrals/referral.rules.ts';

export const MeetingKind = vocabulary({
  INDIVIDUAL: 'With one person (entretien individuel)',
  COLLECTIVE: 'With several people: collective information, group session (information collective)',
});
export type MeetingKind = Vocabulary<typeof MeetingKind>;

export const MeetingWay = vocabulary({
  ON_SITE: 'At one of the sites of the catalogue (sur place)',
  PHONE: 'On the telephone (par téléphone)',
  REMOTE: 'By video (en visioconférence)',
});
export type MeetingWay = Vocabulary<typeof MeetingWay>;

export const MeetingState = vocabulary({
  PLANNED: 'Planned, or past and not recorded yet (prévu)',
  OVER: 'Past, and what came of it recorded for everybody invited (passé)',
  CANCELLED: 'Not held (annulé)',
});
export type MeetingState = Vocabulary<typeof MeetingState>;

export const AttendanceState = vocabulary({
  INVITED: 'Invited; what came of it is not recorded (convié)',
  HELD: 'The person was met (rencontré)',
  NO_SHOW: 'The person was not there; nothing follows from it by itself (non présenté)',
  RESCHEDULED: 'Put off: to another meeting, or to one to be found (reporté)',
  CANCELLED: 'The meeting, or the referral, ended before (annulé)',
  FORGOTTEN: 'It is past; what came of it is kept no longer, with the person’s record (non conservé)',
}); // prettier-ignore
export type AttendanceState = Vocabulary<typeof AttendanceState>;

export const MeetingOutcome = vocabulary({
  HELD: 'The person was met (rencontré)',
  NO_SHOW: 'The person was not there (non présenté)',
  RESCHEDULED: 'Put off, at whoever’s wish (reporté)',
});
export type MeetingOutcome = Vocabulary<typeof MeetingOutcome>;

export const CancelReason = vocabulary({
  STAFF_ABSENT: 'Who was to hold it cannot (animateur absent)',
  TOO_FEW: 'Too few people are coming (trop peu d’inscrits)',
  NO_ROOM: 'The place is not available (lieu indisponible)',
  MISTAKE: 'It was planned by mistake (erreur)',
  OTHER: 'Another reason (autre)',
});
export type CancelReason = Vocabulary<typeof CancelReason>;

export const limits = {
  minutes: { least: 5, most: 480 },
  seats: { least: 2, most: 500 },
  /** How many are invited, or recorded, by one mutation. */
  people: 50,
  /** A meeting stops the clock of each referral: it is not planned for a day that never comes. */
  daysAhead: 90,
  /** For how long after it a no-show recorded by mistake may be corrected. */
  correctableDays: 30,
} as const;

/** Referrals a first meeting makes sense for: sent, and not yet begun or closed. */
const meetable = [...openStates, ...acceptedStates] as const;

export function isMeetable(state: ReferralState): boolean {
  return isOneOf(meetable, state);
}

export function requireMeetable({ state }: { state: ReferralState }, field: string): void {
  if (!isMeetable(state)) throw new Refusal('WRONG_STATE', { state }, field);
}

/** A fund that pays benefits reads nobody's attendance: it holds no meetings here (docs/domain.md §2). */
export function requireNoFund({ organisationKind }: { organisationKind: string }): void {
  if (organisationKind === 'BENEFITS_FUND') throw new Refusal('NOT_ALLOWED', { act: 'meet' });
}

export function checkTime({ at, minutes }: { at: string; minutes: number }, now: string): void {
  if (at <= now) throw invalid('at', 'PAST');
  if (at > addDays(now, limits.daysAhead)) throw invalid('at', 'TOO_FAR_AHEAD', { days: limits.daysAhead });
  checkRange('minutes', minutes, limits.minutes);
}

/** How many it has room for: one, so many, or, for several, not counted. */
export function seatsOf(kind: MeetingKind, asked: number | null, invited: number): number | null {
  if (kind === 'INDIVIDUAL') {
    if (asked !== null && asked !== 1) throw invalid('seats', 'RANGE', { least: 1, most: 1 });
    if (invited !== 1) throw invalid('referrals', 'ONE');
    return 1;
  }
  if (asked !== null) checkRange('seats', asked, limits.seats);
  return asked;
}

export function checkInvited(referrals: readonly string[]): void {
  if (referrals.length > limits.people) throw invalid('referrals', 'TOO_MANY', { most: limits.people });
  const twice = referrals.findIndex((each, at) => referrals.indexOf(each) !== at);
  if (twice >= 0) throw invalid(`referrals.${twice}`, 'TWICE');
}

function checkRange(field: string, value: number, range: { least: number; most: number }): void {
  if (value < range.least || value > range.most) throw invalid(field, 'RANGE', { ...range });
}

export function requirePlanned({ state }: { state: MeetingState }, field: string): void {
  if (state !== 'PLANNED') throw new Refusal('WRONG_STATE', { state }, field);
}

/** Nobody is invited to, and nothing moved of, what has begun. */
export function requireToCome(
  meeting: { state: MeetingState; at: string },
  now: string,
  field: string,
): void {
  requirePlanned(meeting, field);
  if (meeting.at <= now) throw new Refusal('TOO_LATE', { reason: 'MEETING_BEGUN' }, field);
}

export interface RecordingFacts {
  state: AttendanceState;
  at: string;
}

/**
 * A person is met or missed once the hour has come, put off at any time before it is recorded. A no-show recorded by
 * mistake can be put right for a while: it says something of somebody. That somebody was met opened their name: it stays.
 */
export function checkRecording({ state, at }: RecordingFacts, outcome: MeetingOutcome, now: string): void {
  const corrects = state === 'NO_SHOW' && outcome === 'HELD';
  if (state !== 'INVITED' && !corrects) throw new Refusal('WRONG_STATE', { state }, 'outcome');
  if (corrects && now > addDays(at, limits.correctableDays))
    throw new Refusal('TOO_LATE', { days: limits.correctableDays }, 'outcome');
  if (outcome !== 'RESCHEDULED' && at > now)
    throw new Refusal('WRONG_STATE', { state, reason: 'MEETING_TO_COME' }, 'outcome');
}
