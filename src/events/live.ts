import type { Context } from '../graphql/context.ts';
import type { ById } from '../graphql/loaders.ts';
import { invalid, Refusal } from '../kernel/refusal.ts';
import type { Event } from './event.type.ts';
import { everyPartner } from './journal.ts';
import type { EventType } from './event-types.ts';
import type { JournalLine, Passage } from './line.ts';
import { keeps, passageFor, toldBefore } from './journal.store.ts';
import type { LiveArgs } from './live.type.ts';
import type { Position } from './place.ts';
import type { Ended, To, Told } from './told.ts';

export interface Message<R> {
  cursor: string;
  /** Null in a checkpoint. */
  event: Event | null;
  /** Null when the message tells of an end, and in a checkpoint. */
  subject: R | null;
  accessEnded: (Ended & { at: string }) | null;
}

/** How one kind of subject is followed. */
export interface Followed<R> {
  /** `Vacancy`, `Referral`…: the subject type of the journal lines; absent: of every kind. */
  subject?: string;
  /** Reads the subject as it is now, under the viewer's rights at delivery. */
  read: (ctx: Context, id: string) => Promise<R | null>;
  /** Whether the organisation that acted may be named to the viewer; it always may if not said. */
  names?: (ctx: Context, row: R, line: JournalLine & { organisationId: string }) => Promise<boolean>;
  /** Whom the subject is about, and how they are read: when they close, who was told of them is told that. */
  person?: {
    of: (row: R, line: JournalLine) => string | null;
    read: ById<unknown>;
    /** Whether the viewer could see the person until not long before an instant: who comes back is told of that end too. */
    lately: (ctx: Context, person: string, before: string) => Promise<boolean>;
  };
  /** Whether the line alone is told though its subject exists for nobody any more. */
  lastWord?: (ctx: Context, line: JournalLine) => boolean;
}

export interface Following<R> extends Followed<R> {
  /** The subscriber's own filter, on the line and the subject. */
  wants: (ctx: Context, row: R, line: JournalLine) => boolean | Promise<boolean>;
  /** The one person the subscriber wants to hear of; who was closed to it when it came, and is still, is nobody. */
  asked?: string | null | undefined;
}

/** For how many milliseconds a message waits for a database that is away, rather than be lost. */
export const livePatience = 60_000;

/** Of how many subjects those who listen together remember that they were told. */
export const mostTold = 5000;

/** How many lines are read at once by who is further behind than what is at hand. */
const readAtOnce = 500;

const checkpoints = { least: 1, most: 3600 };

/** Lines that may mean, to one subscriber or another, that what it was told of is no longer open. */
const endingTypes: readonly string[] = [
  'person.access_ended',
  'person.access_narrowed',
] satisfies EventType[];

/**
 * A subscription that was accepted: what it follows, and from where. Each line is checked again under the viewer's rights
 * when delivered; with a cursor it begins behind it. Doors carry it (`server/fanout`): nobody draws messages from it.
 */
export class Live<R = unknown> implements AsyncIterable<never> {
  constructor(
    readonly ctx: Context,
    readonly following: Following<R>,
    readonly from: Position,
    readonly beginning: { resumed: boolean; asked: boolean; checkpointEvery: number | null },
  ) {}

  [Symbol.asyncIterator](): never {
    throw new Error('a subscription is carried by a door, which shares what it does for many');
  }
}

export async function live<R>(
  ctx: Context,
  following: Following<R>,
  { after, checkpointEvery = null }: LiveArgs,
): Promise<Live<R>> {
  const { least, most } = checkpoints;
  if (checkpointEvery !== null && (checkpointEvery < least || checkpointEvery > most))
    throw invalid('checkpointEvery', 'RANGE', { least, most });
  const cursor = ctx.lastEventId ?? after;
  const from = cursor == null ? ctx.feed.at : await resumed(ctx, cursor);
  const asked = await isAskedOpen(ctx, following);
  return new Live(ctx, following, from, { resumed: cursor != null, asked, checkpointEvery });
}

/** Where a cursor stands; RESYNC_REQUIRED where it is of another journal, or something behind it is forgotten. */
export async function resumed(ctx: Context, cursor: string): Promise<Position> {
  const position = ctx.feed.seal.open(cursor);
  const known = ctx.feed.recent(position) !== null || (await keeps(ctx.db.as(ctx.viewer), position));
  if (!known) throw new Refusal('RESYNC_REQUIRED', {}, 'after');
  return position;
}

/** What follows a position for this viewer: from memory, or from the journal for who is far behind. */
export async function passageAfter(ctx: Context, position: Position): Promise<Passage> {
  return ctx.feed.recent(position) ?? passageFor(ctx.db.as(ctx.viewer, livePatience), position, readAtOnce);
}

/** How far everything was told, and nothing more: a filter under which nothing happens does not fall out of the journal. */
export function checkpoint<R>(ctx: Context, at: Position): Message<R> {
  return { cursor: ctx.feed.seal.seal(at), event: null, subject: null, accessEnded: null };
}

