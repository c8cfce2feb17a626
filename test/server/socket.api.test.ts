import { jest } from '@jest/globals';
import type { Client } from '../kit/client.ts';
import { RawSocket } from '../kit/socket.ts';
import { offerInTables, openVacancy } from '../kit/vacancies.ts';
import { eventually, World, type Partner } from '../kit/world.ts';

let world: World;
let partner: Partner;

beforeAll(async () => {
  world = await World.open();
  partner = await world.organisation();
});
afterAll(() => world.close());

const suspend = async (member: string) => {
  const { userErrors } = await (
    await partner.member()
  ).run('suspendMember', 'MemberSuspension', { member }, 'member { id }');
  expect(userErrors).toEqual([]);
};

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

describe('what a subscriber is told', () => {
  const vacancyUpdated = `subscription ($organisation: ID) { vacancyUpdated(organisation: $organisation) { event { type } vacancy { id title } } }`;

  /** Resolves once the hub follows the journal for it: a subscription answers nothing when it begins. */
  async function following(client: Client, organisation: string): Promise<RawSocket> {
    const socket = await RawSocket.as(client);
    const before = world.server.listening;
    socket.subscribe('live', vacancyUpdated, { organisation });
    await eventually(() => world.server.listening > before);
    return socket;
  }

  test('comes live, until the member is suspended: then the socket closes and tells nothing', async () => {
    const member = await partner.member();
    const manager = await partner.member();
    const offer = await offerInTables(partner);
    const watching = await following(member, partner.id);
    await openVacancy(manager, { offer, title: 'Entretien des berges', places: 2 });
    const { payload } = await watching.answer('live');
    expect(payload.data.vacancyUpdated.vacancy.title).toBe('Entretien des berges');

    await suspend(member.memberId);
    await openVacancy(manager, { offer, title: 'Autre chantier', places: 2 });
    expect(await watching.closed).toBe(4403);
    expect(JSON.stringify(watching.received)).not.toMatch('Autre chantier');
  });

  test('a subscription refused is an answer in the subscriber’s language', async () => {
    const tool = await partner.tool(['people:read']);
    const socket = await RawSocket.as({ ...tool, language: 'fr' } as never);
    socket.subscribe('1', vacancyUpdated);
    const { payload } = await socket.answer('1');
    expect((payload.errors ?? payload)[0]).toMatchObject({
      message: 'Ce client d’API n’a pas la portée offers:read.',
      extensions: { code: 'INSUFFICIENT_SCOPE' },
    });
    socket.close();
  });

  test('one socket carries only so many at once', async () => {
    const socket = await RawSocket.as(await partner.member());
    for (let n = 0; n <= 50; n++) socket.subscribe(`s${n}`, vacancyUpdated);
    const { payload } = await socket.next('error');
    expect(payload[0]).toMatchObject({
      message: 'One socket carries at most 50 operations at once.',
      extensions: { code: 'LIMIT_EXCEEDED' },
    });
    socket.close();
  });
});

test('a hub that stops tells its sockets that it goes away', async () => {
  const other = await World.open();
  const socket = await RawSocket.as(await (await other.organisation()).member());
  await other.close();
  expect(await socket.closed).toBe(1012);
});
