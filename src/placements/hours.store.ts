import sql, { type Sql } from 'sql-template-tag';
import { firstRow } from '../db/reader.ts';
import { insertInto } from '../db/table.ts';
import type { Transaction } from '../db/transaction.ts';
import type { Batch } from '../graphql/loaders.ts';
import { hanging, linesOf } from './history.store.ts';
import { WorkedHoursRow } from './hours.row.ts';

const workedHours = hanging('worked_hours', WorkedHoursRow);
export const hoursHistoryOf = linesOf(workedHours, 'month, worked_hours.id');

/** The hours of each month, as they are known now. */
export const hoursOf: Batch<string, WorkedHoursRow[]> = {
  load: async (reader, ids) =>
    (await hoursHistoryOf.load(reader, ids)).map((lines) =>
      lines.filter(({ knownUntil }) => knownUntil === null),
    ),
};

type OfMonth = Pick<WorkedHoursRow, 'placementId' | 'month'>;

const current = ({ placementId, month }: OfMonth): Sql =>
  sql`placement_id = ${placementId} and month = ${month} and known_until is null`;

/** As they are known now; null when none are. */
export async function hoursOfMonth(tx: Transaction, of: OfMonth): Promise<number | null> {
  const query = sql`select worked::float8 as worked from worked_hours where ${current(of)}`;
  return (await firstRow<{ worked: number }>(tx, query))?.worked ?? null;
}

/** Writes what is known from now on; what was known until now is closed, never overwritten. */
export async function saveHours(tx: Transaction, row: OfMonth & { worked: number }): Promise<void> {
  await tx.change(closing(tx, row));
  await tx.change(insertInto(workedHours, { ...row, knownFrom: tx.now }), 1);
}

/** From now on nothing is known of that month; that it was believed stays. */
export async function closeHours(tx: Transaction, of: OfMonth): Promise<void> {
  await tx.change(closing(tx, of), 1);
}

const closing = (tx: Transaction, of: OfMonth): Sql =>
  sql`update worked_hours set known_until = ${tx.now} where ${current(of)}`;
