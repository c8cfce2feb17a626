import pg from 'pg';
import sql from 'sql-template-tag';
import { forgettingEvents } from '../../src/events/forget.sweep.ts';
import { beginWebhooks } from '../../src/webhooks/follow.sweep.ts';
import { record } from '../../src/events/journal.ts';
import type { Client, Listening } from '../kit/client.ts';
import { urlsOf } from '../kit/cluster.ts';
import { done, Scene } from '../kit/referrals.ts';
import { openVacancy, vacancyInTables } from '../kit/vacancies.ts';
import { World } from '../kit/world.ts';

/** Whoever was away says how far it had read, and goes on from there: nothing missing, nothing twice. */
let world: World;
let scene: Scene;
beforeAll(async () => {
  world = await World.open();
  scene = await Scene.open(world);
});
afterAll(() => world.close());

const steps = `subscription ($after: String, $every: Int) { referralUpdated(after: $after, checkpointEvery: $every) {
  cursor event { id type subject { type id version } } referral { id state } accessEnded { person subjects } } }`;
const everything = `subscription ($after: String, $types: [String!]) { eventReceived(after: $after, types: $types) {
  cursor event { id type subject { type id } } accessEnded { person subjects } } }`;
const events = `query ($after: String, $first: Int, $types: [String!]) { events(after: $after, first: $first, types: $types) {
  edges { cursor node { id type subject { type id } } accessEnded { person subjects } } nodes { id } hasMore checkpoint } }`;

/** Sockets stay open to the end: one that closes while another opens would be counted for it. */
const follow = (client: Client, variables: object = {}) => world.listening<any>(client, steps, variables);
const messagesOf = (listening: Listening<any>) =>
  listening.received.map(({ referralUpdated }) => referralUpdated);
const now = async (client: Client): Promise<string> => (await client.get(events)).events.checkpoint;
/** All pages after a cursor, as a tool that polls reads them. */
async function polled(client: Client, after: string, variables: object = {}) {
  const edges: any[] = [];
  for (let at = after; ;) {
    const { events: page } = await client.get(events, { after: at, ...variables });
    edges.push(...page.edges);
    at = page.checkpoint;
    if (!page.hasMore) return { edges, checkpoint: at };
  }
}
/** Reads on until so many have come: what was just committed may still be below a transaction of another test. */
async function polledUntil(client: Client, after: string, count: number, variables: object = {}) {
  for (const end = Date.now() + 10_000; ; await new Promise((resolve) => setTimeout(resolve, 20))) {
    const read = await polled(client, after, variables);
    if (read.edges.length >= count || Date.now() > end) return read;
  }
}
async function asOwner(query: string): Promise<void> {
  const client = new pg.Client({ connectionString: urlsOf(world.server.database).owner });
  await client.connect();
  await client.query(query).finally(() => client.end());
}
async function refusedAt(client: Client, after: string): Promise<string> {
  const { errors } = await client.ask(events, { after });
  const listening = client.subscribe<any>(steps, { after });
  const failure = await listening.until(1).catch((error: Error) => error.message);
  expect(String(failure)).toContain(errors![0]!.extensions.code);
  return errors![0]!.extensions.code;
}

test('who comes back with its last cursor is told what it missed and what happens next, in one order, each once', async () => {
  const first = await follow(scene.provider);
  const { id } = await scene.sent();
  const [sent] = await first.until(1);
  const { cursor } = sent.referralUpdated;
  done(await scene.move(scene.provider, 'acknowledgeReferral', id));
  done(await scene.move(scene.provider, 'acceptReferral', id));
  const again = await follow(scene.provider, { after: cursor });
  await again.until(2);
  const other = await scene.sent();
  await again.until(3);
  expect(messagesOf(again).map(({ event, referral }) => [event.type, referral.id])).toEqual([
    ['referral.acknowledged', id],
    ['referral.accepted', id],
    ['referral.sent', other.id],
  ]);

  const whole = await follow(scene.provider, { after: cursor });
  expect(messagesOf(await whole.until(3).then(() => whole))).toEqual(messagesOf(again));
});

