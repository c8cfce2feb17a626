import sql from 'sql-template-tag';
import { type Asking, World } from '../kit/world.ts';

let world: World;
beforeAll(async () => void (world = await World.open()));
afterAll(() => world.close());

const shown = 'member { id displayName email roles people territory state version }';
const invite = (asking: Asking, over: object = {}) =>
  asking.run(
    'inviteMember',
    'NewMember',
    { email: `new-${world.next()}@test.example`, displayName: 'Ana', roles: ['COORDINATOR'], ...over },
    shown,
  );
const update = (asking: Asking, input: object) => asking.run('updateMember', 'MemberUpdate', input, shown);
const suspend = (asking: Asking, member: string) =>
  asking.run('suspendMember', 'MemberSuspension', { member }, shown);
const codes = (payload: { userErrors: { code: string }[] }) => payload.userErrors.map((error) => error.code);

test('the viewer is the member who asks, or the tool and the member it acts for', async () => {
  const partner = await world.organisation({ kind: 'PLIE' });
  const member = await partner.member({ roles: ['COORDINATOR', 'READER'], people: 'PORTFOLIO' });
  const query = '{ viewer { kind scopes people organisation { id } member { id roles } } }';
  expect((await member.get(query)).viewer).toMatchObject({
    kind: 'MEMBER',
    people: 'PORTFOLIO',
    organisation: { id: partner.id },
    member: { id: member.memberId, roles: ['COORDINATOR', 'READER'] },
  });
  expect((await (await partner.tool(['events:read'])).get(query)).viewer).toMatchObject({
    kind: 'TOOL',
    scopes: ['events:read'],
    people: 'NONE',
    member: null,
  });
  expect((await (await partner.tool(['people:read'], member.memberId)).get(query)).viewer).toMatchObject({
    member: { id: member.memberId },
  });
});

test('members are seen within their own organisation, and nowhere else', async () => {
  const partner = await world.organisation();
  const asking = await partner.member({ roles: ['READER'] });
  const query = `query ($id: ID!, $member: ID!) {
    organisation(id: $id) { members { totalCount nodes { id } } } node(id: $member) { id } }`;
  const variables = { id: partner.id, member: asking.memberId };
  expect(await asking.get(query, variables)).toEqual({
    organisation: { members: { totalCount: 1, nodes: [{ id: asking.memberId }] } },
    node: { id: asking.memberId },
  });
  const stranger = await (await world.organisation()).member();
  expect(await stranger.get(query, variables)).toEqual({ organisation: { members: null }, node: null });
});

describe('inviting a member', () => {
  test('gives as few people as the role needs', async () => {
    const council = await (await world.organisation({ kind: 'COUNCIL' })).member();
    const association = await (await world.organisation()).member();
    const territory = ['244400404'];
    expect((await invite(association)).member).toMatchObject({ people: 'PORTFOLIO', state: 'ACTIVE' });
    expect((await invite(association, { roles: ['PROVIDER'] })).member).toMatchObject({
      people: 'PORTFOLIO',
    });
    expect((await invite(association, { roles: ['READER'] })).member).toMatchObject({ people: 'NONE' });
    expect((await invite(association, { roles: ['MANAGER'] })).member).toMatchObject({ people: 'ALL' });
    expect((await invite(council, { territory })).member).toMatchObject({ people: 'TERRITORY', territory });
  });

  test('is for managers, of people, with an address of their own', async () => {
    const partner = await world.organisation();
    const manager = await partner.member();
    expect(codes(await invite(await partner.member({ roles: ['COORDINATOR'] })))).toEqual(['NOT_ALLOWED']);
    const tool = await partner.tool(['offers:write'], manager.memberId);
    expect(codes(await invite(tool as Asking))).toEqual(['NOT_ALLOWED']);
    const { member } = await invite(manager);
    const elsewhere = await (await world.organisation()).member();
    expect((await invite(elsewhere, { email: member.email.toUpperCase() })).userErrors).toMatchObject([
      { code: 'ALREADY_EXISTS', field: ['email'] },
    ]);
    for (const wrong of [{ email: 'x' }, { roles: [] }, { displayName: '' }, { people: 'TERRITORY' }])
      expect(codes(await invite(manager, wrong))).toEqual(['INVALID_INPUT']);
    expect(codes(await invite(manager, { people: 'TERRITORY', territory: ['1'] }))).toEqual(['NOT_FOUND']);
  });
});

describe('suspending and changing members', () => {
  test('a suspended member and its tools are refused at once, until a manager says otherwise', async () => {
    const partner = await world.organisation();
    const manager = await partner.member();
    const member = await partner.member({ roles: ['COORDINATOR'] });
    const tool = await partner.tool(['offers:read'], member.memberId);
    expect((await suspend(manager, member.memberId)).member).toMatchObject({
      state: 'SUSPENDED',
      version: 2,
    });
    expect((await suspend(manager, member.memberId)).member).toMatchObject({ version: 2 });
    for (const refused of [member, tool])
      expect((await refused.post({ query: '{ viewer { kind } }' })).status).toBe(401);
    await update(manager, { member: member.memberId, reactivate: true });
    expect((await member.post({ query: '{ viewer { kind } }' })).status).toBe(200);
  });

  test('the last manager stays one, also when two leave at once', async () => {
    const partner = await world.organisation();
    const one = await partner.member();
    const last = { code: 'INVALID_INPUT', field: ['member'] };
    expect((await suspend(one, one.memberId)).userErrors).toMatchObject([last]);
    const demoted = await update(one, { member: one.memberId, roles: ['READER'] });
    expect(demoted.userErrors).toMatchObject([{ code: 'INVALID_INPUT', field: ['roles'] }]);
    const two = await partner.member();
    const demote = (asking: Asking, of: Asking) => update(asking, { member: of.memberId, roles: ['READER'] });
    const both = await Promise.all([demote(one, two), demote(two, one)]);
    // whoever comes second is the last manager, or no manager any more
    expect(both.flatMap(codes)).toEqual([expect.stringMatching('INVALID_INPUT|NOT_ALLOWED')]);
    const [three, four] = [await partner.member(), await partner.member()];
    for (const former of [one, two]) await suspend(three, former.memberId);
    const gone = await Promise.all([suspend(three, four.memberId), suspend(four, three.memberId)]);
    expect(gone.flatMap(codes)).toEqual([expect.stringMatching('INVALID_INPUT|NOT_ALLOWED')]);
    const active = sql`select count(*)::int from member where organisation_id = ${partner.id} and state = 'ACTIVE'`;
    expect(await world.rows(active)).toEqual([{ count: 1 }]);
  });

  test('others’ members do not exist, a colleague may not, a stale version refuses', async () => {
    const partner = await world.organisation();
    const manager = await partner.member();
    const member = await partner.member({ roles: ['READER'] });
    const input = { member: member.memberId, displayName: 'Autre nom' };
    expect(codes(await update(await (await world.organisation()).member(), input))).toEqual(['NOT_FOUND']);
    expect(codes(await update(member, input))).toEqual(['NOT_ALLOWED']);
    expect(codes(await update(manager, { ...input, version: 7 }))).toEqual(['STALE']);
    expect((await update(manager, { ...input, version: 1 })).member).toMatchObject({
      displayName: 'Autre nom',
      version: 2,
    });
  });
});
