import WebSocket from 'ws';
import { RawSocket } from '../kit/socket.ts';
import { eventually, World, type Asking } from '../kit/world.ts';

/** graphql-transport-ws to the letter: what a client does wrong closes its socket with the code that says so. */
let world: World;
let member: Asking;
beforeAll(async () => {
  world = await World.open();
  member = await (await world.organisation()).member();
});
afterAll(() => world.close());

const subscription = 'subscription { vacancyUpdated { cursor } }';
const init = () => ({ type: 'connection_init', payload: { authorization: `Bearer ${member.token}` } });

test('4400: what is no message of the protocol', async () => {
  for (const wrong of ['not json', '{"type":"invented"}', '{"type":"subscribe","id":"1"}']) {
    const socket = await RawSocket.as(member);
    socket.send(wrong);
    expect([wrong, await socket.closed]).toEqual([wrong, 4400]);
  }
});

test('4401, 4403: an operation before the first message; a token that is none, or no token', async () => {
  const early = await RawSocket.open(member.url);
  early.subscribe('1', subscription);
  expect(await early.closed).toBe(4401);
  for (const payload of [undefined, { authorization: 'Bearer nothing' }]) {
    const socket = await RawSocket.open(member.url);
    socket.send({ type: 'connection_init', payload });
    expect(await socket.closed).toBe(4403);
  }
});

test('4408: no first message within five seconds', async () => {
  const silent = await RawSocket.open(member.url);
  expect(await silent.closed).toBe(4408);
}, 10_000);

test('4409: an id in use; 4429: a second first message; 4406: another protocol', async () => {
  const twice = await RawSocket.as(member);
  twice.subscribe('same', subscription);
  await eventually(() => world.server.listening === 1);
  twice.subscribe('same', subscription);
  expect(await twice.closed).toBe(4409);
  const eager = await RawSocket.as(member);
  eager.send(init());
  expect(await eager.closed).toBe(4429);
  const other = new WebSocket(`${member.url.replace('http', 'ws')}/graphql`, 'graphql-ws');
  const closed = new Promise((resolve) => other.once('close', resolve));
  other.once('error', () => {});
  expect([4406, 1006]).toContain(await closed);
});

test('a ping is answered, with what it carried', async () => {
  const socket = await RawSocket.as(member);
  socket.send({ type: 'ping', payload: { n: 1 } });
  expect(await socket.next('pong')).toEqual({ type: 'pong', payload: { n: 1 } });
  socket.send({ type: 'pong' });
  socket.subscribe('1', '{ __typename }');
  expect((await socket.answer('1')).payload.data).toEqual({ __typename: 'Query' });
  socket.close();
});

test('complete: a client ends one subscription and its socket goes on; the hub ends a question it has answered', async () => {
  await eventually(() => world.server.listening === 0);
  const socket = await RawSocket.as(member);
  socket.subscribe('live', subscription);
  await eventually(() => world.server.listening === 1);
  socket.send({ type: 'complete', id: 'live' });
  await eventually(() => world.server.listening === 0);
  socket.subscribe('asked', '{ __typename }');
  expect(await socket.next('complete')).toEqual({ type: 'complete', id: 'asked' });
  socket.subscribe('live', subscription); // its id is free again
  await eventually(() => world.server.listening === 1);
  socket.close();
  await eventually(() => world.server.listening === 0);
});
