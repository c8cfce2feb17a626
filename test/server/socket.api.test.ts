import { jest } from '@jest/globals';
import sql from 'sql-template-tag';
import { RawSocket } from '../kit/socket.ts';
import { hubViewer } from '../../src/kernel/viewer.ts';
import { World, type Partner } from '../kit/world.ts';

let world: World;
let partner: Partner;

beforeAll(async () => {
  world = await World.open();
  partner = await world.organisation();
});
afterAll(() => world.close());

const suspend = (memberId: string) =>
  world.db.write(hubViewer('test'), (tx) =>
    tx.change(sql`update member set state = 'SUSPENDED' where id = ${memberId}`, 1),
  );

test('a bad token closes the socket with 4403', async () => {
  const socket = await RawSocket.open(world.server.url);
  socket.send({ type: 'connection_init', payload: { authorization: 'Bearer not-a-token-at-all' } });
  expect(await socket.closed).toBe(4403);
});

test('an operation before the first message closes it with 4401', async () => {
  const socket = await RawSocket.open(world.server.url);
  socket.subscribe('1', '{ __typename }');
  expect(await socket.closed).toBe(4401);
});

test('a message over 64 KiB closes it with 1009', async () => {
  const socket = await RawSocket.as(await partner.member());
  const silent = jest.spyOn(console, 'error').mockImplementation(() => {});
  socket.subscribe('1', `{ __typename } # ${'x'.repeat(70_000)}`);
  expect(await socket.closed).toBe(1009);
  silent.mockRestore();
});

test('one bad document is answered, and the socket goes on', async () => {
  const socket = await RawSocket.as(await partner.member({ language: 'fr' }));
  socket.subscribe('unparsable', '{ organisations(');
  socket.subscribe('unknown', '{ organisation(id: "org_1") { nam } }');
  socket.subscribe('variable', 'query ($n: Int) { organisations(first: $n) { nodes { id } } }', { n: 'ten' });
  socket.subscribe('nameless', 'query A { __typename } query B { __typename }');
  socket.subscribe('good', '{ __typename }');
  const codeOf = async (id: string) => (await socket.answer(id)).payload[0].extensions.code;
  expect(await codeOf('unparsable')).toBe('GRAPHQL_PARSE_FAILED');
  expect(await codeOf('unknown')).toBe('GRAPHQL_VALIDATION_FAILED');
  expect(await codeOf('variable')).toBe('BAD_USER_INPUT');
  expect(await codeOf('nameless')).toBe('OPERATION_RESOLUTION_FAILURE');
  expect((await socket.answer('good')).payload.data).toEqual({ __typename: 'Query' });
  expect(JSON.stringify(socket.received)).not.toMatch(/Did you mean/);
  expect((await socket.answer('unknown')).payload[0].message).toMatch(/^Le document demande/);
  socket.close();
});

test('a suspended member’s next operation closes the socket', async () => {
  const member = await partner.member();
  const socket = await RawSocket.as(member);
  socket.subscribe('before', '{ __typename }');
  expect((await socket.answer('before')).type).toBe('next');
  await suspend(member.memberId);
  socket.subscribe('after', '{ __typename }');
  expect(await socket.closed).toBe(4403);
});

test('a hub that stops tells its sockets that it goes away', async () => {
  const other = await World.open();
  const socket = await RawSocket.as(await (await other.organisation()).member());
  await other.close();
  expect(await socket.closed).toBe(1001);
});
