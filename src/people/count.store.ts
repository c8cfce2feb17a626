import sql, { type Sql } from 'sql-template-tag';
import type { Transaction } from '../db/transaction.ts';

/**
 * All that moves about one person waits in one line, whichever of their records it is about: an advisory lock, since
 * who refers a person may wait without the right to change its row, or to see it. Several lines are taken in one order.
 */
export async function inLine(tx: Transaction, ...people: string[]): Promise<void> {
  await tx.rows(sql`select app.stand_in_line(${people})`);
}

/** The records of one person that a yes has joined, this one among them: an array. To anybody but the hub, it alone. */
export function handlesOf(person: string): Sql {
  return sql`array(select ${person} union select other.person_id from person_count mine
    join person_count other on other.same_as = mine.same_as where mine.person_id = ${person})`;
}
