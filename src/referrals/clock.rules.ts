import {
  calendarOf,
  endOfDay,
  addBusinessDays,
  businessTime,
  withinBusinessDays,
  type Calendar,
  type Days,
} from '../kernel/calendar.ts';
import { addDays, parisDay } from '../kernel/clock.ts';
import { defaultDelays, fixedDelays, type Delays } from './delay.rules.ts';
import type { ReferralState } from './referral.rules.ts';
import { runsOut, type Stop } from './stop.rules.ts';

/** Where and when it will be: what the clock needs of the vacancy or the offer, and when its provider is closed. */
export interface Place {
  commune: string | null;
  startsOn: string | null;
  closed?: readonly Days[];
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

/** The business days of whoever answers: of the place, without those on which it is closed. */
export function calendarAt({ commune, closed = [] }: Place): Calendar {
  return { ...calendarOf(commune), closed };
}

/** The deadlines a referral runs under, since it was sent or taken up again; it keeps its delays whatever the settings become. */
export function deadlinesOf(run: Run, place: Place): Deadlines {
  const calendar = calendarAt(place);
  const due = (days: number) => {
    const time = businessTime(run.from, withinBusinessDays(run.from, days, calendar), calendar);
    return runsOut(run.from, time, run.stops, calendar);
  };
  return { acknowledgeDueAt: due(run.delays.acknowledge), answerDueAt: due(run.delays.answer) };
}

/** The clock of what starts to run now: nothing has stopped it yet. */
export function startedClock(now: string, place: Place, delays: Delays = defaultDelays) {
  const deadlines = deadlinesOf({ from: now, delays, stops: [] }, place);
  return { clockFrom: now, delays, stoppedUntil: null, ...deadlines };
}

/** How long an acceptance holds its place: past the announced start, else from now. */
export function heldUntil(now: string, place: Place, delays: Delays = defaultDelays): string {
  const { startsOn } = place;
  const calendar = calendarAt(place);
  if (startsOn === null || startsOn < parisDay(now))
    return withinBusinessDays(now, delays.holdWithoutStart, calendar);
  return endOfDay(addBusinessDays(startsOn, delays.holdAfterStart, calendar));
}

export function reservedUntil(now: string, place: Place): string {
  return withinBusinessDays(now, fixedDelays.reservedPlace, calendarAt(place));
}

/** How long a draft is kept that nobody sends. */
export function keptUntil(now: string): string {
  return addDays(now, fixedDelays.draft);
}

/** What a referral was sent under. */
export interface Sent {
  answerDueAt: string | null;
  delays: Delays | null;
}

/** When the hub will act by itself on a referral that has just entered a state; null where it never does. */
export function dueAt(state: ReferralState, now: string, place: Place, sent: Sent) {
  const delays = { ...defaultDelays, ...sent.delays };
  switch (state) {
    case 'SENT':
    case 'ACKNOWLEDGED':
      return sent.answerDueAt;
    case 'WAITLISTED':
      return addDays(now, delays.waiting);
    case 'ACCEPTED':
      return heldUntil(now, place, delays);
    case 'CANCELLATION_REQUESTED':
      // silence confirms, and a place is not held the longer because nobody is there
      return withinBusinessDays(now, fixedDelays.confirmCancellation, calendarOf(place.commune));
    default:
      return null;
  }
}
