import { createClient } from 'graphql-sse';
import { record } from '../../src/events/journal.ts';
import type { Client } from '../kit/client.ts';
import { vacancyInTables } from '../kit/vacancies.ts';
import { eventually, World, type Partner } from '../kit/world.ts';

/** The same subscriptions as server-sent events, for who sits behind a proxy that lets no WebSocket through. */
let world: World;
let partner: Partner;
let vacancy: string;
let version = 1;
beforeAll(async () => {
  world = await World.open({ limits: { subscriptions: 3 } });
  partner = await world.organisation();
  vacancy = await vacancyInTables(partner, 2);
});
afterAll(() => world.close());

const query =
  'subscription ($after: String) { vacancyUpdated(after: $after) { cursor event { id } vacancy { id } } }';
const happens = () =>
  world.db.write(world.hub, (tx) =>
    record(tx, {
      type: 'vacancy.updated',
      subject: { type: 'Vacancy', id: vacancy, version: ++version },
      audience: ['*'],
    }),
  );
const streamOf = (
  client: Client,
  over: { headers?: Record<string, string>; body?: object; signal?: AbortSignal } = {},
) =>
  fetch(`${client.url}/graphql/stream`, {
    method: 'POST',
    headers: {
      ...{
        'content-type': 'application/json',
        accept: 'text/event-stream',
        authorization: `Bearer ${client.token}`,
      },
      ...over.headers,
    },
    body: JSON.stringify(over.body ?? { query }),
    ...(over.signal && { signal: over.signal }),
  });

/** The events of a stream as a browser sees them, read until so many have come or it ends. */
async function eventsOf(response: Response, count = Infinity) {
  const events: { id?: string; event?: string; data?: any }[] = [];
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
  for (let text = ''; events.length < count;) {
    const { done, value } = await reader.read();
    if (done) break;
    text += value;
    for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
      const fields = Object.fromEntries(
        text
          .slice(0, end)
          .split('\n')
          .map((line) => [line.split(':')[0], line.slice(line.indexOf(':') + 1).trim()]),
      );
      text = text.slice(end + 2);
      if (fields.event) events.push({ ...fields, ...(fields.data && { data: JSON.parse(fields.data) }) });
    }
  }
  await reader.cancel().catch(() => {});
  return events;
}
/** A stream that the hub has taken up. */
async function following(client: Client, over: Parameters<typeof streamOf>[1] = {}) {
  const before = world.server.listening;
  const response = await streamOf(client, over);
  await eventually(() => world.server.listening > before);
  return response;
}

test('the client of graphql-sse follows what happens, and nothing is kept of it once it has gone', async () => {
  const member = await partner.member();
  const before = world.server.listening;
  const client = createClient({
    url: `${member.url}/graphql/stream`,
    headers: { authorization: `Bearer ${member.token}` },
  });
  const following = client.iterate<any>({ query });
  const first = following.next();
  await eventually(() => world.server.listening > before);
  const id = await happens();
  expect((await first).value.data.vacancyUpdated.event.id).toBe(id);
  client.dispose();
  await eventually(() => world.server.listening === before);
});

test('an event’s id is its cursor: a browser that comes back with Last-Event-ID misses nothing, nor hears twice', async () => {
  const member = await partner.member();
  const before = world.server.listening;
  const response = await following(member);
  const ids = [await happens(), await happens(), await happens()];
  const [first] = await eventsOf(response, 1);
  expect(first).toMatchObject({ event: 'next', id: first!.data.data.vacancyUpdated.cursor });
  await eventually(() => world.server.listening === before);
  const again = await following(member, { headers: { 'last-event-id': first!.id! } });
  ids.push(await happens());
  const rest = await eventsOf(again, 3);
  expect([first!, ...rest].map(({ data }) => data.data.vacancyUpdated.event.id)).toEqual(ids);
  await eventually(() => world.server.listening === before);
  const socket = await world.listening<any>(member, query, { after: rest[1]!.id });
  expect((await socket.until(1))[0].vacancyUpdated.event.id).toBe(ids[3]);
  socket.stop();
});

