import { rm } from 'node:fs/promises';
import sql from 'sql-template-tag';
import type { Database } from '../db/database.ts';
import { firstRow } from '../db/reader.ts';
import { importer } from '../imports/batch.ts';
import { Report } from '../imports/report.ts';
import { Spool } from '../imports/spool.ts';
import { noteFileDeleted } from '../intake/flux/file.store.ts';
import { importFlux } from '../intake/flux/run.ts';
import { undoFlux } from '../intake/flux/undo.ts';
import { withDatabase } from './connection.ts';
import { signedIn } from './intake.ts';
import { Progress } from './progress.ts';
import { Sample } from './sample.ts';
import { sayWhatWasDone, stopOnInterrupt } from './saying.ts';

/** Reads a fund's file in, as a member of the council whom the operator names; the hub keeps nothing of the file itself. */
export interface FluxCliOptions {
  as: string;
  fund?: string;
  backfill?: boolean;
  delete?: boolean;
  dryRun?: boolean;
  report?: string;
  show: number;
}

export async function importFund(name: string, options: FluxCliOptions): Promise<void> {
  const { as, fund, backfill = false, dryRun = false, report: to, show } = options;
  const spool = new Spool();
  try {
    const file = await spool.open(name);
    const report = to ? await Report.open(to) : null;
    const sample = new Sample(show, dryRun);
    const progress = new Progress();
    await withDatabase(async (db) => {
      const summary = await importFlux(db, file, {
        viewer: () => signedIn(db, as),
        ...(fund && { fund: await organisationOf(db, fund) }),
        ...{ backfill, dryRun, onProgress: progress.show, signal: stopOnInterrupt() },
        onVerdicts: async (verdicts) => {
          sample.add(verdicts);
          await report?.add(verdicts);
        },
      }).finally(() => progress.end());
      await report?.close();
      sample.print();
      sayWhatWasDone(summary, dryRun, to);
      if (summary.absent)
        console.log(`${summary.absent} with a right stand in no row of it: left as they were`);
      if (summary.batch && !summary.stopped) await letGo(db, summary.batch, { name, path: file.path, asked: options.delete }); // prettier-ignore
    });
  } finally {
    await spool.close();
  }
}

interface Source {
  name: string;
  path: string;
  asked?: boolean;
}

/** The file goes where the operator says so; what came down a pipe goes in any case. */
async function letGo(db: Database, batch: string, { name, path, asked = false }: Source): Promise<void> {
  if (path !== name || asked) {
    await rm(path, { force: true });
    await noteFileDeleted(db, batch);
  } else console.log(`${name} is still there: delete it, or say --delete.`);
}

/** Whether the batch was such a file, and then what became of it. */
export async function undoFund(db: Database, batch: string): Promise<boolean> {
  const query = sql`select 1 from entitlement_import where id = ${batch} and state in ('RUNNING', 'DONE', 'PARTLY_UNDONE')`;
  if (!(await firstRow(db.as(importer), query))) return false;
  const { removed, restored, kept } = await undoFlux(db, batch);
  for (const id of kept) console.log(`${id}: kept, a later file told more of it`);
  console.log(`${removed} taken back, ${restored} given back as they were, ${kept.length} kept`);
  return true;
}

async function organisationOf(db: Database, named: string): Promise<string> {
  const siret = named.replace(/\s/g, '');
  const query = sql`select id from organisation where (id = ${named} or siret = ${siret}) and kind = 'BENEFITS_FUND'`;
  const found = await firstRow<{ id: string }>(db.as(importer), query);
  if (!found) throw new Error(`${named} is no benefits fund among the partners.`);
  return found.id;
}