test('every door gives the same ids and cursors, in the same order, and takes each other’s', async () => {
  const tool = await scene.receiver.tool(['events:read', 'referrals:read', 'people:read', 'offers:read']);
  const start = await now(tool);
  const offer = scene.offer;
  const manager = await scene.receiver.member();
  const live = await world.listening<any>(tool, everything, { types: ['referral.*', 'vacancy.opened'] });
  const { id } = await scene.acknowledged();
  const vacancy = await openVacancy(manager, { offer, places: 2 });
  await live.until(3);
  const heard = live.received.map(({ eventReceived: { cursor, event } }) => [
    cursor,
    event.id,
    event.subject.id,
  ]);
  expect(heard.map(([, , subject]) => subject)).toEqual([id, id, vacancy.id]);

  const { edges } = await polledUntil(tool, start, 3, { types: ['referral.*', 'vacancy.opened'], first: 2 });
  expect(edges.map(({ cursor, node }) => [cursor, node.id, node.subject.id])).toEqual(heard);
  // a cursor of one door opens the others
  const rest = await polled(tool, heard[1]![0], { types: ['referral.*', 'vacancy.opened'] });
  expect(rest.edges.map(({ node }) => node.subject.id)).toEqual([vacancy.id]);
  const steps = await follow(tool, { after: heard[0]![0] });
  expect((await steps.until(1))[0].referralUpdated.event.id).toBe(heard[1]![1]);
});

test('without a cursor nothing of the past is told, and where now is', async () => {
  const { events: page } = await scene.provider.get(events);
  expect(page).toMatchObject({ edges: [], nodes: [], hasMore: false });
  expect((await polled(scene.provider, page.checkpoint)).edges).toEqual([]);
});

test('who may no longer see what happened is not told of it, however early its cursor', async () => {
  const start = await now(scene.provider);
  const { id } = await scene.sent();
  const stranger = await scene.receiver.member({ roles: ['PROVIDER'], people: 'NONE' });
  const elsewhere = await (await world.organisation()).member();
  await polledUntil(scene.provider, start, 1);
  const { edges } = await polled(elsewhere, start);
  expect(JSON.stringify(edges)).not.toContain(id);
  const tool = await scene.receiver.tool(['events:read', 'offers:read']);
  expect(JSON.stringify((await polled(tool, start)).edges)).not.toContain(id);
  expect((await polled(stranger, start)).edges.map(({ node }) => node.subject.id)).toContain(id); // its own row, as a party
});

test('an end that came while it was away is told to who comes back, at every door, and to nobody else', async () => {
  const watching = await follow(scene.provider);
  const person = await scene.person();
  const { id } = await scene.acknowledged({ person });
  const cursor = (await watching.until(2))[1].referralUpdated.cursor;
  done(await scene.move(scene.coordinator, 'withdrawReferral', id, { reason: 'PERSON_REFUSES' }));
  const again = await follow(scene.provider, { after: cursor });
  await again.until(2);
  expect(messagesOf(again).map(({ event, accessEnded }) => [event.type, accessEnded])).toEqual([
    ['referral.withdrawn', null],
    ['person.access_ended', { person, subjects: [] }],
  ]);
  const { edges } = await polled(scene.provider, cursor);
  expect(edges.map(({ node, accessEnded }) => [node.type, accessEnded])).toEqual([
    ['referral.withdrawn', null],
    ['person.access_ended', { person, subjects: [] }],
  ]);
  const colleague = await scene.receiver.member({ roles: ['PROVIDER'], people: 'PORTFOLIO' });
  expect((await polled(colleague, cursor)).edges.filter(({ accessEnded }) => accessEnded)).toEqual([]);
});

