import 'reflect-metadata';
import sql from 'sql-template-tag';
import { memberViewer } from '../auth/login.ts';
import { readSettings } from '../config/settings.ts';
import type { Database } from '../db/database.ts';
import { firstRow } from '../db/reader.ts';
import { importer } from '../imports/batch.ts';
import { Report } from '../imports/report.ts';
import { Spool } from '../imports/spool.ts';
import { intakeOf } from '../intake/intake.store.ts';
import { importSheet } from '../intake/run.ts';
import type { SheetKind } from '../intake/sheet-kind.ts';
import { undoIntake } from '../intake/undo.ts';
import type { Viewer } from '../kernel/viewer.ts';
import type { LegalBasis } from '../people/person.rules.ts';
import { withDatabase } from './connection.ts';
import { Progress } from './progress.ts';
import { Sample } from './sample.ts';
import { sayWhatWasDone, stopOnInterrupt } from './saying.ts';

/** Imports a partner's own file of people, placements or hours, as a member of that partner whom the operator names. */
export interface SheetOptions {
  as: string;
  legalBasis?: LegalBasis;
  dryRun?: boolean;
  report?: string;
  show: number;
}

export async function importOwn(kind: SheetKind, name: string, options: SheetOptions): Promise<void> {
  const { as, legalBasis, dryRun = false, report: to, show } = options;
  const spool = new Spool();
  try {
    const file = await spool.open(name);
    const report = to ? await Report.open(to) : null;
    const sample = new Sample(show, dryRun);
    const progress = new Progress();
    const summary = await withDatabase((db) =>
      importSheet(db, file, {
        kind,
        viewer: () => signedIn(db, as),
        defaults: { ...(legalBasis && { legalBasis }) },
        dryRun,
        onVerdicts: async (verdicts) => {
          sample.add(verdicts);
          await report?.add(verdicts);
        },
        onProgress: progress.show,
        signal: stopOnInterrupt(),
      }),
    ).finally(() => progress.end());
    await report?.close();
    sample.print();
    sayWhatWasDone(summary, dryRun, to);
  } finally {
    await spool.close();
  }
}

/** Whether the batch was such a file, and then what became of it. */
export async function undoOwn(db: Database, batch: string, as?: string): Promise<boolean> {
  const intake = await intakeOf(db, batch);
  if (!intake) return false;
  const viewer = await signedIn(db, as ?? intake.memberId);
  if (viewer?.organisation !== intake.organisationId)
    throw new Error('Whoever imported it may not sign in: name a colleague with --as.');
  const { removed, restored, kept } = await undoIntake(db, viewer, batch);
  for (const { subject, reason } of kept) console.log(`${subject}: kept, ${reason}`);
  console.log(`${removed} taken back, ${restored} given back as they were, ${kept.length} kept`);
  return true;
}

/** A member by address or id, with the rights they have at this moment; null when they may not sign in. */
export async function signedIn(db: Database, as: string): Promise<Viewer | null> {
  const named = sql`select email from member where id = ${as}`;
  const member = as.includes('@') ? { email: as } : await firstRow<{ email: string }>(db.as(importer), named);
  return member && memberViewer(db.pool, member.email, readSettings().HEALTH_DATA === 'on');
}
