import type pg from 'pg';
import type { Logger } from 'pino';

/** One line of the journal as the feed hands it on. */
export interface JournalLine {
  id: string;
  tx: string;
  pos: string;
  type: string;
  subjectType: string;
  subjectId: string;
  subjectVersion: number;
  personId: string | null;
  /** Organisation of the actor; null for the hub. */
  organisationId: string | null;
  actorKind: string;
  actorId: string | null;
  causedBy: string | null;
  audience: string[];
  facts: Record<string, string | number | boolean | null>;
  occurredAt: string;
}

type Listener = (line: JournalLine) => void;

declare module '../graphql/context.ts' {
  interface Context {
    /** The live journal, for subscriptions. */
    readonly feed: EventFeed;
  }
}

const channel = 'passerelle_event';
const pageSize = 500;
const pollEvery = 1000;
const pollBehindHorizon = 15;
const retryAfterFault = 500;

// ordered by the columns, not by their texts of the same name: '10' would come before '9'
const readText = `select id, tx::text, pos::text, type, subject_type as "subjectType", subject_id as "subjectId",
    subject_version as "subjectVersion", person_id as "personId", organisation_id as "organisationId",
    actor_kind as "actorKind", actor_id as "actorId", caused_by as "causedBy", audience, facts,
    occurred_at as "occurredAt", tx < pg_snapshot_xmin(pg_current_snapshot()) as "belowHorizon"
  from event where (tx, pos) > ($1::text::xid8, $2::bigint) order by event.tx, event.pos limit ${pageSize}`;

/**
 * Follows the journal, in order and without gaps, and hands each line to who listens. It reads below the horizon:
 * no transaction still open can commit a line before one already given. Woken after each commit of this process,
 * by other processes' notices, and by a poll each second whatever happens.
 */
export class EventFeed {
  private readonly listeners = new Set<Listener>();
  private at: { tx: string; pos: string } | null = null;
  private timer: NodeJS.Timeout | undefined;
  private reading = false;
  private wokenWhileReading = false;
  private stopped = false;
  private troubled = false;
  private ear: pg.PoolClient | null = null;
  private readonly notice: Throttle;

  constructor(
    private readonly pool: pg.Pool,
    private readonly log: Logger,
    /** Whose connection hears notices: one that lasts, which those of a transaction pooler do not. */
    private readonly listener: pg.Pool = pool,
  ) {
    this.notice = new Throttle(10, () => void this.tellOthers());
  }

  /** How many are told of each line now. */
  get followers(): number {
    return this.listeners.size;
  }

  async start(): Promise<void> {
    const { rows } = await this.asHub<{ tx: string }>(
      'select (pg_snapshot_xmin(pg_current_snapshot())::text::numeric - 1)::text as tx',
    );
    this.at = { tx: rows[0]!.tx, pos: '9223372036854775807' };
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
    if (!this.stopped) this.timer = setTimeout(() => void this.read(), delay);
  }

  private async read(): Promise<void> {
    this.reading = true;
    this.wokenWhileReading = false;
    let next: number;
    try {
      if (!this.ear) await this.listen();
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
    const { rows } = await this.asHub<JournalLine & { belowHorizon: boolean }>(readText, [
      this.at!.tx,
      this.at!.pos,
    ]);
    for (const { belowHorizon, ...line } of rows) {
      if (!belowHorizon) return pollBehindHorizon;
      for (const listener of this.listeners) this.hand(listener, line);
      this.at = { tx: line.tx, pos: line.pos };
    }
    return rows.length === pageSize ? 0 : pollEvery;
  }

  private hand(listener: Listener, line: JournalLine): void {
    try {
      listener(line);
    } catch (error) {
      this.log.error({ err: error, event: line.id }, 'a listener failed');
    }
  }

  private async asHub<T extends pg.QueryResultRow>(
    text: string,
    values: unknown[] = [],
  ): Promise<pg.QueryResult<T>> {
    const client = await this.pool.connect();
    let broken: Error | undefined;
    try {
      await client.query(`begin read only; select set_config('app.scope', 'HUB', true)`);
      const result = await client.query<T>(text, values);
      await client.query('commit');
      return result;
    } catch (error) {
      broken = error as Error;
      throw error;
    } finally {
      client.release(broken);
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
    await this.pool.query(`notify ${channel}`).catch(() => {}); // the others' poll is the floor
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
