import { print } from 'graphql';
import { createClient } from 'graphql-ws';
import {
  FollowReferralsDocument,
  type FollowReferralsSubscription,
  type ReferralState,
} from './operations.ts';

/** One message: a step of a referral, the end of a right, or a checkpoint (no event). */
export type ReferralMessage = FollowReferralsSubscription['referralUpdated'];

export interface Following {
  /** Of the hub: `https://passerelle.example`. */
  url: string;
  /** Asked at each connection: a token may have ended meanwhile. */
  token: () => string | Promise<string>;
  /** The cursor kept last; null begins by reading afresh. */
  after: string | null;
  organisation?: string;
  states?: ReferralState[];
  /** Done with before the next comes, and before its cursor is kept. Told again, if this fails. */
  onEvent: (message: ReferralMessage) => void | Promise<void>;
  /** Keeps how far one has come; best in one step with what `onEvent` made of the message. */
  saveCursor: (cursor: string) => void | Promise<void>;
  /** Reads all that is followed anew, where the journal does not reach back: answers the checkpoint taken before reading. */
  readAfresh: () => Promise<string>;
  /** What went wrong, and in how many milliseconds it is tried again. */
  onTrouble?: (error: unknown, againIn: number) => void;
  /** Where the platform has none of its own: that of the package `ws`. */
  webSocketImpl?: unknown;
}

const shortestWait = 250;
const longestWait = 30_000;
/** A hub that is there says something at least so often. */
const checkpointEvery = 20;
const silentFor = 45_000;
/** Errors that no waiting mends. */
const fatal = new Set([
  'INSUFFICIENT_SCOPE',
  'GRAPHQL_VALIDATION_FAILED',
  'GRAPHQL_PARSE_FAILED',
  'BAD_USER_INPUT',
]);
const afresh = new Set(['RESYNC_REQUIRED', 'CURSOR_MISMATCH']);

export class HubRefusal extends Error {
  constructor(readonly errors: readonly { message: string; extensions?: { code?: unknown } }[]) {
    super(errors.map(({ message }) => message).join(' '));
    this.name = 'HubRefusal';
  }

  has(codes: ReadonlySet<string>): boolean {
    return this.errors.some(({ extensions }) => codes.has(String(extensions?.code)));
  }
}

/**
 * Follows referrals for as long as it is let, whatever happens to the network, the hub or the database: after each cut it
 * comes back, waiting a little longer each time, and goes on behind the last cursor it kept. Each event is handed on once.
 */
export class ReferralFollower {
  private after: string | null;
  private stopped = false;
  private wait = shortestWait;
  private hangUp: () => void = () => {};
  private awaken: () => void = () => {};
  /** Of the last message, until its cursor is kept: what comes twice is not handed on twice. */
  private handled: string | null = null;
  /** Ends when it is stopped; fails with what no waiting mends. */
  readonly ended: Promise<void>;

  constructor(private readonly of: Following) {
    this.after = of.after;
    this.ended = this.run();
    this.ended.catch(() => {});
  }

  async stop(): Promise<void> {
    this.stopped = true;
    this.hangUp();
    this.awaken();
    await this.ended.catch(() => {});
  }

  private async run(): Promise<void> {
    while (!this.stopped) {
      try {
        if (this.after === null) await this.keep(await this.of.readAfresh());
        if (!this.stopped) await this.followOnce();
      } catch (error) {
        await this.recover(error);
      }
    }
  }

  private async recover(error: unknown): Promise<void> {
    if (this.stopped) return;
    if (error instanceof HubRefusal && error.has(fatal)) throw error;
    if (error instanceof HubRefusal && error.has(afresh)) this.after = null;
    const wait = this.wait * (0.5 + Math.random());
    this.of.onTrouble?.(error, wait);
    this.wait = Math.min(this.wait * 2, longestWait);
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, wait);
      this.awaken = () => (clearTimeout(timer), resolve());
    });
  }

  /** One connection, until it ends. */
  private async followOnce(): Promise<void> {
    const { url, token, organisation, states, webSocketImpl } = this.of;
    const client = createClient({
      url: `${url.replace(/^http/, 'ws').replace(/\/$/, '')}/graphql`,
      connectionParams: async () => ({ authorization: `Bearer ${await token()}` }),
      retryAttempts: 0,
      ...(webSocketImpl !== undefined && { webSocketImpl }),
    });
    const stopped = new Promise<never>((_, reject) => (this.hangUp = () => reject(new Error('stopped'))));
    stopped.catch(() => {}); // nobody may be listening any more
    const query = print(FollowReferralsDocument);
    const variables = { organisation, states, after: this.after, checkpointEvery };
    const messages = client.iterate<FollowReferralsSubscription>({ query, variables });
    try {
      for await (const { data, errors } of inTime(messages, stopped)) {
        if (errors || !data) throw new HubRefusal(errors ?? [{ message: 'no data' }]);
        await this.take(data.referralUpdated);
      }
      if (!this.stopped) throw new Error('the hub ended the subscription');
    } catch (error) {
      throw Array.isArray(error) ? new HubRefusal(error as HubRefusal['errors']) : error;
    } finally {
      client.terminate();
    }
  }

  private async take(message: ReferralMessage): Promise<void> {
    if (this.stopped) return;
    this.wait = shortestWait;
    if (message.event && message.cursor !== this.handled) await this.of.onEvent(message);
    this.handled = message.cursor;
    await this.keep(message.cursor);
  }

  private async keep(cursor: string): Promise<void> {
    await this.of.saveCursor(cursor);
    this.after = cursor;
  }
}

/** Ends with an error when nothing has come for long: a connection may be dead without either side being told. */
async function* inTime<T>(source: AsyncIterableIterator<T>, stopped: Promise<never>): AsyncGenerator<T> {
  for (;;) {
    let timer: NodeJS.Timeout | undefined;
    const silence = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error('the hub has fallen silent')), silentFor);
    });
    const { done, value } = await Promise.race([source.next(), silence, stopped]).finally(() =>
      clearTimeout(timer),
    );
    if (done) return;
    yield value;
  }
}

export function followReferrals(following: Following): ReferralFollower {
  return new ReferralFollower(following);
}