test('a quiet subscription hears how far it has heard everything', async () => {
  const refused = await scene.provider
    .subscribe<any>(steps, { every: 0 })
    .until(1)
    .catch((error: Error) => error.message);
  expect(refused).toContain('INVALID_INPUT');
  const elsewhere = await (await world.organisation()).member();
  const before = await now(elsewhere);
  const quiet = await follow(elsewhere, { every: 1 });
  const { id } = await scene.sent(); // not for it
  const [{ referralUpdated }] = await quiet.until(1);
  expect(referralUpdated).toMatchObject({ event: null, referral: null, accessEnded: null });
  expect(referralUpdated.cursor).not.toBe(before);
  // and is behind what happened meanwhile
  expect(JSON.stringify((await polled(scene.provider, referralUpdated.cursor)).edges)).not.toContain(id);
});

test('a type that does not exist is refused, not waited for', async () => {
  const types = ['referral.sent', 'referal.*'];
  const { errors } = await scene.provider.ask(events, { types });
  expect(errors![0]).toMatchObject({
    message: 'There is no event type referal.*.',
    extensions: { code: 'INVALID_INPUT' },
  });
  const listening = scene.provider.subscribe<any>(everything, { types });
  await expect(listening.until(1)).rejects.toThrow('INVALID_INPUT');
  const tool = await scene.receiver.tool(['referrals:read']);
  expect((await tool.ask(events)).errors![0]!.extensions.code).toBe('INSUFFICIENT_SCOPE');
});

describe('what cannot be resumed', () => {
  const happens = (id: string, version: number) =>
    world.db.write(world.hub, (tx) =>
      record(tx, { type: 'vacancy.updated', subject: { type: 'Vacancy', id, version }, audience: ['*'] }),
    );

  test('beyond what is kept a cursor is told to read afresh; the floor itself still goes on', async () => {
    const start = await now(scene.provider);
    const vacancy = await vacancyInTables(scene.receiver, 2);
    const [old, young] = [await happens(vacancy, 2), await happens(vacancy, 3)];
    const { edges } = await polledUntil(scene.provider, start, 2);
    expect(edges.map(({ node }) => node.id)).toEqual([old, young]);
    await asOwner(`update event set occurred_at = now() - interval '89 days'`);
    expect(await forgettingEvents(90)(world.db)).toBe(0);
    await asOwner(`update event set occurred_at = now() - interval '91 days' where id <> '${young}'`);
    // what the mail or the webhooks have still before them is forgotten by nobody
    await beginWebhooks(world.db);
    await asOwner(
      `update journal_position set tx = event.tx, pos = event.pos - 1 from event where id = '${old}'`,
    );
    expect(await forgettingEvents(90, 7)(world.db)).toBeGreaterThan(10);
    expect(await world.rows(sql`select id from event order by tx, pos`)).toEqual([
      { id: old },
      { id: young },
    ]);
    await asOwner(`delete from journal_position`);
    expect(await forgettingEvents(90, 7)(world.db)).toBe(1);
    expect(await world.rows(sql`select id from event union select event_id from event_audience`)).toEqual([
      { id: young },
    ]);

    // as in a process started since: nothing is at hand
    const { feed } = world.server.hub;
    Object.assign(feed, { from: feed.at });
    expect(await refusedAt(scene.provider, start)).toBe('RESYNC_REQUIRED');
    expect((await polled(scene.provider, edges[0].cursor)).edges.map(({ node }) => node.id)).toEqual([young]);
  });

  test('less than a week is never forgotten', async () => {
    await expect(forgettingEvents(6)(world.db)).rejects.toThrow('seven days at least');
  });

  test('a cursor of another journal is told to read afresh, what is no cursor that it is none', async () => {
    const other = await World.open();
    const foreign = await now(await (await other.organisation()).member());
    await other.close();
    expect(await refusedAt(scene.provider, foreign)).toBe('RESYNC_REQUIRED');
    expect(await refusedAt(scene.provider, 'x')).toBe('CURSOR_MISMATCH');
  });
});
