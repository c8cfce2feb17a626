import { DemoKeys } from '../auth/demo-keys.ts';
import { eraseAgain } from '../casefiles/replay.actions.ts';
import { readTombstones } from '../casefiles/tombstone.sweep.ts';
import { tombstonesOf } from '../config/settings.ts';
import { backUp } from '../db/backup.ts';
import type { Database } from '../db/database.ts';
import { restoreInto } from '../db/restore.ts';
import { removeDemo } from '../demo/remove.ts';
import { databaseOf, settingsOfHub, withStorage } from './connection.ts';
import { Progress } from './progress.ts';

/** What an operator does to a hub's data as a whole. */

export async function backup(file: string): Promise<void> {
  settingsOfHub('there is nothing to back up');
  const progress = new Progress();
  const { rows, tables } = await withStorage(({ whole }) => backUp(whole, file, progress.show)).finally(() =>
    progress.end(),
  );
  console.log(`${file}: ${rows} rows of ${tables} tables, readable by you alone and not encrypted.`);
}

export async function restore(file: string, { tombstones }: { tombstones?: string }): Promise<void> {
  const progress = new Progress();
  await withStorage(async (storage, settings) => {
    const back = await restoreInto(storage.owner, file, progress.show).finally(() => progress.end());
    console.log(`${back.rows} rows of ${back.tables} tables are back, as they were at ${back.takenAt}.`);
    const from = tombstones ?? tombstonesOf(settings);
    await databaseOf(storage, (db) => replayErasures(db, from, true));
  });
}

/** Erases again whoever the file names; `mayBeNone` where a hub may never have erased anybody. */
export async function replayErasures(db: Database, file: string, mayBeNone = false): Promise<void> {
  const { tombstones: found, damaged } = readTombstones(file);
  const none = `${file}: no tombstone in it.`;
  if (found.length + damaged === 0 && !mayBeNone) throw new Error(none);
  if (found.length + damaged === 0)
    return console.error(`${none} Whoever was erased since the backup is there again.`);
  const { erased, already, unknown } = await eraseAgain(db, found);
  console.log(
    `${found.length} tombstones: ${erased} erased again, ${already} erased already, ${unknown} not in this database`,
  );
  if (!damaged) return;
  console.error(`${damaged} lines cannot be read: somebody erased may still be there.`);
  process.exitCode = 1;
}

export async function demoRemove(): Promise<void> {
  const { DATA_DIR } = settingsOfHub('there is no demo');
  const removed = await withStorage((storage) =>
    databaseOf(storage, (db) => removeDemo(storage.owner, db, DemoKeys.in(DATA_DIR))),
  );
  console.log(removed ? 'The demo is gone, and no start loads it again.' : 'The demo was removed before.');
  console.log('Next: `npm run admin -- init --siret … --manager …`.');
}
