import type { Database } from '../../db/database.ts';
import type { Transaction } from '../../db/transaction.ts';
import { importer, takeTurn } from '../../imports/batch.ts';
import { fingerprintOf, type ImportFile } from '../../imports/spool.ts';
import { count, noCounts, type Verdict } from '../../imports/verdict.ts';
import { allow } from '../../auth/policy.ts';
import { parisDay } from '../../kernel/clock.ts';
import type { Viewer } from '../../kernel/viewer.ts';
import { openedTo } from '../../people/closed.rules.ts';
import { holderOf } from '../../people/holder.store.ts';
import { applyChunk, type FluxFile } from './apply.ts';
import { FluxFault } from './fault.ts';
import {
  absentFrom,
  closeFile,
  countWritten,
  fundBehind,
  lastReferenceOn,
  noteRefused,
  openFile,
  writtenBy,
  type NewFile,
} from './file.store.ts';
import type { Household } from './household.ts';
import { faultOf, lineOf, type Line, type RowRule } from './line.ts';
import { households } from './parse.ts';

export interface FluxOptions {
  /** Who reads the file in: a member of the council, asked again while it lasts; null when that member may not sign in. */
  viewer: () => Promise<Viewer | null>;
  /** The partner that the fund is, to whom its reports are open. */
  fund?: string;
  /** Reads a file of an earlier day than the last one. */
  backfill?: boolean;
  dryRun?: boolean;
  onVerdicts?: (verdicts: readonly Verdict[]) => void | Promise<void>;
  onProgress?: (bytes: number, total: number) => void;
  signal?: AbortSignal;
}

/** A transaction holds back the journal for as long as it lasts: some tenths of a second. */
const adultsAChunk = 150;

/**
 * Reads a fund's file in: once to judge all of it, with nothing written; then chunk by chunk, each adult matched, their right
 * told. A fault refuses the file whole. Whatever cuts it off, the same command goes on: what stands is then unchanged.
 */
export async function importFlux(db: Database, file: ImportFile, options: FluxOptions) {
  const run = new FluxRun(db, file, options, await councilViewer(options));
  return run.perform();
}

async function councilViewer({ viewer }: FluxOptions): Promise<Viewer> {
  const asking = await viewer();
  if (!asking) throw new Error('There is no active member of that address.');
  allow(asking, 'followPeople');
  if (asking.organisationKind !== 'COUNCIL' || asking.people !== 'ALL')
    throw new Error('A flux is read in by a member of the council who sees everyone.');
  return asking;
}

/** Nobody's fault: what a dry run would have written is taken back. */
class Rehearsed extends Error {}

interface Judged {
  organism: string | null;
  referenceOn: string | null;
  monthly: boolean;
  households: number;
  adults: number;
}

class FluxRun {
  private readonly counts = noCounts();
  private readonly refusals = new Map<RowRule, number>();
  /** The second of two rows of one adult is refused, whichever is right. */
  private readonly seen = new Set<string>();
  private bytes = 0;
  private absent = 0;
  private batch: string | null = null;

  constructor(
    private readonly db: Database,
    private readonly file: ImportFile,
    private readonly options: FluxOptions,
    private viewer: Viewer,
  ) {}

  async perform() {
    const sha256 = Buffer.from(await fingerprintOf([this.file]), 'base64url').toString('hex');
    const judged: Judged = { organism: null, referenceOn: null, monthly: true, households: 0, adults: 0 };
    try {
      await this.judge(judged);
      await this.open(judged, sha256);
    } catch (error) {
      if (error instanceof FluxFault && !this.options.dryRun)
        await noteRefused(this.db, await this.fileOf(judged, sha256), error);
      throw error;
    }
    const stopped = await this.go(judged, sha256);
    if (!stopped) await this.close(judged);
    return { batch: this.batch, counts: this.counts, absent: this.absent, stopped };
  }

  /** All of it against the schema; nothing is written and nothing kept. */
  private async judge(judged: Judged): Promise<void> {
    const parsed = households(this.file.path, this.progress);
    for (let next = await parsed.next(); ; next = await parsed.next()) {
      if (next.done) {
        Object.assign(judged, next.value);
        return;
      }
      const { head, household } = next.value;
      judged.organism ??= household.organism;
      if (household.organism !== judged.organism) throw new FluxFault('ORGANISM', household.line);
      Object.assign(judged, head);
      judged.households++;
      judged.adults += household.adults.length;
    }
  }

  private async fileOf({ organism, referenceOn, monthly }: Judged, sha256: string): Promise<NewFile> {
    const organisationId = this.options.fund ?? (organism ? await fundBehind(this.db, organism) : null);
    const { organisation: importedBy, member: memberId } = this.viewer;
    return { organisationId, importedBy, memberId, organism, referenceOn, monthly, sha256 };
  }

