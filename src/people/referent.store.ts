import sql from 'sql-template-tag';
import { firstRow } from '../db/reader.ts';
import { insertInto } from '../db/table.ts';
import type { Transaction } from '../db/transaction.ts';
import { categoryTable } from './access.ts';
import { byPerson } from './person.store.ts';
import { ReferentRow } from './referent.row.ts';

export const referents = categoryTable('referent', ReferentRow, 'PATHWAY');
export const referentOf = byPerson(referents, sql`referent.until is null`);

/** The one who follows now, as the viewer may see it. */
export async function currentReferent(tx: Transaction, person: string): Promise<ReferentRow | null> {
  return firstRow(
    tx,
    sql`select ${referents.columns} from referent
      where person_id = ${person} and until is null and ${referents.scope(tx.viewer)}`,
  );
}

export async function replaceReferent(
  tx: Transaction,
  before: ReferentRow | null,
  after: ReferentRow,
): Promise<void> {
  if (before) await tx.change(sql`update referent set until = ${after.since} where id = ${before.id}`, 1);
  await tx.change(insertInto(referents, after), 1);
}
