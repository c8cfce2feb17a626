import 'reflect-metadata';
import { Command, InvalidArgumentError } from 'commander';
import { importDataInclusion } from '../imports/data-inclusion/import.ts';
import { listBatches } from '../imports/batch.ts';
import { Report } from '../imports/report.ts';
import { type ImportFile, Spool } from '../imports/spool.ts';
import { undoImport, type UndoSummary } from '../imports/undo.ts';
import type { Verdict } from '../imports/verdict.ts';
import { hoursSheet } from '../intake/hours.sheet.ts';
import { peopleSheet } from '../intake/people.sheet.ts';
import { placementsSheet } from '../intake/placements.sheet.ts';
import type { SheetKind } from '../intake/sheet-kind.ts';
import { LegalBasis } from '../people/person.rules.ts';
import { importCommunes } from '../territory/commune.import.ts';
import { withDatabase } from './connection.ts';
import { type FluxCliOptions, importFund, undoFund } from './flux.ts';
import { importOwn, type SheetOptions, undoOwn } from './intake.ts';
import { Progress } from './progress.ts';
import { Sample } from './sample.ts';
import { countsInWords, sayWhatWasDone, stopOnInterrupt } from './saying.ts';

/** Imports files into the hub, and undoes it: `npm run import -- <what> <file…>`. */
interface Options {
  dryRun?: boolean;
  report?: string;
  show: number;
}

async function dataInclusion(names: string[], { dryRun = false, report: to, show }: Options): Promise<void> {
  const spool = new Spool();
  try {
    const files: ImportFile[] = [];
    for (const name of names) files.push(await spool.open(name));
    const report = to ? await Report.open(to) : null;
    const sample = new Sample(show, dryRun);
    const progress = new Progress();
    const stop = stopOnInterrupt();
    const onVerdicts = async (verdicts: readonly Verdict[]) => {
      sample.add(verdicts);
      await report?.add(verdicts);
    };
    const summary = await withDatabase((db) =>
      importDataInclusion(db, files, { dryRun, onVerdicts, onProgress: progress.show, signal: stop }),
    ).finally(() => progress.end());
    await report?.close();
    sample.print();
    sayWhatWasDone(summary, dryRun, to);
  } finally {
    await spool.close();
  }
}

async function communes(name: string, { dryRun = false, show }: Options): Promise<void> {
  const source = name === '-' ? process.stdin : name;
  const result = await withDatabase((db) => importCommunes(db.pool, source, { dryRun }));
  for (const { line, reason } of result.refused.slice(0, show))
    console.log(`line ${line}: refused, ${reason}`);
  const { created, changed, unchanged, refused, skipped } = result;
  const words = countsInWords({ created, changed, unchanged, refused: refused.length });
  console.log(`${dryRun ? 'Would be: ' : ''}${words}, ${skipped} passed over`);
}

async function undo(batch: string, { show, as }: Pick<Options, 'show'> & { as?: string }): Promise<void> {
  const undone = await withDatabase(async (db) =>
    (await undoOwn(db, batch, as)) || (await undoFund(db, batch)) ? null : undoImport(db, batch),
  );
  if (undone) sayWhatWasUndone(undone, show);
}

function sayWhatWasUndone({ counts, kept }: UndoSummary, show: number): void {
  for (const { table, id, outcome } of kept.slice(0, show))
    console.log(
      `${table} ${id}: kept, ${outcome === 'IN_USE' ? 'something refers to it' : 'somebody changed it since'}`,
    );
  const { REMOVED, RESTORED, ARCHIVED } = counts;
  console.log(
    `${REMOVED} removed, ${RESTORED} given back as they were, ${ARCHIVED} archived, ${kept.length} kept`,
  );
}

async function batches(): Promise<void> {
  const all = await withDatabase((db) => listBatches(db));
  for (const { id, kind, startedAt, state, ...counts } of all)
    console.log(`${id}  ${startedAt}  ${kind.padEnd(14)}  ${state.padEnd(13)} ${countsInWords(counts)}`);
}

function wholeNumber(text: string): number {
  if (!/^\d{1,6}$/.test(text)) throw new InvalidArgumentError('a whole number is expected.');
  return Number(text);
}

function legalBasis(text: string): LegalBasis {
  if (!Object.hasOwn(LegalBasis, text))
    throw new InvalidArgumentError(`one of ${Object.keys(LegalBasis).join(', ')}.`);
  return text as LegalBasis;
}

const program = new Command('npm run import --').description('Imports files into the hub.');
const shown = ['--show <n>', 'rows shown of each outcome', wholeNumber, 20] as const;
program
  .command('data-inclusion')
  .description('structures and services of data·inclusion v1: a JSON array, or one object a line')
  .argument('<files...>', 'files of structures or of services, in any order; - for standard input')
  .option('--dry-run', 'say what would happen and write nothing')
  .option('--report <file>', 'every row and what became of it, as .csv or .json')
  .option(...shown)
  .action(dataInclusion);
program
  .command('communes')
  .description('an official list of communes, CSV or JSON')
  .argument('<file>', '- for standard input')
  .option('--dry-run', 'say what would happen and write nothing')
  .option(...shown)
  .action(communes);
const own: readonly [SheetKind, string][] = [
  [peopleSheet, 'people a partner follows, under its own numbers (CSV)'],
  [placementsSheet, 'who has started with a provider (CSV)'],
  [hoursSheet, 'hours worked, month by month (CSV)'],
];
for (const [kind, description] of own) {
  const command = program
    .command(kind.name)
    .description(description)
    .argument('<file>', '- for standard input')
    .requiredOption('--as <member>', 'the member it is imported as: e-mail address, or mem_…')
    .option('--dry-run', 'say what would happen and write nothing')
    .option('--report <file>', 'every row and what became of it, as .csv or .json')
    .option(...shown);
  if (kind === peopleSheet)
    command.option('--legal-basis <ground>', 'of the rows that state none', legalBasis);
  command.action((file: string, options: SheetOptions) => importOwn(kind, file, options));
}
program
  .command('flux')
  .description('a monthly or daily file of the CAF or the MSA: who has a right to the RSA (XML, vrsb0801)')
  .argument('<file>', '- for standard input')
  .requiredOption('--as <member>', 'the member of the council it is read in as: e-mail address, or mem_…')
  .option(
    '--fund <organisation>',
    'the partner that the fund is, org_… or SIRET; remembered from the last file',
  )
  .option('--backfill', 'a file of an earlier day than the last one read')
  .option('--delete', 'delete the file once it is read in, and tell the fund when')
  .option('--dry-run', 'say what would happen and write nothing')
  .option('--report <file>', 'every row and what became of it, as .csv or .json')
  .option(...shown)
  .action((file: string, options: FluxCliOptions) => importFund(file, options));
program
  .command('undo')
  .description('takes an import back, as far as nobody built on it')
  .argument('<batch>', 'what the import said at its end, imp_…')
  .option('--as <member>', 'of people, placements or hours: another member than who imported it')
  .option(...shown)
  .action(undo);
program.command('batches').description('the last imports').action(batches);

await program.parseAsync().catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});
