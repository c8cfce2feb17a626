import sql from 'sql-template-tag';
import { hashKey } from '../../src/auth/tokens.ts';
import { scopes } from '../../src/kernel/viewer.ts';
import type { Client } from '../kit/client.ts';
import { registerPerson } from '../kit/people.ts';
import { RawSocket } from '../kit/socket.ts';
import { World, type Partner } from '../kit/world.ts';

let world: World;
let partner: Partner;
let manager: Client & { memberId: string };
beforeAll(async () => {
  world = await World.open();
  partner = await world.organisation({ kind: 'PLIE' });
  manager = await partner.member();
});
afterAll(() => world.close());

const shown = 'apiClient { id name scopes keyPrefix previousKeyUntil revokedAt version actingMember { id } }';
const newTool = { name: 'Logiciel métier', scopes: ['offers:read'] };
const create = (asking: Client, over: object = {}) =>
  asking.run('createApiClient', 'NewApiClient', { ...newTool, ...over }, `key ${shown}`);
const rotate = (asking: Client, client: string, over: object = {}) =>
  asking.run('rotateApiKey', 'ApiKeyRotation', { client, ...over }, `key ${shown}`);
const update = (asking: Client, client: string, change: object) =>
  asking.run('updateApiClient', 'ApiClientUpdate', { client, ...change }, shown);
const revoke = (asking: Client, client: string) =>
  asking.run('revokeApiClient', 'ApiClientRevocation', { client }, shown);
const refusals = (payload: any) => payload.userErrors.map(({ code, field }: any) => [code, field?.join('.')]);
const opens = async (key: string) =>
  (await world.client(key).post({ query: '{ viewer { kind } }' })).status === 200;
const toolsOf = (asking: Client, id = partner.id) =>
  asking.get(
    'query ($id: ID!) { organisation(id: $id) { apiClients { totalCount nodes { id name lastUsedAt } } } }',
    { id },
  );

