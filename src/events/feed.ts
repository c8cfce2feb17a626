import type pg from 'pg';
import type { Logger } from 'pino';
import type { Database } from '../db/database.ts';
import { hubViewer } from '../kernel/viewer.ts';
import { CursorSeal } from './cursor.ts';
import { journalNow, linesOfAll } from './journal.store.ts';
import type { JournalLine, Passage } from './line.ts';
import { below, furthest, isAfter, type Position } from './place.ts';

type Listener = (line: JournalLine) => void;

declare module '../graphql/context.ts' {
  interface Context {
    /** The live journal, for subscriptions. */
    readonly feed: EventFeed;
    /** What a browser that comes back by itself says instead of `after`. */
    lastEventId?: string;
  }
}

const channel = 'passerelle_event';
const pageSize = 500;
const pollEvery = 1000;
const pollBehindHorizon = 15;
const retryAfterFault = 500;
/** How many lines stay at hand: whoever is not further behind needs no statement of its own. */
const mostAtHand = 2000;

/**
 * Follows the journal, in order and without gaps, and hands each line to who listens. It reads below the horizon:
 * no transaction still open can commit a line before one already given. Woken after each commit of this process,
 * by other processes' notices, and by a poll each second whatever happens.
 */
export class EventFeed {
  private readonly listeners = new Set<Listener>();
  private readonly bells = new Set<() => void>();
  private readonly newJournal = new Set<() => void>();
  private readonly atHand: JournalLine[] = [];
  /** All that follows this position, up to `at`, is at hand. */
  private from!: Position;
  private read!: Position;
  private sealing!: CursorSeal;
  private timer: NodeJS.Timeout | undefined;
  private reading = false;
  private wokenWhileReading = false;
  private stopped = false;
  private troubled = false;
  private ear: pg.PoolClient | null = null;
  private readonly notice: Throttle;

  constructor(
    private readonly db: Database,
    private readonly log: Logger,
    /** Whose connection hears notices: one that lasts, which those of a transaction pooler do not. */
    private readonly listener: pg.Pool = db.pool,
  ) {
    this.notice = new Throttle(10, () => void this.tellOthers());
  }

  /** Up to where the journal was read. */
  get at(): Position {
    return this.read;
  }

  /** Seals positions of this journal into cursors. */
  get seal(): CursorSeal {
    return this.sealing;
  }

  async start(): Promise<void> {
    await this.openJournal();
    await this.listen();
    this.schedule(pollEvery);
  }

  async stop(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    this.notice.stop();
    if (this.ear) this.deafen(this.ear);
    while (this.reading) await new Promise((resolve) => setTimeout(resolve, 5));
  }

