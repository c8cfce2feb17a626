import type { Transaction } from '../db/transaction.ts';
import { parisDay } from '../kernel/clock.ts';
import { calendarAt, deadlinesOf, startedClock, type Place, type Run } from './clock.rules.ts';
import { delaysFor } from './delay.store.ts';
import { placeOf } from './history.store.ts';
import type { ReferralRow } from './referral.row.ts';
import { isOneOf, unansweredStates } from './referral.rules.ts';
import { nextReminder } from './reminder.rules.ts';
import { saveReferral } from './referral.store.ts';
import { endRequest } from './information.store.ts';
import { ranBetween } from './stop.rules.ts';
import { endStops, moveStop, saveStop, stopsOf, type Stopping } from './stop.store.ts';

/** The clock of what is sent, or taken up again: under the delays of this day, which it keeps. */
export async function startClock(tx: Transaction, row: ReferralRow) {
  const place = await placeOf(tx, row);
  const delays = await delaysFor(tx, place.kind, parisDay(tx.now));
  const reminderDueAt = nextReminder({ from: tx.now, delays, stops: [] }, place, 0);
  return { ...startedClock(tx.now, place, delays), reminders: 0, reminderDueAt };
}

/**
 * The time to answer stands still from now, until the stop is ended or its end has come: each stop has one, so that no
 * referral waits for ever. The deadlines are at once those that come of the planned end. Stopped again for the same
 * cause and source, it only gets another end. A referral that awaits no answer has no clock to stop. The referral must
 * be locked.
 */
export async function stopClock(
  tx: Transaction,
  row: ReferralRow,
  stop: Stopping & { until: string },
): Promise<ReferralRow> {
  if (!isOneOf(unansweredStates, row.state)) return row;
  if (await moveStop(tx, row, stop)) return setClock(tx, row);
  if (stop.until <= tx.now) return row;
  await saveStop(tx, row, stop);
  return setClock(tx, row);
}

/** What stopped it is over, earlier than planned: the deadlines come nearer by what was not needed. */
export async function restartClock(tx: Transaction, row: ReferralRow, stop: Stopping): Promise<ReferralRow> {
  if (!isOneOf(unansweredStates, row.state)) return row;
  return (await moveStop(tx, row, { ...stop, until: tx.now })) ? setClock(tx, row) : row;
}

/** Works the deadlines out anew from all that has stopped the clock since it runs; the row is left alone where none moves. */
export async function setClock(tx: Transaction, row: ReferralRow): Promise<ReferralRow> {
  const run = await runOf(tx, row);
  const place = await placeOf(tx, row);
  const { acknowledgeDueAt, answerDueAt } = deadlinesOf(run, place);
  const ends = run.stops.map(({ until }) => until);
  const change: Partial<ReferralRow> = {
    ...(row.state === 'SENT' && { acknowledgeDueAt }),
    answerDueAt,
    dueAt: answerDueAt,
    reminderDueAt: nextReminder(run, place, row.reminders),
    stoppedUntil: ends.sort().at(-1) ?? null,
  };
  return moves(row, change) ? saveReferral(tx, row.id, change) : row;
}

/** Whether any of these moments is another than it was. */
function moves(row: ReferralRow, change: Partial<ReferralRow>): boolean {
  const at = (instant: unknown) => (typeof instant === 'string' ? Date.parse(instant) : null);
  return Object.entries(change).some(([name, instant]) => at(instant) !== at(row[name as keyof ReferralRow]));
}

/** What its deadlines are worked out from. */
export async function runOf(tx: Transaction, row: ReferralRow): Promise<Run> {
  const [held = []] = await stopsOf.load(tx, [row.id]);
  const stops = held.map(({ since, until }) => ({ from: since, until }));
  return { from: row.clockFrom!, delays: row.delays!, stops };
}

/** How long a first answer took, in minutes of business time that nothing stopped. */
export async function answerMinutes(tx: Transaction, row: ReferralRow, place: Place): Promise<number | null> {
  if (row.clockFrom === null || row.answeredAt !== null) return row.answerMinutes;
  const { from, stops } =
    row.stoppedUntil === null ? { from: row.clockFrom, stops: [] } : await runOf(tx, row);
  return Math.round(ranBetween(from, tx.now, stops, calendarAt(place)) / 60_000);
}

/** An answer is no longer awaited: whatever stops the clock ends, and what was asked need not be told. */
export async function endClock(tx: Transaction, row: ReferralRow): Promise<void> {
  await endStops(tx, row);
  await endRequest(tx, row.id, 'CLOSED');
}
