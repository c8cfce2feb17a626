import sql from 'sql-template-tag';
import { forgetVainSentences } from '../../src/sharing/glass.store.ts';
import { newId } from '../../src/kernel/ids.ts';
import type { Client } from '../kit/client.ts';
import { registerPerson } from '../kit/people.ts';
import { refusal, Scene } from '../kit/referrals.ts';
import { breakGlass, glassSelection, openTo, sentence } from '../kit/sharing.ts';
import { type MemberOf, type Partner, World } from '../kit/world.ts';

/** Breaking the glass: somebody unknown is opened for an emergency, and everybody who must know knows. */
let world: World;
let scene: Scene;
let council: Partner;
let agent: Client;
let centre: Partner;
let known: { id: string; reference: string };
const monday = '2026-11-23T08:00:00.000Z';
const identity = { lastName: 'Le Bihan', firstName: 'Maëlle', birthDate: '1990-05-17' };

beforeAll(async () => {
  world = await World.open({ health: true });
  scene = await Scene.open(world);
  council = await world.organisation({ kind: 'COUNCIL' });
  agent = await council.member({ roles: ['COORDINATOR'] });
  centre = await world.organisation({ kind: 'COMMUNE', remit: 'CCAS' });
  known = await registerPerson(scene.coordinator, {
    referent: {},
    identity,
    contact: { phone: '02 40 11 22 33' },
  });
});
afterEach(() => world.clock.set(monday));
afterAll(() => world.close());

/** A member with attempts of their own. */
const worker = (of: MemberOf = { roles: ['COORDINATOR'] }, partner = centre) => partner.member(of);
const opened = ['CORE', 'IDENTITY', 'CONTACT', 'NEEDS'];
const read = async (client: Client, filter = '{}') =>
  (await client.get(`{ glassBroken(filter: ${filter}) { totalCount nodes { ${glassSelection.slice(8, -2)} } } }`)).glassBroken; // prettier-ignore

test('a member who cannot see the person opens them by reference for three hours, and the council knows at once', async () => {
  const member = await worker();
  expect(await openTo(member, known.id)).toBeNull();
  const { glass, userErrors } = await breakGlass(member, { reference: ` ${known.reference.toLowerCase()}` });
  expect(userErrors).toEqual([]);
  expect(glass).toMatchObject({
    ...{ reason: 'SHELTER_TONIGHT', detail: sentence, soughtBy: 'REFERENCE', categories: opened },
    ...{ brokenBy: expect.stringContaining('Member'), brokenAt: monday, until: '2026-11-23T11:00:00.000Z' },
    person: { id: known.id, identity: { lastName: 'Le Bihan' }, contact: { phone: '02 40 11 22 33' } },
    organisation: { id: centre.id },
  });
  const reason = 'BREAK_GLASS';
  expect(await openTo(member, known.id)).toEqual({ CORE: reason, IDENTITY: reason, CONTACT: reason, NEEDS: reason });
  const [event] = await world.rows(sql`select audience, facts, subject_id from event where type = 'person.glass_broken'`);
  expect(event.audience.sort()).toEqual([centre.id, council.id, scene.sender.id].sort());
  expect(event).toMatchObject({ subject_id: known.id, facts: { glass: glass.id, reason: 'SHELTER_TONIGHT' } });
  expect(JSON.stringify(event)).not.toContain('porte');
  for (const client of [agent, scene.coordinator])
    expect((await read(client)).nodes).toMatchObject([{ id: glass.id, brokenBy: glass.brokenBy, detail: sentence }]);
  world.clock.set('2026-11-23T10:59:59.999Z');
  expect(await openTo(member, known.id)).not.toBeNull();
  world.clock.set('2026-11-23T11:00:00.000Z');
  expect(await openTo(member, known.id)).toBeNull();
  const { nodes } = await read(member);
  expect(nodes).toMatchObject([{ id: glass.id, person: null }]);
  // nor is it told by trying whom it was
  const ofHer = `{ person: "${known.id}" }`;
  expect([(await read(member, ofHer)).totalCount, (await read(agent, ofHer)).totalCount]).toEqual([0, 1]);
}); // prettier-ignore

test('by name and date of birth where they fit one person alone, accents and case apart; by id too', async () => {
  const folded = { lastName: 'LE BIHAN ', firstName: 'maelle', birthDate: identity.birthDate };
  const member = await worker();
  expect((await breakGlass(member, { identity: folded })).glass).toMatchObject({ soughtBy: 'IDENTITY', person: { id: known.id } }); // prettier-ignore
  expect((await breakGlass(member, { person: known.id })).glass.soughtBy).toBe('ID');
});

