import 'reflect-metadata';
import { Command } from 'commander';
import { lineOf } from '../casefiles/tombstone.rules.ts';
import { allTombstones } from '../casefiles/tombstone.sweep.ts';
import { readSettings, tombstonesOf } from '../config/settings.ts';
import { bounce } from './bounce.ts';
import { withDatabase } from './connection.ts';
import { init } from './first.ts';
import { adoptRules, showRules } from './rules.ts';
import { backup, demoRemove, replayErasures, restore } from './whole.ts';

/** What an operator does to a hub's data: `npm run admin -- <what>`. */
async function tombstones(): Promise<void> {
  for (const each of await withDatabase(allTombstones)) console.log(lineOf(each));
}

const program = new Command('npm run admin --').description('Looks after the data of a hub.');
program
  .command('init')
  .description('the first organisation of an empty hub, and who manages it')
  .requiredOption('--siret <siret>', 'fourteen digits')
  .requiredOption('--manager <e-mail>', 'who manages it, as the issuer’s tokens name them')
  .option('--manager-name <name>', 'shown to partners; what stands before the @ if not said')
  .option('--name <name>', 'of the organisation', 'Conseil départemental')
  .option('--kind <kind>', 'what it is', 'COUNCIL')
  .option('--commune <code>', 'its INSEE code')
  .action(init);
program
  .command('backup')
  .description('writes all rows into a new file, as they are now, while the hub goes on')
  .argument('<file>')
  .action(backup);
program
  .command('restore')
  .description('puts a backup into an empty database, then erases again whoever was erased since')
  .argument('<file>')
  .option('--tombstones <file>', 'who was erased; those beside the data if not said')
  .action(restore);
program
  .command('demo')
  .description('the demo data of a hub that was tried')
  .command('remove')
  .description('empties a hub that has no partner but those of the demo')
  .action(demoRemove);
program
  .command('bounce')
  .description('notes dead addresses: nothing more is mailed there until a manager says so')
  .argument('<addresses or files...>', 'an address, or a message that came back to MAIL_FROM')
  .action(bounce);
const rules = program
  .command('rules')
  .description('how outcomes are classed: dated versions of the rule sets');
rules
  .command('show')
  .description('prints the newest version as the file the next one is written from')
  .argument('<rule set>', 'PDI_2007, IAE_2013, PLIE')
  .action(showRules);
rules
  .command('adopt')
  .description('adopts a version from a day to come on; outcomes before it keep their class')
  .argument('<file>', 'JSON, as `rules show` prints it')
  .option('--dry-run', 'say whether it could be, and write nothing')
  .action(adoptRules);
program
  .command('tombstones')
  .description('prints who was erased, as ids, instants and codes: keep it apart from the backups')
  .action(tombstones);
program
  .command('replay-erasures')
  .description('erases again, in a restored database, whoever the tombstones name')
  .argument('[file]', 'the tombstones; those beside the data if not said')
  .action((file: string = tombstonesOf(readSettings())) => withDatabase((db) => replayErasures(db, file)));

await program.parseAsync().catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});
