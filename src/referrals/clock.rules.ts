import {
  calendarOf,
  endOfDay,
  addBusinessDays,
  businessTime,
  withinBusinessDays,
  type Calendar,
} from '../kernel/calendar.ts';
import { addDays, parisDay } from '../kernel/clock.ts';
import type { ReferralState } from './referral.rules.ts';
import { runsOut, type Stop } from './stop.rules.ts';

/** Default delays of docs/domain.md §4; business days of Paris unless said otherwise. */
export const delays = {
  acknowledge: 3,
  answer: 10,
  /** Calendar days on the waiting list. */
  waiting: 30,
  holdAfterStart: 5,
  holdWithoutStart: 20,
  confirmCancellation: 2,
  reservedPlace: 3,
} as const;

/** Where and when it will be: what the clock needs of the vacancy or the offer. */
export interface Place {
  commune: string | null;
  startsOn: string | null;
}

/** The delays a referral was sent under. */
export interface Delays {
  acknowledge: number;
  answer: number;
}

export interface Deadlines {
  acknowledgeDueAt: string;
  answerDueAt: string;
}

/** What the deadlines of one referral are worked out from, at any moment and always anew. */
export interface Run {
  from: string;
  delays: Delays;
  stops: readonly Stop[];
}

/** The deadlines a referral runs under, since it was sent or taken up again; it keeps its delays whatever the settings become. */
export function deadlinesOf(run: Run, { commune }: Place): Deadlines {
  const calendar = calendarOf(commune);
  const due = (days: number) => {
    const time = businessTime(run.from, withinBusinessDays(run.from, days, calendar), calendar);
    return runsOut(run.from, time, run.stops, calendar);
  };
  return { acknowledgeDueAt: due(run.delays.acknowledge), answerDueAt: due(run.delays.answer) };
}

/** The clock of what starts to run now: nothing has stopped it yet. */
export function startedClock(now: string, place: Place) {
  const kept: Delays = { acknowledge: delays.acknowledge, answer: delays.answer };
  const deadlines = deadlinesOf({ from: now, delays: kept, stops: [] }, place);
  return { clockFrom: now, delays: kept, stoppedUntil: null, ...deadlines };
}

/** How long an acceptance holds its place: past the announced start, else from now. */
export function heldUntil(now: string, { startsOn }: Place, calendar: Calendar): string {
  if (startsOn === null || startsOn < parisDay(now))
    return withinBusinessDays(now, delays.holdWithoutStart, calendar);
  return endOfDay(addBusinessDays(startsOn, delays.holdAfterStart, calendar));
}

export function reservedUntil(now: string, { commune }: Place): string {
  return withinBusinessDays(now, delays.reservedPlace, calendarOf(commune));
}

/** When the hub will act by itself on a referral that has just entered a state; null where it never does. */
export function dueAt(state: ReferralState, now: string, place: Place, answerDueAt: string | null) {
  const calendar = calendarOf(place.commune);
  switch (state) {
    case 'SENT':
    case 'ACKNOWLEDGED':
      return answerDueAt;
    case 'WAITLISTED':
      return addDays(now, delays.waiting);
    case 'ACCEPTED':
      return heldUntil(now, place, calendar);
    case 'CANCELLATION_REQUESTED':
      return withinBusinessDays(now, delays.confirmCancellation, calendar);
    default:
      return null;
  }
}