  follow(listener: Listener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Rings each time lines have come; they are then asked for by whoever knows how far it has read (`recent`). */
  onLines(bell: () => void): () => void {
    this.bells.add(bell);
    return () => this.bells.delete(bell);
  }

  /** Called when the database was replaced by another, or by an earlier state of itself: no position means anything. */
  onNewJournal(listener: () => void): () => void {
    this.newJournal.add(listener);
    return () => this.newJournal.delete(listener);
  }

  /** What follows a position, from memory; null where that is too far back. */
  recent(after: Position): Passage | null {
    if (isAfter(this.from, after)) return null;
    let first = this.atHand.length;
    while (first > 0 && isAfter(this.atHand[first - 1]!, after)) first--;
    return { lines: this.atHand.slice(first), upTo: furthest(this.read, after) };
  }

  /** This process committed something: read now, and tell the other processes. */
  readonly committed = (): void => {
    this.wake();
    this.notice.call();
  };

  readonly wake = (): void => {
    if (this.reading) this.wokenWhileReading = true;
    else this.schedule(0);
  };

  private schedule(delay: number): void {
    clearTimeout(this.timer);
    if (!this.stopped) this.timer = setTimeout(() => void this.readOn(), delay);
  }

  private async readOn(): Promise<void> {
    this.reading = true;
    this.wokenWhileReading = false;
    let next: number;
    try {
      if (!this.ear) await this.hearAgain();
      next = await this.readOnce();
      if (this.troubled) this.log.warn('the journal is read again');
      this.troubled = false;
    } catch (error) {
      if (!this.troubled) this.log.warn({ err: error }, 'the journal cannot be read for the moment');
      this.troubled = true;
      next = retryAfterFault;
    } finally {
      this.reading = false;
    }
    this.schedule(this.wokenWhileReading ? 0 : next);
  }

  /** Answers how long to wait before the next read. */
  private async readOnce(): Promise<number> {
    const { lines, horizon } = await linesOfAll(this.asHub(), this.read, pageSize);
    const held = lines.findIndex(({ tx }) => tx >= horizon);
    const settled = held < 0 ? lines : lines.slice(0, held);
    for (const line of settled) {
      for (const listener of this.listeners) this.hand(listener, line);
      this.read = { tx: line.tx, pos: line.pos };
    }
    const whole = held >= 0 || lines.length < pageSize;
    if (whole) this.read = furthest(this.read, below(horizon));
    this.keepAtHand(settled);
    if (settled.length) for (const ring of [...this.bells]) ring();
    if (held >= 0) return pollBehindHorizon;
    return whole ? pollEvery : 0;
  }

  private keepAtHand(lines: readonly JournalLine[]): void {
    this.atHand.push(...lines);
    const over = this.atHand.length - mostAtHand;
    if (over > 0) this.from = this.atHand.splice(0, over).at(-1)!;
  }

  /** Begins behind all that is settled now. */
  private async openJournal(): Promise<void> {
    const { epoch, key, horizon } = await journalNow(this.asHub());
    if (this.sealing?.epoch === epoch) return;
    const before = this.sealing;
    this.sealing = new CursorSeal(key, epoch);
    this.read = this.from = below(horizon);
    this.atHand.length = 0;
    if (!before) return;
    this.log.warn('the database was replaced: who follows the journal is to read afresh');
    for (const tell of this.newJournal) tell();
  }

  /** Whoever was cut off may find another journal: each return to an earlier state goes through a restart. */
  private async hearAgain(): Promise<void> {
    await this.listen();
    await this.openJournal();
  }

  private asHub() {
    return this.db.aside(hubViewer('feed'));
  }

  private hand(listener: Listener, line: JournalLine): void {
    try {
      listener(line);
    } catch (error) {
      this.log.error({ err: error, event: line.id }, 'a listener failed');
    }
  }

  private async listen(): Promise<void> {
    const ear = await this.listener.connect();
    ear.on('notification', this.wake);
    // a lost connection goes back to the pool, which else would wait for it for ever
    ear.on('error', () => this.deafen(ear));
    this.ear = ear;
    await ear.query(`listen ${channel}`).catch((error: Error) => {
      this.deafen(ear);
      throw error;
    });
  }

  private deafen(ear: pg.PoolClient): void {
    if (this.ear !== ear) return;
    this.ear = null;
    ear.release(true);
  }

  /** Outside any transaction and without data: NOTIFY inside a writing one would queue all commits behind a lock. */
  private async tellOthers(): Promise<void> {
    await this.db.pool.query(`notify ${channel}`).catch(() => {}); // the others' poll is the floor
  }
}

/** Runs at once, then at most once per interval. */
class Throttle {
  private timer: NodeJS.Timeout | undefined;
  private again = false;

  constructor(
    private readonly interval: number,
    private readonly run: () => void,
  ) {}

  call(): void {
    if (this.timer) {
      this.again = true;
      return;
    }
    this.run();
    this.timer = setTimeout(() => {
      this.timer = undefined;
      if (this.again) {
        this.again = false;
        this.call();
      }
    }, this.interval);
  }

  stop(): void {
    clearTimeout(this.timer);
    this.again = false;
  }
}