export interface Delivery<R> {
  ctx: Context;
  following: Following<R>;
  told: Told;
  /** Whether the one person asked for has been open since the subscription began. */
  asked: { known: boolean };
  line: JournalLine;
  /** Whether somebody listens who was told of things before, by a socket or process that is no more. */
  resumed: boolean;
}

/** A message, and to whom of those who listen together it goes. */
export interface Addressed<R> {
  message: Message<R>;
  to: To;
}

async function isAskedOpen<R>(ctx: Context, { person, asked }: Following<R>): Promise<boolean> {
  return asked == null || !person || (await ctx.loaders.load(person.read, asked)) !== null;
}

/** Whether a line may be for this subscription: what needs no look at the subject. */
export function concerns<R>(
  ctx: Context,
  { subject, person, asked }: Following<R>,
  line: JournalLine,
): boolean {
  const about = subject === undefined || line.subjectType === subject || (person && isEnding(line));
  const ofAsked = asked == null || line.personId === null || line.personId === asked;
  return Boolean(about) && ofAsked && mayConcern(ctx, line);
}

function isEnding({ type }: JournalLine): boolean {
  return endingTypes.includes(type);
}

/** What one line says, by the rights of this moment, to those who listen together: nothing, or a message for each of them. */
export async function messagesOf<R>(of: Delivery<R>): Promise<Addressed<R>[]> {
  return isEnding(of.line) ? endings(of) : steps(of);
}

async function steps<R>({ ctx, following, told, asked, line }: Delivery<R>): Promise<Addressed<R>[]> {
  const { read, wants, person } = following;
  const row = await read(ctx, line.subjectId);
  if (!row) return lastWord(ctx, following, line);
  if (!(await wants(ctx, row, line))) return [];
  const about = person?.of(row, line);
  let to: To = () => true;
  if (person && about) {
    const open = (await ctx.loaders.load(person.read, about)) !== null;
    asked.known ||= open;
    if (!asked.known) return [];
    to = told.step(about, line.subjectId, open, line);
  }
  const event = await eventTold(ctx, following, row, line);
  return [{ to, message: { cursor: ctx.feed.seal.seal(line), event, subject: row, accessEnded: null } }];
}

/** Of what exists for nobody any more, to whom its line alone is to be told. */
async function lastWord<R>(
  ctx: Context,
  following: Following<R>,
  line: JournalLine,
): Promise<Addressed<R>[]> {
  if (!following.lastWord?.(ctx, line) || !(await following.wants(ctx, null as R, line))) return [];
  const event = await eventTold(ctx, following, null as R, line);
  const message = { cursor: ctx.feed.seal.seal(line), event, subject: null, accessEnded: null };
  return [{ to: () => true, message }];
}

/** The end of a right, for who was told of the person or of what is about them: read again, as its own rights are now. */
async function endings<R>(of: Delivery<R>): Promise<Addressed<R>[]> {
  const { ctx, following, told, line } = of;
  if (!following.person || line.personId === null) return [];
  if (of.resumed) await recall(of, line.personId);
  const subjects = told.subjectsOf(line.personId);
  if (subjects.length === 0) return [];
  const open = (await ctx.loaders.load(following.person.read, line.personId)) !== null;
  const rows = await Promise.all(subjects.map((id) => following.read(ctx, id)));
  const gone = subjects.filter((_, at) => rows[at] === null);
  const said = { cursor: ctx.feed.seal.seal(line), event: eventOf(line), subject: null };
  return told.end(line.personId, open, gone).map(({ ended, to }) => ({
    to,
    message: { ...said, accessEnded: { ...ended, at: line.occurredAt } },
  }));
}

/** What it may have been told before it came back: what the journal says of somebody it could see until lately. */
async function recall<R>({ ctx, following, told, line }: Delivery<R>, person: string): Promise<void> {
  if (told.recalls(person) || !(await following.person!.lately(ctx, person, line.occurredAt))) return;
  const subjects = await toldBefore(ctx.reader, line, following.subject);
  told.recall(person, subjects);
}

function mayConcern(ctx: Context, line: JournalLine): boolean {
  return line.audience.includes(everyPartner) || line.audience.includes(ctx.viewer.organisation);
}

/** The state a step led to, which its subject may have left since: what a filter by state means. */
export function stateThen<State extends string>(line: JournalLine, now: State): State {
  return (line.facts.state as State | undefined) ?? now;
}

/** The event as this viewer may know it. */
async function eventTold<R>(ctx: Context, { names }: Followed<R>, row: R, line: JournalLine): Promise<Event> {
  const { organisationId } = line;
  const named = organisationId === null || !names || (await names(ctx, row, { ...line, organisationId }));
  return eventOf(named ? line : { ...line, organisationId: null });
}

export function eventOf(line: JournalLine): Event {
  return {
    ...{ id: line.id, type: line.type, occurredAt: line.occurredAt },
    actor: { kind: line.actorKind, organisationId: line.organisationId },
    subject: { type: line.subjectType, id: line.subjectId, version: line.subjectVersion },
  };
}
