import type { Transaction } from '../db/transaction.ts';
import { parisDay } from '../kernel/clock.ts';
import { calendarAt, deadlinesOf, startedClock, type Place, type Run } from './clock.rules.ts';
import { delaysFor } from './delay.store.ts';
import { placeOf, placesOf } from './history.store.ts';
import type { ReferralRow } from './referral.row.ts';
import { isOneOf, unansweredStates } from './referral.rules.ts';
import { nextReminder } from './reminder.rules.ts';
import { type Deadlines, saveDeadlines } from './referral.store.ts';
import { endRequest } from './information.store.ts';
import { ranBetween } from './stop.rules.ts';
import type { ClockStopRow } from './stop.row.ts';
import { endStops, moveStops, saveStops, stopsOf, type Stopping } from './stop.store.ts';

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
export async function stopClock(tx: Transaction, row: ReferralRow, stop: Stopping & { until: string }) {
  return (await stopClocks(tx, [row], stop))[0]!;
}

/** The same of many at once, in as many statements however many they are: an offer may have a thousand who wait. */
export async function stopClocks(
  tx: Transaction,
  rows: readonly ReferralRow[],
  stop: Stopping & { until: string },
): Promise<ReferralRow[]> {
  const awaited = rows.filter(({ state }) => isOneOf(unansweredStates, state));
  const moved = await moveStops(tx, awaited, stop);
  const begun = stop.until <= tx.now ? [] : awaited.filter(({ id }) => !moved.has(id));
  await saveStops(tx, begun, stop);
  return setClocksOf(tx, rows, new Set([...moved, ...begun.map(({ id }) => id)]));
}

/** What stopped it is over, earlier than planned: the deadlines come nearer by what was not needed. */
export async function restartClock(tx: Transaction, row: ReferralRow, stop: Stopping): Promise<ReferralRow> {
  return (await restartClocks(tx, [row], stop))[0]!;
}

export async function restartClocks(tx: Transaction, rows: readonly ReferralRow[], stop: Stopping) {
  const awaited = rows.filter(({ state }) => isOneOf(unansweredStates, state));
  return setClocksOf(tx, rows, await moveStops(tx, awaited, { ...stop, until: tx.now }));
}

/** Works out those anew that are named, and answers all as they then are. */
async function setClocksOf(tx: Transaction, rows: readonly ReferralRow[], named: ReadonlySet<string>) {
  const set = await setClocks(
    tx,
    rows.filter(({ id }) => named.has(id)),
  );
  const after = new Map(set.map((row) => [row.id, row]));
  return rows.map((row) => after.get(row.id) ?? row);
}

/**
 * Works the deadlines out anew from all that has stopped the clocks since they run; the rows as they then are, in order.
 * Those of which no deadline moves are left alone.
 */
export async function setClocks(tx: Transaction, rows: readonly ReferralRow[]): Promise<ReferralRow[]> {
  if (rows.length === 0) return [];
  const held = await stopsOf.load(tx, rows.map(({ id }) => id)); // prettier-ignore
  const places = await placesOf(tx, rows);
  const changes = rows.map((row, at) => {
    const run = runIn(row, held[at]!);
    const { acknowledgeDueAt, answerDueAt } = deadlinesOf(run, places[at]!);
    const ends = run.stops.map(({ until }) => until);
    return {
      id: row.id,
      acknowledgeDueAt: row.state === 'SENT' ? acknowledgeDueAt : row.acknowledgeDueAt,
      answerDueAt,
      dueAt: answerDueAt,
      reminderDueAt: nextReminder(run, places[at]!, row.reminders),
      stoppedUntil: ends.sort().at(-1) ?? null,
    };
  });
  const saved = await saveDeadlines(tx, changes.filter((change, at) => moves(rows[at]!, change))); // prettier-ignore
  const after = new Map(saved.map((row) => [row.id, row]));
  return rows.map((row) => after.get(row.id) ?? row);
}

/** Whether any of these moments is another than it was. */
function moves(row: ReferralRow, { id: _, ...change }: Deadlines): boolean {
  const at = (instant: string | null) => (instant === null ? null : Date.parse(instant));
  return Object.entries(change).some(
    ([name, instant]) => at(instant) !== at(row[name as keyof typeof change]),
  );
}

/** What its deadlines are worked out from. */
export async function runOf(tx: Transaction, row: ReferralRow): Promise<Run> {
  const [held = []] = await stopsOf.load(tx, [row.id]);
  return runIn(row, held);
}

function runIn(row: ReferralRow, held: readonly ClockStopRow[]): Run {
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
