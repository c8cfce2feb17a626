import type { Database } from '../../db/database.ts';
import type { Transaction } from '../../db/transaction.ts';
import { beginBatch, countInBatch, finishBatch, importer, takeTurn } from '../batch.ts';
import { FileFault, rowsOf } from '../rows.ts';
import { fingerprintOf, type ImportFile } from '../spool.ts';
import { count, type Counts, type Decision, noCounts, type Verdict } from '../verdict.ts';
import { judge, type Judged, type Noun, nounOf } from './judge.ts';
import { Known, learnOfServices, learnOfStructures } from './known.ts';
import { Plan } from './plan.ts';
import type { Service } from './service.rules.ts';
import type { Structure } from './structure.rules.ts';
import { write } from './write.ts';

export interface ImportOptions {
  /** Says what would happen and writes nothing. */
  dryRun?: boolean;
  /** Told of each row, in the order of the files; awaited, so that a slow report slows the import and no more. */
  onVerdicts?: (verdicts: readonly Verdict[]) => void | Promise<void>;
  onProgress?: (bytes: number, total: number) => void;
  /** Stops after the chunk under way. */
  signal?: AbortSignal;
}

export interface ImportSummary {
  /** What undoes it; null for a dry run. */
  batch: string | null;
  counts: Counts;
  /** Stopped before the end: what is counted is done, the same command goes on with the rest. */
  stopped: boolean;
}

const largestChunk = 500;
const smallestChunk = 25;

type Fit = Extract<Judged, { noun: Noun }>;
type NamedFile = ImportFile & { noun: Noun };

/**
 * Imports files of data·inclusion: structures first, then services, whatever order they are given in. All of them are
 * read to their end and judged before the first row is written.
 */
export async function importDataInclusion(
  db: Database,
  files: readonly ImportFile[],
  options: ImportOptions = {},
): Promise<ImportSummary> {
  const named: NamedFile[] = [];
  for (const file of files) named.push({ ...file, noun: await nounOfFile(file) });
  named.sort((one, other) => Number(one.noun === 'SERVICE') - Number(other.noun === 'SERVICE'));
  const run = new ImportRun(db, named, options);
  if (options.dryRun) return run.rehearse();
  await run.judgeAll();
  return run.perform(await beginBatch(db, 'data-inclusion', await fingerprintOf(named)));
}

async function nounOfFile({ path }: ImportFile): Promise<Noun> {
  for await (const { value } of rowsOf(path)) return nounOf(value);
  return 'STRUCTURE';
}

class ImportRun {
  private readonly counts = noCounts();
  /** Where each row of the files stood: the second of two is refused, whichever is right. */
  private readonly seen = new Map<string, number>();
  private read = 0;
  private readonly total: number;
  private chunkSize = largestChunk;

  constructor(
    private readonly db: Database,
    private readonly files: readonly NamedFile[],
    private readonly options: ImportOptions,
  ) {
    this.total = files.reduce((sum, { size }) => sum + size, 0) * (options.dryRun ? 1 : 2);
  }

  async judgeAll(): Promise<void> {
    for (const file of this.files) {
      let [rows, fit] = [0, 0];
      for await (const row of rowsOf(file.path, this.progress)) {
        rows++;
        if (judge(file.noun, row).noun) fit++;
      }
      if (rows > 0 && fit === 0)
        throw new FileFault(
          `${file.name} holds ${rows} rows and not one structure or service of data·inclusion v1.`,
        );
    }
  }

  async rehearse(): Promise<ImportSummary> {
    const known = new Known();
    return this.go(null, async (rows) => {
      const reader = this.db.as(importer);
      await learn(known, reader, rows);
      const plan = new Plan(known, reader.now);
      return rows.map((row) => decide(plan, row));
    });
  }

  async perform(batch: string): Promise<ImportSummary> {
    try {
      const summary = await this.go(batch, (rows, refused) => this.apply(batch, rows, refused));
      if (!summary.stopped) await finishBatch(this.db, batch);
      return summary;
    } catch (cause) {
      throw this.cutOff(batch, cause as Error);
    }
  }

  private cutOff(batch: string, cause: Error): Error {
    const { created, changed } = this.counts;
    return new Error(
      `${cause.message}\nCut off: ${created} rows created and ${changed} changed stand. The same command goes on with ` +
        `the rest; \`npm run import -- undo ${batch}\` takes them back.`,
      { cause },
    );
  }

  private async go(
    batch: string | null,
    settle: (rows: readonly Fit[], refusedBefore: number) => Promise<Decision[]>,
  ): Promise<ImportSummary> {
    for (const file of this.files)
      for await (const chunk of this.chunksOf(file)) {
        if (this.options.signal?.aborted) return { batch, counts: this.counts, stopped: true };
        await this.settleChunk(file, chunk, settle);
      }
    return { batch, counts: this.counts, stopped: false };
  }

