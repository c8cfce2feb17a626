import sql, { empty, raw, type Sql } from 'sql-template-tag';
import { constraintMeans } from '../db/constraints.ts';
import { firstRow, type Reader } from '../db/reader.ts';
import { assignments, everyone, insertInto, table, tableByWays, type Table } from '../db/table.ts';
import type { Transaction } from '../db/transaction.ts';
import { byId, type Batch } from '../graphql/loaders.ts';
import { subjectOf } from '../kernel/ids.ts';
import { found } from '../kernel/refusal.ts';
import type { Viewer } from '../kernel/viewer.ts';
import { categoryTable, followed, reaches } from './access.ts';
import { breadthOf } from './breadth.ts';
import { inLine } from './count.store.ts';
import { PersonNumberRow } from './number.row.ts';
import { PersonContactRow, PersonHandleRow, PersonIdentityRow, PersonRow } from './person.row.ts';

export const people = tableByWays('person', PersonRow, {
  of: (viewer, asked) => [reaches(viewer, sql`person.id`, 'CORE', asked)],
  breadth: (reader) => breadthOf(reader, 'CORE'),
});
export const personById = byId(people, 'Person');

constraintMeans('person_handle_pkey', 'ALREADY_EXISTS', 'externalReference');

/** The one row a person has in a category's table, within the viewer's scope: null when not open or not there. */
export function byPerson<R extends { personId: string }>(of: Table<R>, only?: Sql): Batch<string, R | null> {
  return {
    async load(reader, ids) {
      const rows = await reader.rows<R>(sql`select ${of.columns} from ${raw(of.name)}
        where ${raw(of.name)}.person_id = any(${[...ids]}) and ${of.scope(reader.viewer)}
          ${only ? sql`and ${only}` : empty}`);
      const known = new Map(rows.map((row) => [row.personId, row]));
      return ids.map((id) => known.get(id) ?? null);
    },
  };
}

export const identities = categoryTable('person_identity', PersonIdentityRow, 'IDENTITY');
export const contacts = categoryTable('person_contact', PersonContactRow, 'CONTACT');
const handles = table('person_handle', PersonHandleRow, (viewer) =>
  viewer.kind === 'HUB' ? everyone() : sql`person_handle.organisation_id = ${viewer.organisation}`,
);
export const identityOf = byPerson(identities);
export const contactOf = byPerson(contacts);
const toFollowers = (viewer: Viewer) => followed(viewer, sql`person_number.person_id`, 'IDENTITY');
/** Of the identity, what only who follows the person needs. */
export const numbers = table('person_number', PersonNumberRow, toFollowers, {
  category: 'IDENTITY',
  of: 'personId',
});
export const handleOf = byPerson(handles);
export const numbersOf = byPerson(numbers);

export async function personByHandle(reader: Reader, reference: string): Promise<PersonRow | null> {
  return firstRow(
    reader,
    sql`select ${people.columns} from person join person_handle on person_handle.person_id = person.id
      where person_handle.external_reference = ${reference}
        and ${handles.scope(reader.viewer)} and ${people.scope(reader.viewer)}`,
  );
}

/** The id behind the viewer's own number, open to them or not: for who is about to lock it. */
export async function personBehind(tx: Transaction, reference: string): Promise<string | null> {
  const row = await firstRow<{ id: string }>(
    tx,
    sql`select person_id as id from person_handle
      where external_reference = ${reference} and organisation_id = ${tx.viewer.organisation}`,
  );
  return row?.id ?? null;
}

/** Waits in the person's line; then the person as the viewer sees it, or NOT_FOUND. */
export async function lockPerson(tx: Transaction, id: string, field: string): Promise<PersonRow> {
  if (subjectOf(id) !== 'Person') return found<PersonRow>(null, field);
  await inLine(tx, id);
  const query = sql`select ${people.columns} from person where person.id = ${id} and ${people.scope(tx.viewer)}`;
  return found(await firstRow<PersonRow>(tx, query), field);
}

export async function versionOf(tx: Transaction, id: string): Promise<number> {
  return (await firstRow<{ version: number }>(tx, sql`select version from person where id = ${id}`))!.version;
}

export async function saveNewPerson(
  tx: Transaction,
  row: Partial<PersonRow> & { id: string },
): Promise<void> {
  await tx.change(insertInto(people, { ...row, createdAt: tx.now, updatedAt: tx.now }), 1);
}

/** Changes the core, or nothing but the version when another category changed. */
export async function touchPerson(
  tx: Transaction,
  id: string,
  change: Partial<PersonRow> = {},
): Promise<number> {
  const [row] = await tx.rows<{ version: number }>(
    sql`update person set ${assignments({ ...change, updatedAt: tx.now })}, version = version + 1
      where id = ${id} returning version`,
  );
  return found(row).version;
}

export function saveIdentity(tx: Transaction, personId: string, change: Partial<PersonIdentityRow>) {
  return saveCategory(tx, identities, personId, change);
}

export function saveContact(tx: Transaction, personId: string, change: Partial<PersonContactRow>) {
  return saveCategory(tx, contacts, personId, change);
}

export function saveNumbers(tx: Transaction, personId: string, change: Partial<PersonNumberRow>) {
  return saveCategory(tx, numbers, personId, change);
}

async function saveCategory<R extends { personId: string }>(
  tx: Transaction,
  into: Table<R>,
  personId: string,
  change: Partial<R>,
): Promise<void> {
  if (!Object.values(change).some((value) => value !== undefined)) return;
  const updated = await tx.change(
    sql`update ${raw(into.name)} set ${assignments(change)} where person_id = ${personId}`,
  );
  if (!updated) await tx.change(insertInto(into, { ...change, personId }), 1);
}

export async function saveHandle(tx: Transaction, personId: string, reference: string): Promise<void> {
  await tx.change(
    sql`insert into person_handle (person_id, organisation_id, external_reference)
      values (${personId}, ${tx.viewer.organisation}, ${reference})
      on conflict (person_id, organisation_id) do update set external_reference = excluded.external_reference`,
    1,
  );
}
