import { createHash } from 'node:crypto';
import pg from 'pg';
import type { Sql } from 'sql-template-tag';
import type { Clock } from '../kernel/clock.ts';
import { scopeKey, type Viewer } from '../kernel/viewer.ts';
import { Reactions } from './facts.ts';
import { sayingWhole } from './list.ts';
import { throughOutages } from './outage.ts';
import { gather } from './lanes.ts';
import type { Reader } from './reader.ts';
import { Transaction } from './transaction.ts';

const retried = new Set(['40001', '40P01']); // serialisation failure, deadlock
const attempts = 5;
const preparedTexts = 500;

export interface DatabaseOptions {
  pool: pg.Pool;
  clock: Clock;
  reactions?: Reactions<Transaction>;
}

/** The door to PostgreSQL. Nothing is read or written without saying as whom. */
export class Database {
  readonly pool: pg.Pool;
  readonly clock: Clock;
  readonly reactions: Reactions<Transaction>;
  private readonly remembered = new Map<string, unknown>();
  /** Called with each statement's text: tests count them. */
  onStatement: (text: string) => void = () => {};
  /** Called after each commit: the event feed wakes here. */
  onCommit: () => void = () => {};
  private readonly names = new Map<string, string>();

  constructor({ pool, clock, reactions = new Reactions<Transaction>() }: DatabaseOptions) {
    this.pool = pool;
    this.clock = clock;
    this.reactions = reactions;
  }

  /**
   * Reads as a viewer, one statement a message, no connection held in between. With patience (milliseconds) it reads
   * again while PostgreSQL is away, where nobody stands waiting for an answer.
   */
  as(viewer: Viewer, patience = 0): Reader {
    const now = this.clock.now();
    const { remembered } = this;
    return {
      viewer,
      now,
      remembered,
      rows: (query) => {
        this.onStatement(query.text);
        return throughOutages(patience, () => this.read(viewer, now, query));
      },
    };
  }

  /** The same for the hub's own ends, beside whatever is asked: no statement of any answer. */
  aside(viewer: Viewer): Reader {
    const now = this.clock.now();
    return { ...this.as(viewer), rows: (query) => this.read(viewer, now, query) };
  }

  private async read<T>(viewer: Viewer, now: string, query: Sql): Promise<T[]> {
    return (await this.inOneMessage<T>(viewer, now, query, carryingViewer(query))).rows;
  }

  /**
   * Adds rows as a viewer, in one statement and message of its own, committed once this answers how many. What it
   * inserts is selected `from viewer`, so that the viewer is set before the table's policies look at the first row.
   */
  async add({ viewer, now }: Pick<Reader, 'viewer' | 'now'>, insert: Sql): Promise<number> {
    this.onStatement(insert.text);
    const text = `${viewerOf(insert.values.length)} ${insert.text}`;
    return (await this.inOneMessage(viewer, now, insert, text)).rowCount!;
  }

  private inOneMessage<T>(viewer: Viewer, now: string, query: Sql, text: string) {
    const values = [...query.values, scopeKey(viewer), now];
    const name = this.statementName(text);
    return this.pool.query<T & pg.QueryResultRow>({ ...(name && { name }), text, values });
  }

  /** Reads and writes as a viewer, all or nothing. Lost races of the database are run again, refusals are not. */
  async write<T>(viewer: Viewer, work: (tx: Transaction) => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.attempt(viewer, work);
      } catch (error) {
        if (attempt === attempts || !retried.has((error as { code?: string }).code ?? '')) throw error;
        await new Promise((resolve) => setTimeout(resolve, Math.random() * 20 * attempt));
      }
    }
  }

  private async attempt<T>(viewer: Viewer, work: (tx: Transaction) => Promise<T>): Promise<T> {
    const client = await this.pool.connect();
    let broken: Error | undefined;
    try {
      const now = this.clock.now();
      gather(client);
      const begun = client.query(beginAs(viewer, now));
      begun.catch(() => {}); // told below: without a viewer no row can be written
      const tx = new Transaction(client, viewer, now, this.reactions, this.onStatement, (text) =>
        this.statementName(text),
      );
      const result = await work(tx);
      await tx.finish();
      await begun;
      await client.query('commit');
      this.onCommit();
      return result;
    } catch (error) {
      await client.query('rollback').catch((fault: Error) => (broken = fault));
      throw error;
    } finally {
      client.release(broken);
    }
  }

  /**
   * A bounded set of texts is prepared by name; a rare text is planned afresh and leaves nothing behind. So is what asks
   * for all rows: it takes longer than its planning, which for the viewer who asks may find a way many times shorter.
   */
  private statementName(text: string): string | undefined {
    const known = this.names.get(text);
    if (known || this.names.size >= preparedTexts || text.includes(sayingWhole)) return known;
    const name = createHash('sha1').update(text).digest('hex').slice(0, 16);
    this.names.set(text, name);
    return name;
  }
}

/**
 * The viewer travels in the statement's own message. The lateral reference makes PostgreSQL set it before the
 * first row of the query is looked at, whatever join the planner prefers; `offset 0` keeps it from flattening.
 */
function carryingViewer(query: Sql): string {
  return `${viewerOf(query.values.length)}
    select answer.* from viewer cross join lateral (
      select * from (${query.text}) question where viewer.scope is not null and viewer.now is not null offset 0) answer`;
}

function viewerOf(valuesBefore: number): string {
  const scope = valuesBefore + 1;
  return `with viewer as materialized (
      select set_config('app.scope', $${scope}, true) as scope, set_config('app.now', $${scope + 1}, true) as now)`;
}

function beginAs(viewer: Viewer, now: string): string {
  const scope = pg.escapeLiteral(scopeKey(viewer));
  return `begin; select set_config('app.scope', ${scope}, true), set_config('app.now', ${pg.escapeLiteral(now)}, true)`;
}