describe('a manager gives a tool a key', () => {
  test('that is shown once and kept as a hash: neither a row nor a repeat has it', async () => {
    const keyed = { idempotencyKey: 'once' };
    const { key, apiClient } = await create(manager, keyed);
    expect(key).toMatch(/^psr_[\w-]{43}$/);
    expect(apiClient).toMatchObject({ name: 'Logiciel métier', keyPrefix: key.slice(0, 10), version: 1, actingMember: null });
    expect(await opens(key)).toBe(true);
    const again = await create(manager, keyed);
    expect([again.apiClient.id, again.key, again.userErrors]).toEqual([apiClient.id, null, []]);
    const [stored] = await world.rows(sql`select to_jsonb(c)::text as client, (select string_agg(to_jsonb(x)::text, '') from command x) as commands,
      (select string_agg(to_jsonb(e)::text, '') from event e) as events from api_client c where id = ${apiClient.id}`);
    expect(JSON.stringify(stored)).not.toContain(key.slice(10));
    expect(stored.client).toContain(hashKey(key));
  }); // prettier-ignore

  test('that reads no more of people than they do themselves: not for a colleague of a wider scope, nor later', async () => {
    const narrow = await partner.member({ people: 'PORTFOLIO' });
    const wide = [['NOT_ALLOWED', 'actingMember']];
    expect(refusals(await create(narrow, { actingMember: manager.memberId }))).toEqual(wide);
    const { apiClient } = await create(manager, { actingMember: manager.memberId });
    expect(refusals(await rotate(narrow, apiClient.id))).toEqual(wide);
    expect(refusals(await create(narrow, { actingMember: narrow.memberId }))).toEqual([]);
  });

  test.each([
    ['a portfolio reads no other portfolio', { people: 'PORTFOLIO' }, { people: 'PORTFOLIO' }, false],
    ['a territory reads no portfolio, which may lie outside it', { people: 'TERRITORY', territory: ['244400404'] }, { people: 'PORTFOLIO' }, false],
    ['a territory reads no other', { people: 'TERRITORY', territory: ['244400404'] }, { people: 'TERRITORY', territory: ['244400644'] }, false],
    ['a territory reads what lies within it', { people: 'TERRITORY', territory: ['244400404', '244400644'] }, { people: 'TERRITORY', territory: ['244400644'] }, true],
    ['all of it reads a portfolio', { people: 'ALL' }, { people: 'PORTFOLIO' }, true],
    ['nobody is read through a colleague who sees nobody', { people: 'PORTFOLIO' }, { people: 'NONE' }, true],
  ] as const)('for a colleague: %s', async (_, own, theirs, may) => {
    const maker = await partner.member(own as object);
    const colleague = await partner.member(theirs as object);
    const answer = refusals(await create(maker, { actingMember: colleague.memberId }));
    expect(answer).toEqual(may ? [] : [['NOT_ALLOWED', 'actingMember']]);
  }); // prettier-ignore

  test('to managers of the same organisation alone, in person: others find no tool, and none is a door', async () => {
    const { apiClient } = await create(manager);
    const stranger = await (await world.organisation()).member();
    const colleague = await partner.member({ roles: ['COORDINATOR'] });
    const tool = await partner.tool(['offers:read', 'offers:write'], manager.memberId);
    for (const asking of [colleague, tool]) {
      expect(refusals(await create(asking))).toEqual([['NOT_ALLOWED', undefined]]);
      for (const move of [rotate, revoke]) expect(refusals(await move(asking, apiClient.id))).toEqual([['NOT_ALLOWED', undefined]]);
      expect((await toolsOf(asking)).organisation.apiClients).toBeNull();
    }
    for (const move of [rotate, revoke]) expect(refusals(await move(stranger, apiClient.id))).toEqual([['NOT_FOUND', 'client']]);
    expect(refusals(await update(stranger, apiClient.id, { name: 'À moi' }))).toEqual([['NOT_FOUND', 'client']]);
    expect((await toolsOf(stranger)).organisation.apiClients).toBeNull();
    const { nodes } = (await toolsOf(manager)).organisation.apiClients;
    expect(nodes.map(({ id }: { id: string }) => id)).toContain(apiClient.id);
    expect((await manager.get('query ($id: ID!) { node(id: $id) { id } }', { id: apiClient.id })).node).toBeNull();
  }); // prettier-ignore

  test.each<[object, string, string]>([
    [{ name: 'X' }, 'INVALID_INPUT', 'name'],
    [{ scopes: [] }, 'INVALID_INPUT', 'scopes'],
    [{ scopes: ['offers:read', 'everything'] }, 'INVALID_INPUT', 'scopes'],
    [{ scopes: ['people:read'] }, 'INVALID_INPUT', 'actingMember'],
    [{ scopes: ['people:write', 'offers:read'] }, 'INVALID_INPUT', 'actingMember'],
    [{ actingMember: 'mem_01jd0000000000000000000000' }, 'NOT_FOUND', 'actingMember'],
  ])('but not with %j', async (over, code, field) => {
    expect(await create(manager, over)).toMatchObject({ key: null, apiClient: null });
    expect(refusals(await create(manager, over))).toEqual([[code, field]]);
  });

  test('nor for another organisation’s member, nor for a suspended one', async () => {
    const elsewhere = await (await world.organisation()).member();
    const suspended = await partner.member();
    const input = { member: suspended.memberId };
    await manager.run('suspendMember', 'MemberSuspension', input, 'member { id }');
    for (const { memberId: actingMember } of [elsewhere, suspended])
      expect(refusals(await create(manager, { actingMember }))).toEqual([['NOT_FOUND', 'actingMember']]);
  });
});

describe('a key is replaced', () => {
  test('by a new one, and opens until its overlap ends; replaced again, it ends at once', async () => {
    const { key: first, apiClient } = await create(manager);
    const { key: second, apiClient: rotated } = await rotate(manager, apiClient.id, { overlapDays: 7 });
    expect(rotated).toMatchObject({ version: 2, previousKeyUntil: '2026-11-30T08:00:00.000Z' });
    expect([await opens(first), await opens(second)]).toEqual([true, true]);
    const { key: third } = await rotate(manager, apiClient.id);
    expect([await opens(first), await opens(second), await opens(third)]).toEqual([false, true, true]);
    world.clock.advanceDays(1);
    expect([await opens(second), await opens(third)]).toEqual([false, true]);
    world.clock.advanceDays(-1);
  });

  test('at once when it leaked: its sockets close, those of the new one do not', async () => {
    const { key, apiClient } = await create(manager);
    const socket = await RawSocket.as(world.client(key));
    const { key: next } = await rotate(manager, apiClient.id, { overlapDays: 0 });
    expect(await socket.closed).toBe(4403);
    expect([await opens(key), await opens(next)]).toEqual([false, true]);
  });

  test('for a week at most, and never of a revoked tool; two at once leave one key in force', async () => {
    const { apiClient } = await create(manager);
    for (const overlapDays of [-1, 8])
      expect(refusals(await rotate(manager, apiClient.id, { overlapDays }))).toEqual([['INVALID_INPUT', 'overlapDays']]);
    expect(refusals(await rotate(manager, apiClient.id, { version: 9 }))).toEqual([['STALE', 'version']]);
    const both = await Promise.all([rotate(manager, apiClient.id, { overlapDays: 0 }), rotate(manager, apiClient.id, { overlapDays: 0 })]);
    expect((await Promise.all(both.map(({ key }) => opens(key)))).sort()).toEqual([false, true]);
    await revoke(manager, apiClient.id);
    expect(refusals(await rotate(manager, apiClient.id))).toEqual([['WRONG_STATE', undefined]]);
  }); // prettier-ignore
});