  private async settleChunk(
    file: NamedFile,
    chunk: readonly Judged[],
    settle: (rows: readonly Fit[], refusedBefore: number) => Promise<Decision[]>,
  ): Promise<void> {
    const fit = chunk.filter((row): row is Fit => row.noun !== null);
    const began = performance.now();
    const decisions = await settle(fit, chunk.length - fit.length);
    this.fitChunkSize(performance.now() - began);
    const byRow = new Map(fit.map((row, at) => [row.row, decisions[at]!]));
    const verdicts = chunk.map((row) => verdictOf(file, row, byRow.get(row.row)));
    for (const { outcome } of verdicts) count(this.counts, outcome);
    await this.options.onVerdicts?.(verdicts);
  }

  /** A writing transaction stays well below a second, whatever the machine. */
  private fitChunkSize(milliseconds: number): void {
    if (milliseconds > 500) this.chunkSize = Math.max(smallestChunk, this.chunkSize >> 1);
    else if (milliseconds < 200) this.chunkSize = Math.min(largestChunk, this.chunkSize << 1);
  }

  /** A row the database alone finds wrong is looked for by halves, so that it is refused and the others are not. */
  private async apply(batch: string, rows: readonly Fit[], refusedBefore: number): Promise<Decision[]> {
    try {
      return await this.db.write(importer, (tx) => applyChunk(tx, batch, rows, refusedBefore));
    } catch (error) {
      if (!isFaultOfData(error)) throw error;
      if (rows.length === 1) return [await this.refuse(batch, refusedBefore + 1)];
      const half = rows.length >> 1;
      const first = await this.apply(batch, rows.slice(0, half), refusedBefore);
      return [...first, ...(await this.apply(batch, rows.slice(half), 0))];
    }
  }

  private async refuse(batch: string, refused: number): Promise<Decision> {
    await this.db.write(importer, (tx) => countInBatch(tx, batch, { ...noCounts(), refused }));
    return { outcome: 'REFUSED', notes: ['the database refuses it'] };
  }

  private async *chunksOf(file: NamedFile): AsyncGenerator<Judged[]> {
    let chunk: Judged[] = [];
    for await (const row of rowsOf(file.path, this.progress)) {
      chunk.push(this.onlyOnce(file, judge(file.noun, row)));
      if (chunk.length < this.chunkSize) continue;
      yield chunk;
      chunk = [];
    }
    if (chunk.length) yield chunk;
  }

  private onlyOnce(file: NamedFile, judged: Judged): Judged {
    if (!judged.noun) return judged;
    const { row, line, value } = judged;
    const { source, id } = value;
    const key = JSON.stringify([judged.noun, source, id]);
    const before = this.seen.get(key);
    if (before !== undefined) {
      const first = `row ${Math.floor(before / this.files.length)} of ${this.files[before % this.files.length]!.name}`;
      return { row, line, noun: null, refused: `the same source and id as ${first}`, source, id };
    }
    // one number each, for there may be a million of them
    this.seen.set(key, row * this.files.length + this.files.indexOf(file));
    return judged;
  }

  private readonly progress = (bytes: number): void => {
    this.read += bytes;
    this.options.onProgress?.(this.read, this.total);
  };
}

async function applyChunk(
  tx: Transaction,
  batch: string,
  rows: readonly Fit[],
  refusedBefore: number,
): Promise<Decision[]> {
  await takeTurn(tx);
  const known = new Known();
  await learn(known, tx, rows);
  const plan = new Plan(known, tx.now);
  const decisions = rows.map((row) => decide(plan, row));
  await write(tx, batch, plan);
  const counts = { ...noCounts(), refused: refusedBefore };
  for (const { outcome } of decisions) count(counts, outcome);
  await countInBatch(tx, batch, counts);
  return decisions;
}

async function learn(known: Known, reader: Parameters<typeof learnOfServices>[1], rows: readonly Fit[]) {
  const [structures, services]: [Structure[], Service[]] = [[], []];
  for (const row of rows) {
    if (row.noun === 'STRUCTURE') structures.push(row.value);
    else services.push(row.value);
  }
  if (structures.length) await learnOfStructures(known, reader, structures);
  if (services.length) await learnOfServices(known, reader, services);
}

function decide(plan: Plan, row: Fit): Decision {
  return row.noun === 'STRUCTURE' ? plan.structure(row.value) : plan.service(row.value);
}

function verdictOf({ name }: NamedFile, row: Judged, decision: Decision | undefined): Verdict {
  const place = { file: name, row: row.row, line: row.line };
  if (!row.noun) return { ...place, source: row.source, id: row.id, outcome: 'REFUSED', reason: row.refused };
  const { source, id } = row.value;
  return { ...place, source, id, outcome: decision!.outcome, reason: decision!.notes.join('; ') };
}

/** PostgreSQL's classes 22 (data) and 23 (constraints): the fault lies in a row, not in the connection. */
function isFaultOfData(error: unknown): boolean {
  return /^2[23]/.test((error as { code?: string }).code ?? '');
}