test('whatever finds nobody is answered alike, opens nothing, and is kept', async () => {
  const twin = { lastName: 'Martin', firstName: 'Marie', birthDate: '1985-03-17' };
  for (let n = 0; n < 2; n++) await registerPerson(scene.coordinator, { identity: twin });
  const asked = [
    { person: newId('Person') },
    { person: known.reference },
    { reference: 'P-000000' },
    { identity: { ...identity, birthDate: '1990-05-18' } },
    { identity: { ...identity, firstName: 'Maë' } },
    { identity: { lastName: 'Le', firstName: 'Bihan Maëlle', birthDate: identity.birthDate } },
    { identity: twin },
  ];
  const before = (await world.rows(sql`select count(*)::int as n from person_access where reason = 'BREAK_GLASS'`))[0];
  const answers = [];
  for (const input of asked) answers.push(await breakGlass(await worker(), input));
  const notFound = { code: 'NOT_FOUND', field: null, message: expect.stringContaining('exists for you') };
  expect(answers).toEqual(asked.map(() => ({ glass: null, userErrors: [notFound] })));
  const tried = await read(await centre.member(), '{ foundNobody: true }');
  expect(tried.nodes.map((each: any) => [each.person, each.categories, each.until])).toEqual(
    asked.map(() => [null, [], null]),
  );
  expect((await read(agent, '{ foundNobody: true }')).totalCount).toBe(asked.length);
  expect((await read(scene.coordinator, '{ foundNobody: true }')).totalCount).toBe(0);
  expect((await world.rows(sql`select count(*)::int as n from person_access where reason = 'BREAK_GLASS'`))[0]).toEqual(before);
}); // prettier-ignore

test('five attempts an hour and member, in vain or not, also all at once; then it is no search tool', async () => {
  const member = await worker();
  const vain = Array.from({ length: 8 }, (_, n) => ({ reference: `P-00000${n}` }));
  const codes = (await Promise.all(vain.map((input) => breakGlass(member, input)))).map(refusal);
  expect(codes.sort()).toEqual([...Array(5).fill('NOT_FOUND'), ...Array(3).fill('TOO_MANY_ATTEMPTS')]);
  expect(refusal(await breakGlass(member, { person: known.id }))).toBe('TOO_MANY_ATTEMPTS');
  expect(refusal(await breakGlass(await worker(), { person: known.id }))).toBeNull();
  world.clock.set('2026-11-23T09:00:00.000Z');
  expect(refusal(await breakGlass(member, { person: known.id }))).toBeNull();
});

test('the sentence of an attempt that found nobody is forgotten a year after, by the hub alone; the attempt stays', async () => {
  const apart = await world.organisation({ kind: 'COMMUNE', remit: 'CCAS' });
  const member = await apart.member();
  await breakGlass(member, { reference: 'P-000000' });
  expect(refusal(await breakGlass(member, { person: known.id }))).toBeNull();
  const said = async () =>
    (await read(member)).nodes.map(({ detail }: any) => detail).concat(
      (await read(member, '{ foundNobody: true }')).nodes.map(({ detail }: any) => detail));
  world.clock.set('2027-11-23T08:00:00.000Z');
  expect(await forgetVainSentences(world.db)).toBe(0);
  expect(await said()).toEqual([sentence, sentence]);
  world.clock.set('2027-11-24T08:00:00.000Z');
  expect(await forgetVainSentences(world.db)).toBeGreaterThan(0);
  expect(await said()).toEqual([sentence, null]);
  const asked = world.db.write(await world.viewerOf(member), (tx) => tx.rows(sql`select app.forget_vain_sentences()`));
  await expect(asked).rejects.toThrow('by the hub');
}); // prettier-ignore

test('the same key is one attempt and one opening; two at once are two', async () => {
  const member = await worker();
  const keyed = { person: known.id, idempotencyKey: 'glass-once' };
  const [once, twice] = await Promise.all([breakGlass(member, keyed), breakGlass(member, keyed)]);
  expect(twice).toEqual(once);
  const vain = { reference: 'P-000000', idempotencyKey: 'glass-vain' };
  expect(await breakGlass(member, vain)).toEqual(await breakGlass(member, vain));
  const [one, two] = await Promise.all([1, 2].map(() => breakGlass(member, { person: known.id })));
  expect(one!.glass.id).not.toBe(two!.glass.id);
  const [{ n }] = (await world.rows(sql`select count(*)::int as n from broken_glass where member_id = ${member.memberId}`)) as [{ n: number }];
  expect(n).toBe(4);
}); // prettier-ignore

test('an emergency opens what it needs, of what the law leaves open to who asks', async () => {
  const enterprise = await world.organisation({ kind: 'INSERTION_ENTERPRISE' });
  const of = async (partner: Partner, reason: string) => {
    const { glass } = await breakGlass(await worker({ roles: ['COORDINATOR'] }, partner), { person: known.id, reason }); // prettier-ignore
    return glass.categories;
  };
  expect(await of(centre, 'VITAL_EMERGENCY')).toEqual([...opened, 'HEALTH']);
  expect(await of(enterprise, 'VITAL_EMERGENCY')).toEqual(opened);
  expect(await of(centre, 'MISSING_PERSON')).toEqual([...opened, 'PATHWAY']);
  expect(await of(centre, 'VIOLENCE')).toEqual(opened);
  const employer = await enterprise.member();
  expect(Object.keys((await openTo(employer, known.id))!)).not.toContain('HEALTH');
  const input = { person: known.id, theme: 'MOBILITE' };
  expect(refusal(await employer.run('recordNeed', 'NewNeed', input, 'need { id }'))).toBe('NOT_ALLOWED');
});

