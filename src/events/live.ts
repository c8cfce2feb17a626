import { renew, type Context } from '../graphql/context.ts';
import type { ById } from '../graphql/loaders.ts';
import type { Event } from './event.type.ts';
import { everyPartner } from './journal.ts';
import type { JournalLine } from './feed.ts';

export interface Message<R> {
  event: Event;
  subject: R;
}

interface Following<R> {
  /** `Vacancy`, `Referral`…: the subject type of the journal lines. */
  subject: string;
  /** Reads the subject as it is now, under the viewer's rights at delivery. */
  read: ById<R>;
  /** The subscriber's own filter, on the line and the subject. */
  wants: (row: R, line: JournalLine) => boolean | Promise<boolean>;
  /** Whether the actor's organisation may be named to the viewer; it always may if not said. */
  names?: (row: R, organisation: string) => Promise<boolean>;
}

/** For how many milliseconds a message waits for a database that is away, rather than be lost. */
export const livePatience = 60_000;

/** How many lines may wait for one slow subscriber before it is told to come again. */
const mostWaiting = 1000;

/** Live messages about one kind of subject: each line is checked again under the viewer's rights when delivered. */
export function live<R>(ctx: Context, following: Following<R>): AsyncIterableIterator<Message<R>> {
  const mailbox = new Mailbox<JournalLine>(mostWaiting);
  const unfollow = ctx.feed.follow((line) => {
    if (line.subjectType === following.subject && mayConcern(ctx, line)) mailbox.put(line);
  });
  const messages = delivered(ctx, following, mailbox);
  return {
    next: () => messages.next(),
    // a generator that waits cannot be returned from: closing the mailbox is what ends its wait
    return: () => {
      unfollow();
      mailbox.close();
      return messages.return(undefined);
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}

async function* delivered<R>(ctx: Context, following: Following<R>, mailbox: Mailbox<JournalLine>) {
  for await (const line of mailbox) {
    // rights, rows and loaders live for one event, nested fields included: nothing remembered from the last one
    renew(ctx, livePatience);
    const row = await ctx.loaders.load(following.read, line.subjectId);
    if (!row || !(await following.wants(row, line))) continue;
    const by = line.organisationId;
    const named = by === null || !following.names || (await following.names(row, by));
    yield { event: eventOf(named ? line : { ...line, organisationId: null }), subject: row };
  }
}

function mayConcern(ctx: Context, line: JournalLine): boolean {
  return line.audience.includes(everyPartner) || line.audience.includes(ctx.viewer.organisation);
}

/** The state a step led to, which its subject may have left since: what a filter by state means. */
export function stateThen<State extends string>(line: JournalLine, now: State): State {
  return (line.facts.state as State | undefined) ?? now;
}

export function eventOf(line: JournalLine): Event {
  const actor = { kind: line.actorKind, organisationId: line.organisationId };
  return { id: line.id, type: line.type, occurredAt: line.occurredAt, actor };
}

/** Lines waiting for one reader, in order; over its bound it ends with an error rather than grow. */
class Mailbox<T> implements AsyncIterable<T> {
  private readonly waiting: T[] = [];
  private awaken: (() => void) | undefined;
  private closed = false;
  private overflowed = false;

  constructor(private readonly bound: number) {}

  put(item: T): void {
    if (this.waiting.length >= this.bound) this.overflowed = true;
    else this.waiting.push(item);
    this.awaken?.();
  }

  close(): void {
    this.closed = true;
    this.awaken?.();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<T> {
    while (!this.closed) {
      const item = this.waiting.shift();
      if (item !== undefined) yield item;
      else if (this.overflowed) throw new Error('this subscriber reads too slowly');
      else await new Promise<void>((resolve) => (this.awaken = resolve));
    }
  }
}
