import { addDays } from '../kernel/clock.ts';
import { endOfDay } from '../kernel/calendar.ts';
import type { OutcomeKind } from './outcome.rules.ts';

/** Days after the end on which an outcome not known yet is asked for (docs/domain.md §5). */
export const outcomeTasks = [30, 60, 90] as const;
/** Whoever was asked has two weeks, before the next task that came late and before the hub writes UNKNOWN. */
export const daysToTell = 14;

/** When the hub acts next: asks again, or, once it has asked three times, gives up. */
export function outcomeDueAt(endedOn: string, reminders: number, now: string): string {
  const days = outcomeTasks[reminders] ?? outcomeTasks.at(-1)! + daysToTell;
  const planned = addDays(endOfDay(endedOn), days);
  const earliest = reminders === 0 ? now : addDays(now, daysToTell);
  return planned > earliest ? planned : earliest;
}

export interface OutcomeTask {
  outcomeDueAt: string | null;
  outcomeReminders: number;
}

/** The task an outcome leaves behind. One that is still not known keeps the count of how often it was asked for. */
export function outcomeTask(
  { kind, endedOn }: { kind: OutcomeKind; endedOn: string },
  before: OutcomeTask & { endedOn: string | null },
  now: string,
): OutcomeTask {
  if (kind !== 'NOT_YET_KNOWN') return { outcomeDueAt: null, outcomeReminders: 0 };
  if (before.outcomeDueAt !== null && before.endedOn === endedOn)
    return { outcomeDueAt: before.outcomeDueAt, outcomeReminders: before.outcomeReminders };
  const outcomeReminders = before.outcomeDueAt === null ? 0 : before.outcomeReminders;
  return { outcomeReminders, outcomeDueAt: outcomeDueAt(endedOn, outcomeReminders, now) };
}