test('members see whom they opened, whatever they see otherwise; the rest of their organisation only as far as it sees', async () => {
  const elsewhere = '244400610';
  const unit = { roles: ['COORDINATOR'], people: 'TERRITORY', territory: [elsewhere] } as MemberOf;
  for (const each of [unit, { roles: ['COORDINATOR'], people: 'PORTFOLIO' } as MemberOf]) {
    const fresh = await registerPerson(scene.coordinator);
    const [breaker, colleague] = [await worker(each, council), await worker({ ...each, territory: ['200072726'] }, council)];
    expect(refusal(await breakGlass(breaker, { reference: fresh.reference }))).toBeNull();
    expect(await openTo(breaker, fresh.id)).not.toBeNull();
    expect(await openTo(colleague, fresh.id)).toBeNull();
    expect((await read(breaker)).nodes).toMatchObject([{ person: { id: fresh.id } }]);
  }
  expect(refusal(await breakGlass(await worker({ roles: ['COORDINATOR'], people: 'NONE' }), { person: known.id }))).toBe('NOT_ALLOWED');
}); // prettier-ignore

test.each([
  ['the benefits fund', 'BENEFITS_FUND'],
  ['the State', 'STATE'],
  ['a town hall', 'COMMUNE'],
  ['a company', 'COMPANY'],
] as const)('%s breaks nothing, whether the person exists or not', async (_, kind) => {
  const manager = await (await world.organisation({ kind })).member();
  const of = async (input: object) => (await breakGlass(manager, input)).userErrors;
  const refused = await of({ person: known.id });
  expect(refused).toMatchObject([{ code: 'NOT_ALLOWED' }]);
  expect(await of({ person: newId('Person') })).toEqual(refused);
});

test('a tool breaks nothing, nor who only reads or publishes', async () => {
  const { memberId } = await worker();
  const tool = await centre.tool(['people:read', 'people:write'], memberId);
  const { userErrors } = await breakGlass(tool, { person: known.id });
  expect(userErrors).toMatchObject([
    { code: 'NOT_ALLOWED', message: expect.stringContaining('never a tool') },
  ]);
  for (const roles of [['READER'], ['PROVIDER']] as MemberOf['roles'][])
    expect(refusal(await breakGlass(await worker({ roles: roles! }), { person: known.id }))).toBe(
      'NOT_ALLOWED',
    );
});

test('bad input names its field, and is no attempt', async () => {
  const member = await worker();
  const cases: [object, string[]][] = [
    [{ person: known.id, detail: 'Trop court.' }, ['detail']],
    [{ person: known.id, detail: `${'👩🏽‍🌾'.repeat(2)}            ` }, ['detail']],
    [{ person: known.id, detail: 'x'.repeat(501) }, ['detail']],
    [{ person: known.id, detail: 'Son numéro est le 1 85 05 78 006 084 91, à joindre.' }, ['detail']],
    [{ person: known.id, reference: known.reference }, ['person']],
    [{}, ['person']],
  ];
  for (const [input, field] of cases)
    expect((await breakGlass(member, input)).userErrors).toMatchObject([{ code: 'INVALID_INPUT', field }]);
  const tries = await world.rows(sql`select 1 from broken_glass where member_id = ${member.memberId}`);
  expect(tries).toEqual([]);
});

test('the list by person, organisation, emergency and time; to others it is empty, with the first wall away too', async () => {
  const member = await worker();
  const other = await registerPerson(scene.coordinator);
  world.clock.set('2026-11-23T09:30:00.000Z');
  const { glass } = await breakGlass(member, { person: other.id, reason: 'VIOLENCE' });
  const ids = async (filter: string, as = agent) => (await read(as, filter)).nodes.map(({ id }: any) => id);
  expect(await ids(`{ person: "${other.id}" }`)).toEqual([glass.id]);
  expect(await ids(`{ organisation: "${centre.id}", since: "2026-11-23T09:30:00Z" }`)).toEqual([glass.id]);
  expect(await ids('{ reasons: [VIOLENCE], since: "2026-11-23T09:30:00Z" }')).toEqual([glass.id]);
  expect(await ids(`{ organisation: "${council.id}", person: "${other.id}" }`)).toEqual([]);
  const stranger = await (await world.organisation({ kind: 'PLIE' })).member();
  const portfolio = await worker({ roles: ['COORDINATOR'], people: 'PORTFOLIO' });
  for (const client of [stranger, portfolio]) {
    expect(await ids('{}', client)).toEqual([]);
    const viewer = await world.viewerOf(client);
    expect(await world.db.as(viewer).rows(sql`select id from broken_glass`)).toEqual([]);
    const forge = sql`insert into broken_glass (id, organisation_id, member_id, broken_by, reason, sought_by, categories, broken_at)
      values ('glass_x', ${council.id}, ${member.memberId}, 'x', 'VIOLENCE', 'ID', '{}', now())`;
    await expect(world.db.write(viewer, (tx) => tx.change(forge))).rejects.toMatchObject({ code: '42501' });
  }
}); // prettier-ignore
