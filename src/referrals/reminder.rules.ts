import { businessTime, withinBusinessDays } from '../kernel/calendar.ts';
import { addDays } from '../kernel/clock.ts';
import { calendarAt, type Place, type Run } from './clock.rules.ts';
import { runsOut } from './stop.rules.ts';

/** What is said before a deadline, in this order: to the provider, to its managers, to the sender. */
export const reminderStages = ['reminded', 'escalated', 'expiring'] as const;

const businessDay = 86_400_000;
/** Calendar days before a wait ends. */
const beforeWaitEnds = 5;

/** When each is said: at half of the time to answer, at four fifths, and a business day before it ends. */
export function remindersAt({ from, delays, stops }: Run, place: Place): string[] {
  const calendar = calendarAt(place);
  const time = businessTime(from, withinBusinessDays(from, delays.answer, calendar), calendar);
  const late = 0.8 * time;
  // under the shortest delays four fifths come after the last day has begun
  return [0.5 * time, late, Math.max(late, time - businessDay)].map((part) =>
    runsOut(from, Math.round(part), stops, calendar),
  );
}

/** When the next one is due after so many; null after the last. */
export function nextReminder(run: Run, place: Place, said: number): string | null {
  return remindersAt(run, place)[said] ?? null;
}

/** When the sender is asked whether the person still waits. */
export function waitReminder(waitEnds: string): string {
  return addDays(waitEnds, -beforeWaitEnds);
}
