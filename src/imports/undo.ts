import sql, { join, raw, type Sql } from 'sql-template-tag';
import type { Database } from '../db/database.ts';
import { snake } from '../db/naming.ts';
import { propertiesOf, type Table } from '../db/table.ts';
import type { Transaction } from '../db/transaction.ts';
import { everyPartner, recordMany } from '../events/journal.ts';
import { subjectOf } from '../kernel/ids.ts';
import { offers } from '../offers/offer.store.ts';
import { organisations } from '../partners/organisation.store.ts';
import { sites } from '../partners/site.store.ts';
import { importer, takeTurn } from './batch.ts';

/** What became of a row a batch had written. */
export type UndoOutcome =
  | 'RESTORED'
  | 'REMOVED'
  /** An offer something refers to already: out of the catalogue, still read by what refers to it. */
  | 'ARCHIVED'
  /** Somebody changed it since: theirs stands. */
  | 'CHANGED_SINCE'
  /** Something refers to it already. */
  | 'IN_USE';

export interface Undone {
  table: string;
  id: string;
  outcome: UndoOutcome;
}

export interface UndoSummary {
  counts: Record<UndoOutcome, number>;
  /** Rows that stay as they are, with the reason. */
  kept: Undone[];
}

const chunkSize = 250;
/** Children first. */
const undoable: readonly Table<object>[] = [offers, sites, organisations];
const kept: readonly UndoOutcome[] = ['CHANGED_SINCE', 'IN_USE'];

/** Undoes an import backwards, chunk by chunk; what it must keep stays in the batch, so that it can be tried again. */
export async function undoImport(db: Database, batch: string): Promise<UndoSummary> {
  const [known] = await db.as(importer).rows(sql`select 1 from import_batch where id = ${batch}`);
  if (!known) throw new Error(`There is no import ${batch}.`);
  const references = await referencesTo(db);
  const summary: UndoSummary = {
    counts: { RESTORED: 0, REMOVED: 0, ARCHIVED: 0, CHANGED_SINCE: 0, IN_USE: 0 },
    kept: [],
  };
  for (let below: number | null = 2 ** 31 - 1; below !== null;) {
    const from: number = below;
    const chunk = await db.write(importer, (tx) => undoChunk(tx, batch, from, references));
    for (const each of chunk.undone) {
      summary.counts[each.outcome]++;
      if (kept.includes(each.outcome)) summary.kept.push(each);
    }
    below = chunk.next;
  }
  await db.write(importer, (tx) => finishUndo(tx, batch));
  return summary;
}

interface Chunk {
  batch: string;
  from: number;
  below: number;
}

async function undoChunk(tx: Transaction, batch: string, below: number, references: References) {
  await takeTurn(tx);
  const [bounds] = await tx.rows<{ from: number | null }>(sql`select min(position) as "from" from (
    select position from import_change where batch_id = ${batch} and position < ${below}
    order by position desc limit ${chunkSize}) last`);
  if (bounds?.from == null) return { undone: [], next: null };
  const chunk: Chunk = { batch, below, from: bounds.from };
  const undone: Undone[] = [];
  for (const table of undoable) undone.push(...(await undoTable(tx, chunk, table, references)));
  await undoAccreditations(tx, chunk);
  await settle(tx, chunk, undone);
  return { undone, next: bounds.from };
}

async function undoTable(
  tx: Transaction,
  chunk: Chunk,
  table: Table<object>,
  references: References,
): Promise<Undone[]> {
  const name = raw(table.name);
  const lines = sql`import_change line where line.batch_id = ${chunk.batch} and line.table_name = ${table.name}
    and line.position >= ${chunk.from} and line.position < ${chunk.below}`;
  const standing = await tx.rows<{ id: string; moved: boolean; made: boolean; used: boolean }>(sql`
    select ${name}.id, ${name}.version <> line.version as moved, line.before is null as made,
      line.before is null and (${references.to(table)}) as used
    from ${name}, ${lines} and ${name}.id = line.row_id order by ${name}.id for update of ${name}`);
  if (standing.length === 0) return [];
  const fate = ({ moved, made, used }: (typeof standing)[number]): UndoOutcome =>
    moved
      ? 'CHANGED_SINCE'
      : !made
        ? 'RESTORED'
        : !used
          ? 'REMOVED'
          : table.name === 'offer'
            ? 'ARCHIVED'
            : 'IN_USE';
  const undone = standing.map((row) => ({ table: table.name, id: row.id, outcome: fate(row) }));
  const of = (outcome: UndoOutcome) => undone.filter((each) => each.outcome === outcome).map(({ id }) => id);
  await restore(tx, chunk, table, of('RESTORED'));
  await archive(tx, chunk, of('ARCHIVED'));
  await remove(tx, chunk, table, of('REMOVED'));
  return undone;
}

const neverRestored = ['id', 'version', 'createdAt', 'updatedAt'];

