import type pg from 'pg';
import sqlTag, { type Sql } from 'sql-template-tag';
import { hubViewer, scopeKey, type Viewer } from '../kernel/viewer.ts';
import { gather } from './lanes.ts';
import { type Fact, type Reactions } from './facts.ts';
import type { Reader } from './reader.ts';

/**
 * One transaction under way, as a viewer. Everything a mutation does goes through it, so that a fact, its
 * reactions and its events are written together or not at all.
 */
export class Transaction implements Reader {
  private actor: Viewer;
  readonly remembered = new Map<string, unknown>();
  /** People the asker's own steps were about, as the journal says: whom an answer may then tell of. */
  readonly about = new Set<string>();
  private readonly last = new Map<string, () => Promise<void>>();

  constructor(
    private readonly client: pg.PoolClient,
    /** Who asked; stays the same while a cascade acts as the hub. */
    readonly asker: Viewer,
    readonly now: string,
    private readonly reactions: Reactions<Transaction>,
    private readonly onStatement: (text: string) => void,
    /** By what name a statement is prepared, if it is. */
    private readonly nameOf: (text: string) => string | undefined,
  ) {
    this.actor = asker;
  }

  /** Who acts at this step: the asker, or the hub within `asHub`. */
  get viewer(): Viewer {
    return this.actor;
  }

  async rows<T>(query: Sql): Promise<T[]> {
    return (await this.run<T>(query)).rows;
  }

  /** Runs a statement whose effect matters: under row-level security a hidden row is silently not changed. */
  async change(query: Sql, expected?: number): Promise<number> {
    const { rowCount } = await this.run(query);
    if (expected !== undefined && rowCount !== expected)
      throw new Error(
        `expected to change ${expected} rows, changed ${rowCount}: ${query.text.slice(0, 120)}`,
      );
    return rowCount ?? 0;
  }

  private run<T>({ text, values }: Sql) {
    this.onStatement(text);
    const name = this.nameOf(text);
    return this.client.query<T & pg.QueryResultRow>({ ...(name && { name }), text, values });
  }

  async say<Payload>(said: Fact<Payload>, payload: Payload): Promise<void> {
    await this.reactions.say(this, said, payload);
  }

  /** Does this once, when all else of the transaction is written and before it is committed. */
  lastly(what: string, step: () => Promise<void>): void {
    if (!this.last.has(what)) this.last.set(what, step);
  }

  /** For the database alone, which commits next. */
  async finish(): Promise<void> {
    for (const step of this.last.values()) await step();
  }

  /**
   * Does what follows from a move but touches rows the mover cannot see. Only actions, reactions and jobs may
   * call it; the journal then names the hub as the actor and `cause` as the reason.
   */
  async asHub<T>(cause: string, step: () => Promise<T>): Promise<T> {
    const before = this.actor;
    this.become(hubViewer(cause));
    let result: T;
    try {
      result = await step();
    } catch (error) {
      // whoever catches a refusal goes on as the asker; after a fault of the database only a rollback is accepted
      this.become(before);
      throw error;
    }
    this.become(before);
    return result;
  }

  /**
   * Counts, or keeps what is counted, as the one role that reads neither names nor notes. For indicators/ alone (a test
   * reads who calls it); whatever the viewer may see, the number is the same.
   */
  async asFigures<T>(step: () => Promise<T>): Promise<T> {
    // what is counted is sorted and hashed in memory: a few such questions run at once, each for a moment
    await this.rows(
      sqlTag`select set_config('role', 'passerelle_figures', true), set_config('work_mem', '64MB', true)`,
    );
    try {
      return await step();
    } finally {
      // after a fault of the database only a rollback is accepted, which gives the role back too
      await this.rows(sqlTag`set local role passerelle_hub`).catch(() => {});
    }
  }

  /** Leaves with the statement that follows, and comes before it: who acts is set before anything is done. */
  private become(viewer: Viewer): void {
    this.actor = viewer;
    gather(this.client);
    // a fault is the connection's, or of a transaction that already failed: whatever follows meets it too
    this.rows(sqlTag`select set_config('app.scope', ${scopeKey(viewer)}, true)`).catch(() => {});
  }
}
