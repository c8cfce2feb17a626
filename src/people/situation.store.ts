import sql, { type Sql } from 'sql-template-tag';
import { constraintMeans } from '../db/constraints.ts';
import { byId as byIdOrder } from '../db/list.ts';
import { firstRow } from '../db/reader.ts';
import { assignments, insertInto, table } from '../db/table.ts';
import type { Transaction } from '../db/transaction.ts';
import { edge } from '../graphql/lists.ts';
import { byId } from '../graphql/loaders.ts';
import { subjectOf } from '../kernel/ids.ts';
import { found } from '../kernel/refusal.ts';
import type { Viewer } from '../kernel/viewer.ts';
import { reaches } from './access.ts';
import { lockPerson } from './person.store.ts';
import { SituationRow } from './situation.row.ts';

/** Each row by its own category. */
const category = sql`person_situation.category || case when person_situation.sensitive then ',JUSTICE' else '' end`;
export const situations = table('person_situation', SituationRow, scope, { category, of: 'personId' });

function scope(viewer: Viewer): Sql {
  const person = sql`person_situation.person_id`;
  return sql`(${reaches(viewer, person, sql`person_situation.category`)}
    and (not person_situation.sensitive or ${reaches(viewer, person, 'JUSTICE')}))`;
}
export const situationById = byId(situations, 'Situation');
/** The latest first: ids sort by the time they were made. */
export const situationsOf = edge(situations, 'personId', byIdOrder('person_situation', true));

constraintMeans('person_situation_once', 'ALREADY_EXISTS', 'public');

/** The person first, then the situation: the one order of locks. */
export async function lockSituation(tx: Transaction, id: string, field: string): Promise<SituationRow> {
  const visible = sql`select ${situations.columns} from person_situation
    where person_situation.id = ${id} and ${situations.scope(tx.viewer)}`;
  const before = subjectOf(id) === 'Situation' ? await firstRow<SituationRow>(tx, visible) : null;
  await lockPerson(tx, found(before, field).personId, field);
  return found(await firstRow<SituationRow>(tx, visible), field);
}

type NewSituation = Pick<SituationRow, 'id' | 'personId' | 'public' | 'statedOn' | 'until' | 'statedBy'>;

export async function saveNewSituation(tx: Transaction, row: NewSituation): Promise<void> {
  await tx.change(insertInto(situations, { ...row, createdAt: tx.now, updatedAt: tx.now }), 1);
}

export async function endSituationOn(tx: Transaction, before: SituationRow, until: string): Promise<number> {
  const version = before.version + 1;
  const set = assignments<SituationRow>({ until, version, updatedAt: tx.now });
  await tx.change(sql`update person_situation set ${set} where id = ${before.id}`, 1);
  return version;
}
