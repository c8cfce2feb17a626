import type { Context } from '../graphql/context.ts';
import { Loaders } from '../graphql/loaders.ts';
import { defaultPageSize, largestPage } from '../kernel/page.ts';
import { Refusal } from '../kernel/refusal.ts';
import type { EventEdge, EventPage } from './event.type.ts';
import type { JournalLine } from './line.ts';
import { passageFor } from './journal.store.ts';
import { messagesOf, resumed, type Followed } from './live.ts';
import type { Position } from './place.ts';
import { Told } from './told.ts';
import { ofTypes } from './type-filter.ts';

export interface Poll {
  after?: string | null;
  first?: number | null;
  types?: readonly string[] | null;
}

/** How many lines one question looks through at most, however few of them it may tell. */
const mostLookedThrough = 1000;
const readAtOnce = 200;

/** The next events for whoever asks when it suits them: the same lines as live, in the same order, with the same cursors. */
export async function eventsAfter<R>(ctx: Context, followed: Followed<R>, asked: Poll): Promise<EventPage> {
  const first = asked.first ?? defaultPageSize;
  if (first < 1 || first > largestPage)
    throw new Refusal('LIMIT_EXCEEDED', { reason: 'PAGE_SIZE', largest: largestPage });
  const wanted = ofTypes(asked.types);
  if (asked.after == null) return pageOf(ctx, [], { at: ctx.feed.at, more: false });
  let at = await resumed(ctx, asked.after);
  const edges: EventEdge[] = [];
  const asking = quietly(ctx);
  for (let looked = 0; looked < mostLookedThrough; looked += readAtOnce) {
    const { lines, upTo } = await passageFor(ctx.reader, at, readAtOnce);
    const told = lines.filter(({ type }) => wanted(type)).map((line) => edgeOf(asking, followed, line));
    for (const [line, edge] of await Promise.all(told)) {
      if (edge) edges.push(edge);
      if (edges.length === first) return pageOf(ctx, edges, { at: line, more: true });
    }
    at = upTo;
    if (lines.length < readAtOnce) return pageOf(ctx, edges, { at, more: false });
  }
  return pageOf(ctx, edges, { at, more: true });
}

/** Rows are read to know whether they may be told of, and nothing of them leaves: no note is taken for the access log. */
function quietly(ctx: Context): Context {
  const reader = ctx.db.as(ctx.viewer);
  return { ...ctx, reader, loaders: new Loaders(reader) };
}

async function edgeOf<R>(
  ctx: Context,
  followed: Followed<R>,
  line: JournalLine,
): Promise<[JournalLine, EventEdge | null]> {
  const following = { ...followed, wants: () => true };
  // each line by itself: what a page says must not hang on where the page began
  const memory = { told: new Told(mostLookedThrough), asked: { known: true }, resumed: true };
  const [told] = await messagesOf({ ctx, following, line, ...memory });
  if (!told) return [line, null];
  const { cursor, event, accessEnded } = told.message;
  return [line, { cursor, node: event!, accessEnded }];
}

function pageOf(ctx: Context, edges: EventEdge[], { at, more }: { at: Position; more: boolean }): EventPage {
  return {
    edges,
    nodes: edges.map(({ node }) => node),
    hasMore: more,
    checkpoint: ctx.feed.seal.seal(at),
  };
}
