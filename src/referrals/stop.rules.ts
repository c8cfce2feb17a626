import { afterBusinessTime, businessTime, type Calendar } from '../kernel/calendar.ts';
import { type Vocabulary, vocabulary } from '../kernel/vocabulary.ts';

/** Why the time to answer stands still. Days on which the provider is closed are no business days: see the calendar. */
export const StopCause = vocabulary({
  MEETING: 'A meeting is planned (rendez-vous)',
  INFORMATION: 'The provider awaits information from the sender (demande d’information)',
  OFFER_SUSPENDED: 'The offer takes nobody for a time (offre suspendue)',
});
export type StopCause = Vocabulary<typeof StopCause>;

/** A time during which the clock stands still: from one instant until before another. */
export interface Stop {
  from: string;
  until: string;
}

/**
 * When so much business time has run since a start, stops apart, each hour counted once however many stops cover it. A
 * stop that still runs is taken until its planned end: the instant is then the last one that may come of it.
 */
export function runsOut(from: string, time: number, stops: readonly Stop[], calendar: Calendar): string {
  let [at, left] = [from, time];
  for (const stop of inOrder(stops)) {
    if (stop.until <= at) continue;
    const ran = businessTime(at, stop.from, calendar);
    if (ran >= left) break;
    left -= ran;
    at = stop.until;
  }
  return afterBusinessTime(at, left, calendar);
}

/** The business time that has run between two instants, stops apart. */
export function ranBetween(from: string, to: string, stops: readonly Stop[], calendar: Calendar): number {
  let [at, ran] = [from, 0];
  for (const stop of inOrder(stops)) {
    if (stop.from >= to) break;
    if (stop.until <= at) continue;
    ran += businessTime(at, stop.from, calendar);
    at = stop.until;
  }
  return ran + businessTime(at, to, calendar);
}

function inOrder(stops: readonly Stop[]): Stop[] {
  return [...stops].sort((one, other) => (one.from < other.from ? -1 : 1));
}
