import type pg from 'pg';

const mostLanes = 2;
/** A lane nobody uses is given back to the pool after so long, in milliseconds. */
const idle = 100;
/** Behind so many others a statement would rather take another lane. */
const longestLine = 40;

/** From now on what is prepared by name shares connections; what is not, a count above all, lasts, and has one to itself. */
export function shareConnections(pool: pg.Pool): void {
  const alone = pool.query.bind(pool) as (...given: unknown[]) => unknown;
  const lanes = new Lanes(pool);
  const query = (...given: unknown[]) => {
    const [config] = given as [pg.QueryConfig];
    return given.length === 1 && config.name ? lanes.query(config) : alone(...given);
  };
  pool.query = query as typeof pool.query;
}

/**
 * A few connections of the pool that carry many reads at once, sent one behind the other without waiting for an answer in
 * between (pipelining). Reads asked in one breath leave in one message to the system: what a page's loaders ask costs one
 * write and about one read of a socket, not one each. Each statement stays a transaction of its own.
 */
class Lanes {
  private readonly open: Lane[] = [];
  private readonly coming: Promise<Lane>[] = [];
  private readonly most: number;

  constructor(private readonly pool: pg.Pool) {
    this.most = Math.max(1, Math.min(mostLanes, Math.floor(pool.options.max / 2)));
  }

  async query<T extends pg.QueryResultRow>(config: pg.QueryConfig): Promise<pg.QueryResult<T>> {
    const lane = this.best();
    const isFull = this.open.length + this.coming.length >= this.most;
    if (lane && (lane.isFilling || lane.line === 0 || isFull)) return lane.query<T>(config);
    return (await (isFull ? this.coming[0]! : this.another())).query<T>(config);
  }

  /** The one that is being filled now, or where fewest wait. */
  private best(): Lane | undefined {
    let best: Lane | undefined;
    for (const lane of this.open) {
      if (lane.isFilling && lane.line < longestLine) return lane;
      if (!best || lane.line < best.line) best = lane;
    }
    return best;
  }

  private another(): Promise<Lane> {
    const coming = this.opened().finally(() => this.coming.splice(this.coming.indexOf(coming), 1));
    this.coming.push(coming);
    return coming;
  }

  private async opened(): Promise<Lane> {
    const lane: Lane = new Lane(await this.pool.connect(), () =>
      this.open.splice(this.open.indexOf(lane), 1),
    );
    this.open.push(lane);
    return lane;
  }
}

interface Gathered {
  connection: { stream: { cork(): void; uncork(): void } };
}

/** What is sent on a connection in this breath leaves in one message; `left` is called when it has. */
export function gather(client: pg.ClientBase, left: () => void = () => {}): void {
  const { stream } = (client as never as Gathered).connection;
  stream.cork();
  setImmediate(() => {
    stream.uncork();
    left();
  });
}

class Lane {
  /** Statements that have no answer yet. */
  line = 0;
  /** Whether what is asked now leaves together with what was asked just before. */
  isFilling = false;
  private broken: Error | undefined;
  private readonly rest: NodeJS.Timeout;

  constructor(
    private readonly client: pg.PoolClient,
    private readonly left: () => void,
  ) {
    this.rest = setTimeout(() => this.leave(), idle);
    client.once('error', this.broke);
  }

  async query<T extends pg.QueryResultRow>(config: pg.QueryConfig): Promise<pg.QueryResult<T>> {
    this.fill();
    this.line++;
    try {
      return await this.client.query<T>(config);
    } finally {
      this.line--;
      if (this.broken && !this.line) this.leave();
      else this.rest.refresh();
    }
  }

  private fill(): void {
    if (this.isFilling) return;
    this.isFilling = true;
    gather(this.client, () => (this.isFilling = false));
  }

  private readonly broke = (error: Error) => {
    this.broken = error;
    this.left(); // nobody else gets on
    if (!this.line) this.leave();
  };

  private leave(): void {
    if (this.line) return void this.rest.refresh();
    clearTimeout(this.rest);
    this.client.off('error', this.broke);
    if (!this.broken) this.left();
    this.client.release(this.broken);
  }
}
