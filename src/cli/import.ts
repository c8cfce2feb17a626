import 'reflect-metadata';
import { Command, InvalidArgumentError } from 'commander';
import { importDataInclusion, type ImportSummary } from '../imports/data-inclusion/import.ts';
import { listBatches } from '../imports/batch.ts';
import { Report } from '../imports/report.ts';
import { type ImportFile, Spool } from '../imports/spool.ts';
import { undoImport } from '../imports/undo.ts';
import type { Counts, Verdict } from '../imports/verdict.ts';
import { importCommunes } from '../territory/commune.import.ts';
import { withDatabase } from './connection.ts';
import { Progress } from './progress.ts';
import { Sample } from './sample.ts';

/** Imports files into the hub, and undoes it: `npm run import -- <what> <file…>`. */
interface Options {
  dryRun?: boolean;
  report?: string;
  show: number;
}

const interrupted = 130;

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

function sayWhatWasDone({ batch, counts, stopped }: ImportSummary, dryRun: boolean, report?: string): void {
  console.log(`${dryRun ? 'Would be: ' : ''}${countsInWords(counts)}`);
  if (report) console.log(`Each row: ${report}`);
  if (stopped) console.log('Stopped before the end; the same command goes on with the rest.');
  if (batch) console.log(`Batch ${batch}; \`npm run import -- undo ${batch}\` takes it back.`);
  if (stopped) process.exitCode = interrupted;
}

function countsInWords({ created, changed, unchanged, refused }: Counts): string {
  return `${created} created, ${changed} changed, ${unchanged} unchanged, ${refused} refused`;
}

/** The first Ctrl-C lets the chunk under way end; the second is the system's. */
function stopOnInterrupt(): AbortSignal {
  const controller = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => controller.abort());
  return controller.signal;
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

async function undo(batch: string, { show }: Pick<Options, 'show'>): Promise<void> {
  const { counts, kept } = await withDatabase((db) => undoImport(db, batch));
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
  for (const { id, startedAt, state, ...counts } of all)
    console.log(`${id}  ${startedAt}  ${state.padEnd(13)} ${countsInWords(counts)}`);
}

function wholeNumber(text: string): number {
  if (!/^\d{1,6}$/.test(text)) throw new InvalidArgumentError('a whole number is expected.');
  return Number(text);
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
program
  .command('undo')
  .description('takes an import back, as far as nobody built on it')
  .argument('<batch>', 'what the import said at its end, imp_…')
  .option(...shown)
  .action(undo);
program.command('batches').description('the last imports').action(batches);

await program.parseAsync().catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});
