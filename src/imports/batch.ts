import sql, { raw } from 'sql-template-tag';
import type { Database } from '../db/database.ts';
import { given, insertMany, taking } from '../db/many.ts';
import type { Table } from '../db/table.ts';
import type { Transaction } from '../db/transaction.ts';
import { newId } from '../kernel/ids.ts';
import { hubViewer } from '../kernel/viewer.ts';
import type { Counts } from './verdict.ts';

/** Imports act as the hub: they write for organisations that do not know it. */
export const importer = hubViewer('import');

/** One row an import wrote: as it was before (null: it was not), and the version it has since. */
export interface Change {
  table: string;
  id: string;
  version: number;
  before: object | null;
}

/** Begins a batch, or goes on with the one that a kill cut off in the same files. */
export async function beginBatch(db: Database, kind: string, fingerprint: string): Promise<string> {
  return db.write(importer, async (tx) => {
    const [batch] = await tx.rows<{ id: string }>(
      sql`insert into import_batch (id, kind, fingerprint, state, started_at)
        values (${newId('ImportBatch')}, ${kind}, ${fingerprint}, 'RUNNING', ${tx.now})
        on conflict (kind, fingerprint) where state = 'RUNNING' do update set unchanged = 0, refused = 0
        returning id`,
    );
    return batch!.id;
  });
}

export async function finishBatch(db: Database, batch: string): Promise<void> {
  await db.write(importer, (tx) =>
    tx.change(sql`update import_batch set state = 'DONE', finished_at = ${tx.now}
      where id = ${batch} and state = 'RUNNING'`),
  );
}

/** Two imports at once take turns chunk by chunk, so that each sees what the other made. Also keeps the counts. */
export async function takeTurn(tx: Transaction): Promise<void> {
  await tx.rows(sql`select pg_advisory_xact_lock(hashtext('passerelle import'))`);
}

export async function countInBatch(tx: Transaction, batch: string, counts: Counts): Promise<void> {
  await tx.change(sql`update import_batch set created = created + ${counts.created},
    changed = changed + ${counts.changed}, unchanged = unchanged + ${counts.unchanged},
    refused = refused + ${counts.refused} where id = ${batch}`, 1); // prettier-ignore
}

export async function keepChanges(tx: Transaction, batch: string, changes: readonly Change[]): Promise<void> {
  if (changes.length === 0) return;
  const lines = changes.map((change, at) => ({ ...change, at: at + 1 }));
  await tx.change(sql`insert into import_change (batch_id, position, table_name, row_id, version, before)
    select ${batch}, at + (select coalesce(max(position), 0) from import_change where batch_id = ${batch}),
      "table", id, version, nullif(before, 'null')
    from jsonb_to_recordset(${JSON.stringify(lines)}::jsonb)
      as given (at integer, "table" text, id text, version integer, before jsonb)`);
}

/** Rows of the catalogue an import may write. */
interface Written {
  id: string;
  version: number;
  importBatchId: string | null;
  createdAt: string;
  updatedAt: string;
}

export async function create<R extends Written>(
  tx: Transaction,
  into: Table<R>,
  batch: string,
  rows: readonly (Partial<R> & { id: string })[],
): Promise<Change[]> {
  if (rows.length === 0) return [];
  const stamped = rows.map((row) => ({
    ...row,
    importBatchId: batch,
    createdAt: tx.now,
    updatedAt: tx.now,
  })) as (Partial<R> & { id: string })[];
  await tx.change(insertMany(into, propertiesOf(stamped), stamped), rows.length);
  return rows.map(({ id }) => ({ table: into.name, id, version: 1, before: null }));
}

/** Locks, then changes: what is kept as `before` is what the change replaced. */
export async function change<R extends Written>(
  tx: Transaction,
  of: Table<R>,
  batch: string,
  rows: readonly (Partial<R> & { id: string })[],
): Promise<Change[]> {
  if (rows.length === 0) return [];
  const name = raw(of.name);
  const properties = propertiesOf(rows);
  await tx.rows(
    sql`select id from ${name} where id = any(${rows.map(({ id }) => id)}) order by id for update`,
  );
  const changed = await tx.rows<Omit<Change, 'table'>>(sql`
    with before as (select * from ${name} where id = any(${rows.map(({ id }) => id)})),
      changed as (update ${name} set ${taking<R>(
        properties.filter((each) => each !== 'id'),
        'given',
      )},
          import_batch_id = ${batch}, version = ${name}.version + 1, updated_at = ${tx.now}
        from ${given(of, properties, rows)} where ${name}.id = given.id
        returning ${name}.id, ${name}.version)
    select changed.id, changed.version, to_jsonb(before) - 'folded' as before
    from changed join before on before.id = changed.id order by changed.id`);
  if (changed.length !== rows.length)
    throw new Error(`changed ${changed.length} of ${rows.length} rows of ${of.name}`);
  return changed.map((row) => ({ table: of.name, ...row }));
}

function propertiesOf<R>(rows: readonly Partial<R>[]): (keyof R & string)[] {
  return Object.keys(rows[0]!) as (keyof R & string)[];
}

export interface BatchLine extends Counts {
  id: string;
  /** What was imported: `data-inclusion`, `people`… */
  kind: string;
  state: string;
  startedAt: string;
}

/** The last imports, newest first. */
export async function listBatches(db: Database): Promise<BatchLine[]> {
  return db.as(importer)
    .rows(sql`select id, kind, state, started_at as "startedAt", created, changed, unchanged, refused
    from import_batch order by started_at desc, id desc limit 50`);
}
