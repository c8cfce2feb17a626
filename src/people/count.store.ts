import sql, { type Sql } from 'sql-template-tag';
import { firstRow } from '../db/reader.ts';
import type { Transaction } from '../db/transaction.ts';

/**
 * All that moves about one person waits in one line, whichever of their records it is about: an advisory lock, since
 * who refers a person may wait without the right to change its row, or to see it. Several lines are taken in one order.
 */
export async function inLine(tx: Transaction, ...people: string[]): Promise<void> {
  await tx.rows(sql`select app.stand_in_line(${people})`);
}

/** As the hub, for a sweep: whether the person's line was free and is now this transaction's. Whoever stands in it is at work. */
export async function freeLine(tx: Transaction, person: string): Promise<boolean> {
  const line = sql`coalesce((select same_as from person_count where person_id = ${person}), ${person})`;
  const taking = sql`select ${line} as line, pg_try_advisory_xact_lock(hashtextextended(${line}, 0)) as got`;
  const taken = await firstRow<{ line: string; got: boolean }>(tx, taking);
  if (!taken!.got) return false;
  const now = await firstRow<{ line: string }>(tx, sql`select ${line} as line`);
  return now!.line === taken!.line; // else linked or parted meanwhile: the next sweep finds the right line
}

/** The records of one person that a yes has joined, this one among them: an array. To anybody but the hub, it alone. */
export function handlesOf(person: string): Sql {
  return sql`array(select ${person} union select other.person_id from person_count mine
    join person_count other on other.same_as = mine.same_as where mine.person_id = ${person})`;
}

/** Every record of one person, to the hub: who is erased, or says stop, is and does in all of them. */
export async function recordsOf(tx: Transaction, person: string): Promise<string[]> {
  const rows = await tx.rows<{ id: string }>(sql`select unnest(${handlesOf(person)}) as id order by 1`);
  return rows.map(({ id }) => id);
}
