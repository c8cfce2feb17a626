import 'reflect-metadata';
import { Command } from 'commander';
import { eraseAgain } from '../casefiles/replay.actions.ts';
import { lineOf } from '../casefiles/tombstone.rules.ts';
import { allTombstones, readTombstones } from '../casefiles/tombstone.sweep.ts';
import { readSettings, tombstonesOf } from '../config/settings.ts';
import { withDatabase } from './connection.ts';

/** What an operator does to a hub's data: `npm run admin -- <what>`. */
async function tombstones(): Promise<void> {
  for (const each of await withDatabase(allTombstones)) console.log(lineOf(each));
}

async function replayErasures(file: string = tombstonesOf(readSettings())): Promise<void> {
  const { tombstones: found, damaged } = readTombstones(file);
  if (found.length + damaged === 0) throw new Error(`${file}: no tombstone in it.`);
  const { erased, already, unknown } = await withDatabase((db) => eraseAgain(db, found));
  console.log(
    `${found.length} tombstones: ${erased} erased again, ${already} erased already, ${unknown} not in this database`,
  );
  if (!damaged) return;
  console.error(`${damaged} lines cannot be read: somebody erased may still be there.`);
  process.exitCode = 1;
}

const program = new Command('npm run admin --').description('Looks after the data of a hub.');
program
  .command('tombstones')
  .description('prints who was erased, as ids, instants and codes: keep it apart from the backups')
  .action(tombstones);
program
  .command('replay-erasures')
  .description('erases again, in a restored database, whoever the tombstones name')
  .argument('[file]', 'the tombstones; those beside the data if not said')
  .action((file?: string) => replayErasures(file));

await program.parseAsync().catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});
