import sql from 'sql-template-tag';
import type { Database } from '../db/database.ts';
import { firstRow } from '../db/reader.ts';
import { insertInto, nobody, everyone, table } from '../db/table.ts';
import type { Transaction } from '../db/transaction.ts';
import { importer } from '../imports/batch.ts';
import type { Counts } from '../imports/verdict.ts';
import type { Viewer } from '../kernel/viewer.ts';
import { IntakeChangeRow, IntakeRow } from './intake.row.ts';

/** The notebook of imported files: the hub's alone, ids and versions, no word of anybody. */
const forTheHub = (viewer: Viewer) => (viewer.kind === 'HUB' ? everyone() : nobody);
const intakes = table('intake', IntakeRow, forTheHub);
const changes = table('intake_change', IntakeChangeRow, forTheHub);

/** What one row of a file wrote. */
export interface Step {
  subject: string;
  month?: string;
  version: number;
  /** The version it was changed from, where that one may be given back. */
  found?: number;
  made: boolean;
}

export async function openIntake(db: Database, batchId: string, viewer: Viewer): Promise<void> {
  const row = { batchId, organisationId: viewer.organisation, memberId: viewer.member! };
  await db.write(importer, (tx) => tx.change(sql`${insertInto(intakes, row)} on conflict do nothing`));
}

/** As whom a batch was imported; null for a batch of the catalogue, or none. */
export function intakeOf(db: Database, batch: string): Promise<IntakeRow | null> {
  return firstRow(
    db.as(importer),
    sql`select ${intakes.columns} from intake where intake.batch_id = ${batch}`,
  );
}

/** In the transaction of the row itself: what is written is noted, or neither is. */
export async function noteSteps(
  tx: Transaction,
  batchId: string,
  { steps, outcome }: { steps: readonly Step[]; outcome: 'CREATED' | 'CHANGED' },
): Promise<void> {
  await tx.asHub('import', async () => {
    const created = outcome === 'CREATED' ? 1 : 0;
    // first of all: two runs of one file take turns here, so that no position is taken twice
    await tx.change(
      sql`update import_batch set created = created + ${created}, changed = changed + ${1 - created}
        where id = ${batchId}`,
      1,
    );
    for (const { subject: subjectId, month = null, version, found = null, made } of steps)
      await tx.change(sql`insert into intake_change (batch_id, position, subject_id, month, version, found, made, at)
        select ${batchId}, coalesce(max(position), 0) + 1, ${subjectId}, ${month}::date, ${version}, ${found}::integer, ${made}, ${tx.now}
        from intake_change where batch_id = ${batchId}`, 1); // prettier-ignore
  });
}

/** What the file held is no longer to be told from the batch: it was kept only to go on with a run cut off. */
export async function closeIntake(db: Database, batch: string, counts: Counts): Promise<void> {
  const { unchanged, refused } = counts;
  await db.write(importer, (tx) =>
    tx.change(sql`update import_batch set state = 'DONE', finished_at = ${tx.now}, fingerprint = id,
      unchanged = ${unchanged}, refused = ${refused} where id = ${batch} and state = 'RUNNING'`),
  );
}

/** What is left to undo, the last first, below a position. */
export function stepsBelow(db: Database, batch: string, below: number): Promise<IntakeChangeRow[]> {
  return db.as(importer).rows(sql`select ${changes.columns} from intake_change
    where intake_change.batch_id = ${batch} and intake_change.undone_at is null and intake_change.position < ${below}
    order by intake_change.position desc limit 200`);
}

/** Settles a step, and lets an older batch undo in its turn what is again as it had left it. */
export async function settleStep(tx: Transaction, step: IntakeChangeRow, versionNow: number | null) {
  await tx.asHub('import.undone', async () => {
    await tx.change(sql`update intake_change set undone_at = ${tx.now}
      where batch_id = ${step.batchId} and position = ${step.position}`, 1); // prettier-ignore
    if (versionNow !== null)
      await tx.change(sql`update intake_change set version = ${versionNow} where subject_id = ${step.subjectId}
        and undone_at is null and version = ${step.found}`);
  });
}

export async function finishUndo(db: Database, batch: string): Promise<void> {
  await db.write(importer, (tx) =>
    tx.change(sql`update import_batch set undone_at = ${tx.now}, state = case
        when exists (select from intake_change where batch_id = ${batch} and undone_at is null) then 'PARTLY_UNDONE'
        else 'UNDONE' end where id = ${batch}`, 1)); // prettier-ignore
}
