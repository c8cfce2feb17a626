import sql from 'sql-template-tag';
import { firstRow } from '../db/reader.ts';
import { table } from '../db/table.ts';
import type { Transaction } from '../db/transaction.ts';
import { byId } from '../graphql/loaders.ts';
import { subjectOf } from '../kernel/ids.ts';
import { found } from '../kernel/refusal.ts';
import { reaches } from './access.ts';
import { PersonRow } from './person.row.ts';

export const people = table('person', PersonRow, (viewer) => reaches(viewer, sql`person.id`, 'CORE'));
export const personById = byId(people, 'Person');

/**
 * Everything that moves about one person waits here for the others: an advisory lock, since who refers a person
 * may lock it without the right to change its row. Then the person as the viewer sees it, or NOT_FOUND.
 */
export async function lockPerson(tx: Transaction, id: string, field: string): Promise<PersonRow> {
  if (subjectOf(id) !== 'Person') return found<PersonRow>(null, field);
  await tx.rows(sql`select pg_advisory_xact_lock(hashtextextended(${id}, 0))`);
  const query = sql`select ${people.columns} from person where person.id = ${id} and ${people.scope(tx.viewer)}`;
  return found(await firstRow<PersonRow>(tx, query), field);
}
