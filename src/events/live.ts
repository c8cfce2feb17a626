import { renew, type Context } from '../graphql/context.ts';
import type { ById } from '../graphql/loaders.ts';
import type { Event } from './event.type.ts';
import { everyPartner } from './journal.ts';
import type { EventType } from './event-types.ts';
import type { JournalLine } from './feed.ts';
import { Told, type Ended } from './told.ts';

export interface Message<R> {
  event: Event;
  /** Null when the message tells of an end. */
  subject: R | null;
  accessEnded: (Ended & { at: string }) | null;
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
  /**
   * Whom the subject is about, and how they are read: when they close, who was told of them is told that. `asked`: the
   * one person the subscriber wants to hear of; who was closed to it when it came, and is still, is nobody.
   */
  person?: { of: (row: R) => string; read: ById<unknown>; asked?: string | null | undefined };
}

/** For how many milliseconds a message waits for a database that is away, rather than be lost. */
export const livePatience = 60_000;

/** How many lines may wait for one slow subscriber before it is told to come again. */
const mostWaiting = 1000;

/** Of how many subjects a subscription remembers that it was told. */
const mostTold = 5000;

/** Lines that may mean, to one subscriber or another, that what it was told of is no longer open. */
const endings: readonly string[] = ['person.access_ended', 'person.access_narrowed'] satisfies EventType[];

/** Live messages about one kind of subject: each line is checked again under the viewer's rights when delivered. */
export function live<R>(ctx: Context, following: Following<R>): AsyncIterableIterator<Message<R>> {
  const mailbox = new Mailbox<JournalLine>(mostWaiting);
  const unfollow = ctx.feed.follow((line) => {
    const about = line.subjectType === following.subject || (following.person && endings.includes(line.type));
    if (about && mayConcern(ctx, line)) mailbox.put(line);
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
  const told = new Told(mostTold);
  const asked = { known: await isAskedOpen(ctx, following) };
  for await (const line of mailbox) {
    // rights, rows and loaders live for one event, nested fields included: nothing remembered from the last one
    renew(ctx, livePatience);
    const one = { ctx, following, told, asked, line };
    const message = await (line.subjectType === following.subject ? step(one) : ending(one));
    if (message) yield message;
  }
}

interface Delivery<R> {
  ctx: Context;
  following: Following<R>;
  told: Told;
  /** Whether the one person asked for has been open since the subscription began. */
  asked: { known: boolean };
  line: JournalLine;
}

async function isAskedOpen<R>(ctx: Context, { person }: Following<R>): Promise<boolean> {
  return person?.asked == null || (await ctx.loaders.load(person.read, person.asked)) !== null;
}

async function step<R>({ ctx, following, told, asked, line }: Delivery<R>): Promise<Message<R> | null> {
  const { read, wants, names, person } = following;
  const row = await ctx.loaders.load(read, line.subjectId);
  if (!row || !(await wants(row, line))) return null;
  if (person) {
    const open = (await ctx.loaders.load(person.read, person.of(row))) !== null;
    asked.known ||= open;
    if (!asked.known) return null;
    if (!told.step(person.of(row), line.subjectId, open)) return null;
  }
  const by = line.organisationId;
  const named = by === null || !names || (await names(row, by));
  const event = eventOf(named ? line : { ...line, organisationId: null });
  return { event, subject: row, accessEnded: null };
}

/** The end of a right, for who was told of the person or of what is about them: read again, as its own rights are now. */
async function ending<R>({ ctx, following, told, line }: Delivery<R>): Promise<Message<R> | null> {
  const subjects = told.subjectsOf(line.personId);
  if (subjects.length === 0) return null;
  const person = line.personId!;
  const open = (await ctx.loaders.load(following.person!.read, person)) !== null;
  const rows = await Promise.all(subjects.map((id) => ctx.loaders.load(following.read, id)));
  const gone = subjects.filter((_, at) => rows[at] === null);
  const ended = told.end(person, open, gone);
  return ended && { event: eventOf(line), subject: null, accessEnded: { ...ended, at: line.occurredAt } };
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