test('a revoked tool is refused at once, and its sockets close; revoking again changes nothing', async () => {
  const { key, apiClient } = await create(manager);
  const { key: next } = await rotate(manager, apiClient.id);
  const sockets = [await RawSocket.as(world.client(key)), await RawSocket.as(world.client(next))];
  const revoked = (await revoke(manager, apiClient.id)).apiClient;
  expect(revoked).toMatchObject({ version: 3, revokedAt: expect.any(String) });
  expect(await Promise.all(sockets.map(({ closed }) => closed))).toEqual([4403, 4403]);
  expect([await opens(key), await opens(next)]).toEqual([false, false]);
  expect((await revoke(manager, apiClient.id)).apiClient.version).toBe(3);
  expect(refusals(await update(manager, apiClient.id, { name: 'Encore là' }))).toEqual([
    ['WRONG_STATE', undefined],
  ]);
});

describe('a tool has never more than the member it acts for', () => {
  test('nor more than its scopes: what changes for one changes for the other', async () => {
    const coordinator = await partner.member({ roles: ['COORDINATOR'], people: 'PORTFOLIO' });
    const { id: person } = await registerPerson(coordinator);
    const { id: other } = await registerPerson(manager);
    const { key, apiClient } = await create(manager, { scopes: [...scopes], actingMember: coordinator.memberId });
    const tool = world.client(key);
    const sees = async (id: string) => (await tool.get('query ($id: ID!) { person(id: $id) { id } }', { id })).person !== null;
    expect([await sees(person), await sees(other)]).toEqual([true, false]);
    const asManager = { organisation: partner.id, phone: '+33240000000' };
    expect(refusals(await tool.run('updateOrganisation', 'OrganisationUpdate', asManager, 'organisation { id }'))).toEqual([['NOT_ALLOWED', undefined]]);
    expect(refusals(await create(tool))).toEqual([['NOT_ALLOWED', undefined]]);
    await manager.run('updateMember', 'MemberUpdate', { member: coordinator.memberId, people: 'NONE' }, 'member { id }');
    expect(await sees(person)).toBe(false);
    expect(refusals(await update(manager, apiClient.id, { actingMember: null }))).toEqual([['INVALID_INPUT', 'actingMember']]);
    const narrowed = await update(manager, apiClient.id, { scopes: ['offers:read', 'offers:read'], actingMember: null, version: 1 });
    expect(narrowed.apiClient).toMatchObject({ scopes: ['offers:read'], actingMember: null, version: 2 });
    const refused = await tool.ask('query ($id: ID!) { person(id: $id) { id } }', { id: person });
    expect(refused.errors?.[0]?.extensions.code).toBe('INSUFFICIENT_SCOPE');
  }); // prettier-ignore

  test('and stops with them', async () => {
    const member = await partner.member();
    const { key } = await create(manager, { scopes: ['people:read'], actingMember: member.memberId });
    expect(await opens(key)).toBe(true);
    const input = { member: member.memberId };
    await manager.run('suspendMember', 'MemberSuspension', input, 'member { id }');
    expect(await opens(key)).toBe(false);
  });
});

test('when a key was last used is known without a request waiting for it: one statement for all, once a minute', async () => {
  const made = await Promise.all([create(manager, { name: 'AAA' }), create(manager, { name: 'AAB' })]);
  const used = async () =>
    (await toolsOf(manager)).organisation.apiClients.nodes
      .filter(({ name }: { name: string }) => name.startsWith('AA'))
      .map(({ lastUsedAt }: { lastUsedAt: string | null }) => lastUsedAt);
  for (const { key } of [...made, ...made]) await opens(key);
  expect(await used()).toEqual([null, null]);
  let statements = 0;
  world.db.onStatement = () => statements++;
  await world.server.hub.keyUses.write();
  await world.server.hub.keyUses.write();
  world.db.onStatement = () => {};
  expect(statements).toBe(1);
  expect(await used()).toEqual([world.clock.now(), world.clock.now()]);
});
