import sql from 'sql-template-tag';
import { byId as byIdOrder } from '../db/list.ts';
import { firstRow } from '../db/reader.ts';
import { assignments, insertInto } from '../db/table.ts';
import type { Transaction } from '../db/transaction.ts';
import { edge } from '../graphql/lists.ts';
import { byId } from '../graphql/loaders.ts';
import { subjectOf } from '../kernel/ids.ts';
import { found } from '../kernel/refusal.ts';
import { categoryTable } from './access.ts';
import { NeedRow } from './need.row.ts';
import { lockPerson } from './person.store.ts';

export const needs = categoryTable('need', NeedRow, 'NEEDS');
export const needById = byId(needs, 'Need');
/** The latest first: ids sort by the time they were made. */
export const needsOf = edge(needs, 'personId', byIdOrder('need', true));

/** What was ever noted of the person, open or closed, as far as the viewer may see. */
export async function themesNoted(tx: Transaction, person: string): Promise<string[]> {
  const rows = await tx.rows<{ theme: string }>(sql`select distinct need.theme from need
    where need.person_id = ${person} and ${needs.scope(tx.viewer)}`);
  return rows.map(({ theme }) => theme);
}

/** The person first, then the need: the one order of locks. */
export async function lockNeed(tx: Transaction, id: string, field: string): Promise<NeedRow> {
  const visible = sql`select ${needs.columns} from need where need.id = ${id} and ${needs.scope(tx.viewer)}`;
  const before = subjectOf(id) === 'Need' ? await firstRow<NeedRow>(tx, visible) : null;
  await lockPerson(tx, found(before, field).personId, field);
  return found(await firstRow<NeedRow>(tx, visible), field);
}

export async function saveNewNeed(tx: Transaction, row: Partial<NeedRow> & { id: string }): Promise<void> {
  await tx.change(insertInto(needs, { ...row, createdAt: tx.now, updatedAt: tx.now }), 1);
}

export async function saveNeed(tx: Transaction, before: NeedRow, change: Partial<NeedRow>): Promise<number> {
  const version = before.version + 1;
  const set = assignments<NeedRow>({ ...change, version, updatedAt: tx.now });
  await tx.change(sql`update need set ${set} where id = ${before.id}`, 1);
  return version;
}