async function restore(
  tx: Transaction,
  { batch }: Chunk,
  table: Table<object>,
  ids: string[],
): Promise<void> {
  if (ids.length === 0) return;
  const name = raw(table.name);
  const columns = propertiesOf(table.row)
    .filter((each) => !neverRestored.includes(each))
    .map(snake);
  const restored = await tx.rows<{ id: string; version: number }>(sql`
    update ${name} set ${raw(columns.map((column) => `${column} = old.${column}`).join(', '))},
      version = ${name}.version + 1, updated_at = ${tx.now}
    from import_change line, jsonb_populate_record(null::${name}, line.before) old
    where line.batch_id = ${batch} and line.row_id = ${name}.id and ${name}.id = any(${ids})
    returning ${name}.id, ${name}.version`);
  // the batch that made the row what it is again may be undone in its turn
  await tx.change(sql`update import_change older set version = restored.version
    from import_change line, jsonb_to_recordset(${JSON.stringify(restored)}::jsonb) restored (id text, version integer)
    where line.batch_id = ${batch} and line.row_id = restored.id and older.row_id = line.row_id
      and older.table_name = line.table_name and older.version = (line.before ->> 'version')::integer`);
  await tell(tx, batch, 'RESTORED', restored);
}

async function archive(tx: Transaction, { batch }: Chunk, ids: string[]): Promise<void> {
  if (ids.length === 0) return;
  const archived = await tx.rows<{ id: string; version: number }>(
    sql`update offer set state = 'ARCHIVED', version = version + 1, updated_at = ${tx.now}
      where id = any(${ids}) returning id, version`,
  );
  await tell(tx, batch, 'ARCHIVED', archived);
}

async function remove(tx: Transaction, { batch }: Chunk, table: Table<object>, ids: string[]): Promise<void> {
  if (ids.length === 0) return;
  const name = raw(table.name);
  const removed = await tx.rows<{ id: string; version: number }>(
    sql`delete from ${name} where id = any(${ids}) returning id, version`,
  );
  if (removed.length !== ids.length)
    throw new Error(`removed ${removed.length} of ${ids.length} rows of ${table.name}`);
  await tell(tx, batch, 'REMOVED', removed);
}

async function tell(
  tx: Transaction,
  batch: string,
  change: UndoOutcome,
  rows: readonly { id: string; version: number }[],
): Promise<void> {
  const events = rows.map(({ id, version }) => {
    const subject = { type: subjectOf(id)!, id, version };
    const noun = subject.type.toLowerCase() as 'organisation' | 'site' | 'offer';
    return {
      type: `${noun}.import_undone` as const,
      subject,
      audience: [everyPartner],
      facts: { batch, change },
    };
  });
  await recordMany(tx, events);
}

async function undoAccreditations(tx: Transaction, { batch, from, below }: Chunk): Promise<void> {
  await tx.change(sql`delete from accreditation using import_change line
    where line.batch_id = ${batch} and line.table_name = 'accreditation' and line.position >= ${from}
      and line.position < ${below} and line.row_id = organisation_id || '/' || kind || '/' || from_day`);
}

/** What is undone leaves the batch; what its producer said of it is forgotten, so that another import is compared anew. */
async function settle(
  tx: Transaction,
  { batch, from, below }: Chunk,
  undone: readonly Undone[],
): Promise<void> {
  const stay = undone.filter(({ outcome }) => kept.includes(outcome)).map(({ id }) => id);
  const done = undone.filter(({ outcome }) => !kept.includes(outcome)).map(({ id }) => id);
  await tx.change(sql`delete from import_change where batch_id = ${batch} and position >= ${from}
    and position < ${below} and not row_id = any(${stay})`);
  await tx.change(sql`update import_origin set digest = null, day = null
    where offer_id = any(${done}) or site_id = any(${done}) or organisation_id = any(${done})`);
}

async function finishUndo(tx: Transaction, batch: string): Promise<void> {
  // structures that were only attached to an organisation already known: nothing of them is left
  await tx.change(sql`delete from import_origin origin where batch_id = ${batch} and noun = 'STRUCTURE' and site_id is null
    and not exists (select from organisation where organisation.id = origin.organisation_id
      and organisation.source = origin.source and organisation.source_id = origin.source_id)`);
  await tx.change(sql`update import_batch set undone_at = ${tx.now}, state = case
      when exists (select from import_change where batch_id = ${batch}) then 'PARTLY_UNDONE' else 'UNDONE' end
    where id = ${batch}`);
}

/** Foreign keys that hold a row back, read from the database: a table added later counts without a word here. */
interface References {
  /** SQL: something refers to the row of this table. */
  to(table: Table<object>): Sql;
}

async function referencesTo(db: Database): Promise<References> {
  const keys = await db.as(importer).rows<{ to: string; child: string; column: string }>(sql`
    select parent.relname as "to", child.relname as child, attribute.attname as "column"
    from pg_constraint key
      join pg_class parent on parent.oid = key.confrelid
      join pg_class child on child.oid = key.conrelid
      join pg_attribute attribute on attribute.attrelid = key.conrelid and attribute.attnum = key.conkey[1]
    where key.contype = 'f' and key.confdeltype in ('a', 'r') and cardinality(key.conkey) = 1
      and parent.relnamespace = 'public'::regnamespace
      and parent.relname in (${join(undoable.map(({ name }) => name))})`);
  return {
    to({ name }) {
      const held = keys.filter((key) => key.to === name);
      const each = ({ child, column }: (typeof keys)[number]) =>
        raw(`exists (select from "${child}" child where child."${column}" = "${name}".id)`);
      return held.length ? join(held.map(each), ' or ') : sql`false`;
    },
  };
}
