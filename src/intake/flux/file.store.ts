import sql from 'sql-template-tag';
import type { Database } from '../../db/database.ts';
import { insertInto } from '../../db/table.ts';
import { firstRow } from '../../db/reader.ts';
import type { Transaction } from '../../db/transaction.ts';
import type { EntitlementImportRow, RuleCount } from '../../entitlements/import.row.ts';
import { entitlementImports } from '../../entitlements/import.store.ts';
import { importer } from '../../imports/batch.ts';
import type { Counts } from '../../imports/verdict.ts';
import { newId } from '../../kernel/ids.ts';

/** The line that tells of a file: opened with its batch, closed with its counts. */
export type NewFile = Pick<EntitlementImportRow, 'importedBy' | 'memberId' | 'organism' | 'referenceOn' | 'monthly' | 'sha256' | 'organisationId'>; // prettier-ignore

/** A batch of the same file that a kill cut off goes on; two runs of one file at once share theirs. */
export async function openFile(tx: Transaction, file: NewFile): Promise<string> {
  const batch = await firstRow<{ id: string }>(
    tx,
    sql`insert into import_batch (id, kind, fingerprint, state, started_at)
      values (${newId('ImportBatch')}, 'flux', ${file.sha256}, 'RUNNING', ${tx.now})
      on conflict (kind, fingerprint) where state = 'RUNNING' do update set unchanged = 0, refused = 0 returning id`,
  );
  const row = { ...file, id: batch!.id, state: 'RUNNING', startedAt: tx.now };
  await tx.change(sql`${insertInto(entitlementImports, row)} on conflict do nothing`);
  return batch!.id;
}

/** A file that was refused whole leaves nothing but this: by which rule, on which line. */
export async function noteRefused(
  db: Database,
  file: NewFile,
  { rule, line }: { rule: string; line: number },
): Promise<string> {
  return db.write(importer, async (tx) => {
    const id = newId('ImportBatch');
    await tx.change(sql`insert into import_batch (id, kind, fingerprint, state, started_at, finished_at)
      values (${id}, 'flux', ${id}, 'REFUSED', ${tx.now}, ${tx.now})`, 1); // prettier-ignore
    const row = { ...file, id, state: 'REFUSED', startedAt: tx.now, finishedAt: tx.now };
    await tx.change(insertInto(entitlementImports, { ...row, faultRule: rule, faultLine: line }), 1);
    return id;
  });
}

/** The last day a file of this fund spoke of, this file and those undone left out. */
export async function lastReferenceOn(
  tx: Transaction,
  { organism, sha256 }: Pick<NewFile, 'organism' | 'sha256'>,
): Promise<string | null> {
  const query = sql`select max(reference_on)::text as day from entitlement_import
    where organism = ${organism} and state in ('RUNNING', 'DONE', 'PARTLY_UNDONE') and sha256 <> ${sha256}`;
  return (await firstRow<{ day: string | null }>(tx, query))!.day;
}

/** Which partner the fund was said to be, the last time. */
export async function fundBehind(db: Database, organism: string): Promise<string | null> {
  const query = sql`select organisation_id as id from entitlement_import
    where organism = ${organism} and organisation_id is not null order by id desc limit 1`;
  return (await firstRow<{ id: string }>(db.as(importer), query))?.id ?? null;
}

export interface Closing extends Counts {
  households: number;
  absent: number;
  refusals: readonly RuleCount[];
}

/** The batch keeps no fingerprint by which a run would be gone on with once it is over. */
export async function closeFile(tx: Transaction, batch: string, closing: Closing): Promise<void> {
  const { created, changed, unchanged, refused, households, absent, refusals } = closing;
  await tx.change(sql`update entitlement_import set state = 'DONE', finished_at = ${tx.now}, households = ${households},
    created = ${created}, changed = ${changed}, unchanged = ${unchanged}, refused = ${refused}, absent = ${absent},
    refusals = ${JSON.stringify(refusals)}::jsonb where id = ${batch} and state = 'RUNNING'`);
  await tx.change(sql`update import_batch set state = 'DONE', finished_at = ${tx.now}, fingerprint = id,
    unchanged = ${unchanged}, refused = ${refused} where id = ${batch} and state = 'RUNNING'`);
}

/** What the batch has written so far, over all its runs. */
export async function writtenBy(
  tx: Transaction,
  batch: string,
): Promise<Pick<Counts, 'created' | 'changed'>> {
  const query = sql`select created, changed from import_batch where id = ${batch}`;
  return (await firstRow<Counts>(tx, query))!;
}

export async function countWritten(
  tx: Transaction,
  batch: string,
  { created, changed }: Pick<Counts, 'created' | 'changed'>,
): Promise<void> {
  await tx.change(sql`update import_batch set created = created + ${created}, changed = changed + ${changed}
    where id = ${batch}`, 1); // prettier-ignore
}

export async function noteFileDeleted(db: Database, batch: string): Promise<void> {
  await db.write(importer, (tx) =>
    tx.change(sql`update entitlement_import set file_deleted_at = ${tx.now} where id = ${batch}`, 1),
  );
}

/** Whoever had a right, or had asked for one, and stands in no file of that day: told, and nothing else is done. */
export function absentFrom(
  db: Database,
  { organism, referenceOn }: { organism: string; referenceOn: string },
  after: string,
): Promise<{ key: string; entitlement: string }[]> {
  return db.as(importer).rows(sql`select entitlement_key.key, entitlement_key.entitlement_id as entitlement
    from entitlement_key where entitlement_key.organism = ${organism} and entitlement_key.seen_on < ${referenceOn}::date
      and entitlement_key.key > ${after} and exists (select from entitlement_period standing
        where standing.entitlement_id = entitlement_key.entitlement_id and standing.known_until is null
          and standing.until_day is null and standing.state in ('OPEN', 'SUSPENDED', 'REQUESTED'))
    order by entitlement_key.key limit 500`);
}