  private async open(judged: Judged, sha256: string): Promise<void> {
    const file = await this.fileOf(judged, sha256);
    await this.db.write(importer, async (tx) => {
      await takeTurn(tx);
      const last = await lastReferenceOn(tx, file);
      if (!this.options.backfill && last !== null && judged.referenceOn! < last) throw new FluxFault('OLDER', 1); // prettier-ignore
      if (!this.options.dryRun) this.batch = await openFile(tx, file);
    });
  }

  private async go(judged: Judged, sha256: string): Promise<boolean> {
    let [chunk, row]: [Line[], number] = [[], 0];
    const file = await this.fileOf(judged, sha256);
    for await (const { household } of households(this.file.path, this.progress)) {
      if (this.options.signal?.aborted) return true;
      if (!household.adults.length) await this.refuse(household, ++row, 'NO_ADULT');
      for (const adult of household.adults) {
        const line = lineOf(++row, household, adult);
        const fault = this.seen.has(line.key) ? 'TWICE' : faultOf(line, parisDay(this.db.clock.now()));
        this.seen.add(line.key);
        if (fault) await this.refuse(household, row, fault);
        else chunk.push(line);
      }
      if (chunk.length < adultsAChunk) continue;
      await this.apply(chunk, judged, file);
      chunk = [];
    }
    if (chunk.length) await this.apply(chunk, judged, file);
    return false;
  }

  private async refuse({ line }: Household, row: number, rule: RowRule): Promise<void> {
    count(this.counts, 'REFUSED');
    this.refusals.set(rule, (this.refusals.get(rule) ?? 0) + 1);
    await this.tell([{ row, line, id: null, outcome: 'REFUSED', reason: rule }]);
  }

  private async apply(chunk: readonly Line[], judged: Judged, file: NewFile): Promise<void> {
    this.viewer = await councilViewer(this.options);
    const done = await this.written((tx, batch) => this.write(tx, chunk, { judged, batch }), file);
    for (const { outcome } of done) count(this.counts, outcome);
    await this.tell(
      done.map(({ line, outcome, entitlement, notes }) => ({
        ...{ row: line.row, line: line.adult.line, outcome, reason: notes.join(' ') },
        id: outcome === 'CREATED' && this.options.dryRun ? null : entitlement,
      })),
    );
  }

  /** Written, or in a dry run written and taken back. */
  private async written<T>(work: (tx: Transaction, batch: string) => Promise<T>, file: NewFile): Promise<T> {
    let done: T | undefined;
    try {
      return await this.db.write(importer, async (tx) => {
        done = await work(tx, this.batch ?? (await openFile(tx, file)));
        if (this.options.dryRun) throw new Rehearsed();
        return done;
      });
    } catch (error) {
      if (error instanceof Rehearsed) return done!;
      throw error;
    }
  }

  private async write(tx: Transaction, chunk: readonly Line[], { judged, batch }: { judged: Judged; batch: string }) {
    await takeTurn(tx);
    const { organisation: id } = this.viewer;
    const categories = openedTo('PROGRAMME', await holderOf(tx, id));
    const file: FluxFile = { batch, referenceOn: judged.referenceOn!, council: { id, categories } };
    const done = await applyChunk(tx, chunk, file);
    const of = (which: string) => done.filter(({ outcome }) => outcome === which).length;
    await countWritten(tx, batch, { created: of('CREATED'), changed: of('CHANGED') });
    return done;
  } // prettier-ignore

  /** A monthly file names whoever has a right: whom it does not is told, and stays as it was. */
  private async close({ organism, referenceOn, monthly, households, adults }: Judged): Promise<void> {
    if (monthly && !this.options.backfill && organism) await this.missing({ organism, referenceOn: referenceOn! });
    const { batch } = this;
    if (!batch) return;
    const refusals = [...this.refusals].map(([rule, count]) => ({ rule, count }));
    await this.db.write(importer, async (tx) => {
      const { created, changed } = await writtenBy(tx, batch);
      const refused = this.counts.refused;
      const rows = adults + (this.refusals.get('NO_ADULT') ?? 0);
      const unchanged = Math.max(0, rows - created - changed - refused);
      await closeFile(tx, batch, { created, changed, unchanged, refused, households, absent: this.absent, refusals });
    });
  } // prettier-ignore

  private async missing(of: { organism: string; referenceOn: string }): Promise<void> {
    for (let after = ''; ;) {
      const page = await absentFrom(this.db, of, after);
      if (!page.length) return;
      after = page.at(-1)!.key;
      // a dry run has not noted whom it saw
      const missing = page.filter(({ key }) => !this.seen.has(key));
      this.absent += missing.length;
      await this.tell(missing.map(({ entitlement: id }) => ({ row: 0, line: 0, id, outcome: 'UNCHANGED', reason: 'ABSENT' }))); // prettier-ignore
    }
  }

  private async tell(verdicts: readonly Omit<Verdict, 'file' | 'source'>[]): Promise<void> {
    await this.options.onVerdicts?.(
      verdicts.map((each) => ({ file: this.file.name, source: null, ...each })),
    );
  }

  private readonly progress = (bytes: number): void => {
    this.bytes += bytes;
    this.options.onProgress?.(this.bytes, this.file.size * 2);
  };
}
