import type { Database } from '../db/database.ts';
import { refusalOfConstraint } from '../db/constraints.ts';
import type { Transaction } from '../db/transaction.ts';
import { beginBatch } from '../imports/batch.ts';
import { fingerprintOf, type ImportFile } from '../imports/spool.ts';
import { count, noCounts, type Verdict } from '../imports/verdict.ts';
import { Refusal } from '../kernel/refusal.ts';
import { sameRights, type Viewer } from '../kernel/viewer.ts';
import { refuseNirIn } from './cell.rules.ts';
import { closeIntake, noteSteps, openIntake } from './intake.store.ts';
import type { Defaults, RowDone, SheetKind } from './sheet-kind.ts';
import { Sheet, type SheetRow } from './sheet.ts';
import { refusalInWords, shownKey, type Told } from './words.ts';

export interface IntakeOptions {
  kind: SheetKind;
  /** Who the file is imported as, asked again while it lasts; null when that member may no longer sign in. */
  viewer: () => Promise<Viewer | null>;
  defaults?: Defaults;
  dryRun?: boolean;
  onVerdicts?: (verdicts: readonly Verdict[]) => void | Promise<void>;
  onProgress?: (bytes: number, total: number) => void;
  signal?: AbortSignal;
}

/** After so many rows, whether the member still has the rights it began with. */
const rightsAskedEach = 25;

/**
 * Imports a partner's own file as one of its members: each row runs the actions of the mutations in a transaction of its own, so
 * that nobody waits for a file, and what is refused is undone alone. A dry run does all of it and takes each row back.
 */
export async function importSheet(db: Database, file: ImportFile, options: IntakeOptions) {
  const run = new SheetRun(db, await Sheet.open(file, options.kind.columns), options);
  await run.judge();
  return run.perform();
}

/** Nobody's fault: what a dry run would have written is taken back. */
class Rehearsed extends Error {
  constructor(readonly done: RowDone) {
    super('rehearsed');
  }
}

class SheetRun {
  private readonly counts = noCounts();
  /** Where each key of the file stood: the second of two is refused, whichever is right. */
  private readonly seen = new Map<string, number>();
  private bytes = 0;
  private viewer!: Viewer;
  private batch: string | null = null;

  constructor(
    private readonly db: Database,
    private readonly sheet: Sheet,
    private readonly options: IntakeOptions,
  ) {}

  async judge(): Promise<void> {
    this.viewer = await this.signedIn();
    await this.sheet.judge(this.progress);
  }

  async perform() {
    if (!this.options.dryRun) await this.begin();
    try {
      const stopped = await this.go();
      if (this.batch && !stopped) await closeIntake(this.db, this.batch, this.counts);
      return { batch: this.batch, counts: this.counts, stopped };
    } catch (cause) {
      throw this.cutOff(cause as Error);
    }
  }

  /** Goes on with the batch that a kill cut off in the same file, as the same member: what stands is then unchanged. */
  private async begin(): Promise<void> {
    const { kind } = this.options;
    const print = `${await fingerprintOf([this.sheet.file])} ${this.viewer.member!}`;
    this.batch = await beginBatch(this.db, kind.name, print);
    await openIntake(this.db, this.batch, this.viewer);
  }

  private async go(): Promise<boolean> {
    for await (const row of this.sheet.rows(this.progress)) {
      if (this.options.signal?.aborted) return true;
      if (row.row % rightsAskedEach === 0) await this.sameAsBefore();
      const told = await this.settle(row);
      count(this.counts, told.outcome);
      await this.options.onVerdicts?.([this.verdict(row, told)]);
    }
    return false;
  }

  private async settle(row: SheetRow): Promise<Told> {
    try {
      this.refuseTwice(row);
      return { outcome: (await this.act(row)).outcome, reason: '' };
    } catch (error) {
      const refusal = error instanceof Refusal ? error : refusalOfConstraint(error);
      if (refusal)
        return { outcome: 'REFUSED', reason: refusalInWords(refusal, row.cells, this.options.kind.columns) };
      if (isFaultOfData(error)) return { outcome: 'REFUSED', reason: 'the database refuses it' };
      throw error;
    }
  }

  private async act({ cells }: SheetRow): Promise<RowDone> {
    const { kind, defaults = {}, dryRun } = this.options;
    try {
      return await this.db.write(this.viewer, async (tx) => {
        const done = await kind.act(tx, cells, defaults);
        if (dryRun) throw new Rehearsed(done);
        await this.note(tx, done);
        return done;
      });
    } catch (error) {
      if (error instanceof Rehearsed) return error.done;
      throw error;
    }
  }

  private async note(tx: Transaction, { outcome, steps }: RowDone): Promise<void> {
    if (outcome !== 'UNCHANGED') await noteSteps(tx, this.batch!, { outcome, steps });
  }

  private refuseTwice({ cells, fault, line }: SheetRow): void {
    if (fault) throw new Refusal('INVALID_INPUT', { reason: fault });
    refuseNirIn(cells);
    const key = this.options.kind.keyOf(cells);
    if (key === null) return;
    const before = this.seen.get(key);
    if (before !== undefined) throw new Refusal('INVALID_INPUT', { reason: 'TWICE_IN_FILE', line: before });
    this.seen.set(key, line);
  }

  private verdict({ row, line, cells }: SheetRow, told: Told): Verdict {
    const id = shownKey(this.options.kind.keyOf(cells));
    return { file: this.sheet.file.name, row, line, source: null, id, ...told };
  }

  private async signedIn(): Promise<Viewer> {
    const viewer = await this.options.viewer();
    if (!viewer) throw new Error('This member may not sign in: nothing is imported as them.');
    return viewer;
  }

  private async sameAsBefore(): Promise<void> {
    if (!sameRights(await this.signedIn(), this.viewer))
      throw new Error('The rights of this member changed meanwhile: begin again to go on with them.');
  }

  private readonly progress = (count: number): void => {
    this.bytes += count;
    this.options.onProgress?.(this.bytes, 2 * this.sheet.file.size);
  };

  private cutOff(cause: Error): Error {
    if (!this.batch) return cause;
    const { created, changed } = this.counts;
    return new Error(
      `${cause.message}\nCut off: ${created} rows created and ${changed} changed stand. The same command goes on with ` +
        `the rest; \`npm run import -- undo ${this.batch}\` takes them back.`,
      { cause },
    );
  }
}

/** SQLSTATE of what a value did, rather than of what befell the database: its words may hold the value, and are not told. */
function isFaultOfData(error: unknown): boolean {
  return /^(22|23)/.test((error as { code?: string }).code ?? '');
}