test('without a good token there is no stream, with a bad operation it says so and ends', async () => {
  const member = await partner.member();
  const codeOf = async (response: Response) => ((await response.json()) as any).errors[0].extensions.code;
  const nobody = await streamOf({ ...member, url: member.url, token: 'no token at all' } as never);
  expect([nobody.status, await codeOf(nobody)]).toEqual([401, 'UNAUTHENTICATED']);
  const simple = await fetch(`${member.url}/graphql/stream?query=${encodeURIComponent(query)}`);
  expect([simple.status, await codeOf(simple)]).toEqual([401, 'UNAUTHENTICATED']);

  const refused = async (body: object, headers = {}) => {
    const response = await streamOf(member, { body, headers });
    expect([response.status, response.headers.get('content-type')]).toEqual([
      200,
      'text/event-stream; charset=utf-8',
    ]);
    const [next, complete, ...more] = await eventsOf(response);
    expect([next!.event, next!.id, complete!.event, more]).toEqual(['next', undefined, 'complete', []]);
    return next!.data.errors[0].extensions.code;
  };
  expect(await refused({ query: 'subscription {' })).toBe('GRAPHQL_PARSE_FAILED');
  expect(await refused({ query: 'subscription { nothing }' })).toBe('GRAPHQL_VALIDATION_FAILED');
  expect(await refused({ query: '{ __typename }' })).toBe('BAD_REQUEST');
  expect(await refused({ variables: {} })).toBe('BAD_REQUEST');
  expect(await refused({ query }, { 'last-event-id': 'x' })).toBe('CURSOR_MISMATCH');
  expect(await refused({ query: 'subscription { referralUpdated(checkpointEvery: 0) { cursor } }' })).toBe(
    'INVALID_INPUT',
  );
  const aliases = Array.from({ length: 40 }, (_, n) => `a${n}: cursor`).join(' ');
  expect(await refused({ query: `subscription { vacancyUpdated { ${aliases} } }` })).toBe('LIMIT_EXCEEDED');
});

test('a GET carries the same in its address', async () => {
  const member = await partner.member();
  const before = world.server.listening;
  const address = new URL(`${member.url}/graphql/stream`);
  address.searchParams.set('query', query);
  address.searchParams.set('variables', JSON.stringify({ after: null }));
  const response = await fetch(address, { headers: { authorization: `Bearer ${member.token}` } });
  await eventually(() => world.server.listening > before);
  const id = await happens();
  expect((await eventsOf(response, 1))[0]!.data.data.vacancyUpdated.event.id).toBe(id);
});

test('one client follows only so many at once', async () => {
  const member = await partner.member();
  const open = [await following(member), await following(member), await following(member)];
  const [next] = await eventsOf(await streamOf(member));
  expect(next!.data.errors[0].extensions.code).toBe('LIMIT_EXCEEDED');
  for (const each of open) await each.body!.cancel();
});

test('a member whose rights end is told so, and nothing that happens after', async () => {
  const [leaving, manager] = [await partner.member(), await partner.member()];
  const response = await following(leaving);
  const reading = eventsOf(response);
  const { userErrors } = await manager.run(
    'suspendMember',
    'MemberSuspension',
    { member: leaving.memberId },
    'member { id }',
  );
  expect(userErrors).toEqual([]);
  await happens();
  const [next, complete, ...more] = await reading;
  expect([next!.data.errors[0].extensions.code, complete!.event, more]).toEqual([
    'UNAUTHENTICATED',
    'complete',
    [],
  ]);
});

test('a hub that stops ends its streams in the midst: who follows comes back with its cursor', async () => {
  const other = await World.open();
  const member = await (await other.organisation()).member();
  const response = await streamOf(member);
  const reading = eventsOf(response);
  await eventually(() => other.server.listening > 0);
  await other.close();
  expect(await reading).toEqual([]);
});

test('without a token nothing of the body is read, let alone parsed', async () => {
  const answer = await fetch(`${world.server.url}/graphql/stream`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'text/event-stream' },
    body: '{ this is no JSON',
  });
  expect(answer.status).toBe(401);
});
