import sql from 'sql-template-tag';
import { newId } from '../../src/kernel/ids.ts';
import { closeToEmployers } from '../../src/people/access.ts';
import type { Client } from '../kit/client.ts';
import { alsoFollowedBy, refusal, Scene } from '../kit/referrals.ts';
import { registerPerson } from '../kit/people.ts';
import { endSharing, grantSelection, openTo, share, shared } from '../kit/sharing.ts';
import { type Partner, World } from '../kit/world.ts';

/** What is shared of a person: by whom, with whom, what of it, until when. */
let world: World;
let scene: Scene;
let council: Partner;
let association: Partner;
let guest: Client & { memberId: string };
const monday = '2026-11-23T08:00:00.000Z';

beforeAll(async () => {
  world = await World.open();
  scene = await Scene.open(world);
  council = await world.organisation({ kind: 'COUNCIL' });
  association = await world.organisation({ kind: 'ASSOCIATION' });
  guest = await association.member();
});
afterEach(() => world.clock.set(monday));
afterAll(() => world.close());

const employ = (partner: Partner) =>
  world.db.write(world.hub, (tx) =>
    tx.change(sql`insert into accreditation (organisation_id, kind, from_day) values (${partner.id}, 'ACI', '2020-01-01')`, 1),
  ); // prettier-ignore
const rights = (grant: string) =>
  world.rows(sql`select organisation_id, category, reason, valid_from, valid_until from person_access
    where source_id = ${grant} order by organisation_id, category`);

test('who follows a person shares what it names, with whom, until its last day; the other reads and no more', async () => {
  const { id: person } = await registerPerson(scene.coordinator, { contact: { phone: '02 40 11 22 33' } });
  expect(await openTo(guest, person)).toBeNull();
  const grant = await shared(scene.coordinator, {
    ...{ person, organisation: association.id, until: '2026-12-31', externalReference: 'G-1' },
  });
  expect(grant).toEqual({
    id: expect.stringMatching(/^grt_/),
    ...{ state: 'RUNNING', version: 1, purpose: 'PREPARE_REFERRAL', legalBasis: 'CONSENT' },
    ...{ categories: ['CORE', 'IDENTITY', 'CONTACT'], kind: null, from: '2026-11-23', until: '2026-12-31' },
    ...{ endedOn: null, endReason: null, externalReference: 'G-1', person: { id: person } },
    ...{ organisation: { id: association.id }, organisations: [{ id: association.id }] },
    ...{ grantedBy: { id: scene.sender.id }, grantedByMember: { id: scene.coordinator.memberId } },
  });
  const open = { CORE: 'GRANT', IDENTITY: 'GRANT', CONTACT: 'GRANT' };
  expect(await openTo(guest, person)).toEqual(open);
  const asGuest = await guest.get(`query ($id: ID!) { node(id: $id) { ... on SharingGrant { ${grantSelection.slice(8, -2)} } } }`, { id: grant.id }); // prettier-ignore
  expect(asGuest.node).toEqual({ ...grant, externalReference: null, grantedByMember: null });
  world.clock.set('2026-12-31T22:59:59.000Z');
  expect(await openTo(guest, person)).toEqual(open);
  const ofThem = async (client: Client) =>
    (await client.get(`{ sharingGrants(filter: { person: "${person}" }) { totalCount } }`)).sharingGrants.totalCount;
  expect(await ofThem(guest)).toBe(1);
  world.clock.set('2026-12-31T23:00:00.000Z');
  expect(await openTo(guest, person)).toBeNull();
  // the grant stays readable without its person, who is not told by trying either
  expect([await ofThem(guest), await ofThem(scene.coordinator)]).toEqual([0, 1]);
  const [event] = await world.rows(sql`select type, audience, facts from event where subject_id = ${grant.id}`);
  expect(event.audience.sort()).toEqual([association.id, council.id, scene.sender.id].sort());
  expect(event).toMatchObject({ type: 'grant.given', facts: { purpose: 'PREPARE_REFERRAL', organisation: association.id } });
}); // prettier-ignore

test('what is granted from a later day opens on that day, and not before', async () => {
  const person = await scene.person();
  const { id, state } = await shared(scene.coordinator, {
    ...{ person, organisation: association.id, from: '2026-12-01', until: '2026-12-05' },
  });
  expect([state, await openTo(guest, person)]).toEqual(['UPCOMING', null]);
  world.clock.set('2026-11-30T23:00:00.000Z');
  expect(Object.keys((await openTo(guest, person))!)).toEqual(['CORE', 'IDENTITY', 'CONTACT']);
  world.clock.set(monday);
  expect((await endSharing(scene.coordinator, { grant: id, reason: 'MISTAKE' })).userErrors).toEqual([]);
  world.clock.set('2026-11-30T23:00:00.000Z');
  expect(await openTo(guest, person)).toBeNull();
});

test('a granted organisation writes nothing, refers nobody and shares no further, with the first wall away too', async () => {
  const person = await scene.person();
  await shared(scene.coordinator, {
    ...{ person, organisation: association.id, purpose: 'JOINT_FOLLOW_UP' },
    categories: ['IDENTITY', 'CONTACT', 'NEEDS', 'PROFILE', 'PATHWAY'],
  });
  const writes: [string, string, object, string][] = [
    ['updatePerson', 'PersonUpdate', { person, commune: '44143' }, 'person { id }'],
    ['updateProfile', 'ProfileUpdate', { person, profile: { skills: ['Soudure'] } }, 'person { id }'],
    ['recordNeed', 'NewNeed', { person, theme: 'MOBILITE' }, 'need { id }'],
    ['assignReferent', 'ReferentAssignment', { person, legalBasis: 'CONSENT' }, 'person { id }'],
    ['referPerson', 'NewReferral', { person, offer: scene.offer }, 'referral { id }'],
    ['grantSharing', 'NewSharing', { person, organisation: scene.receiver.id, categories: ['IDENTITY'],
      purpose: 'PREPARE_REFERRAL', legalBasis: 'CONSENT' }, 'grant { id }'],
    ['endSharing', 'SharingEnding', { person, organisation: association.id, reason: 'MISTAKE' }, 'person { id }'],
  ]; // prettier-ignore
  for (const [mutation, type, input, noun] of writes)
    expect([mutation, refusal(await guest.run(mutation, type, input, noun))]).toEqual([
      mutation,
      'NOT_ALLOWED',
    ]);
  const viewer = await world.viewerOf(guest);
  for (const statement of [
    sql`update person set sought_kind = 'JOB' where id = ${person}`,
    sql`update sharing_grant set end_reason = 'MISTAKE', ended_at = now() where person_id = ${person}`,
  ])
    expect(await world.db.write(viewer, (tx) => tx.change(statement))).toBe(0);
  await expect(
    world.db.write(viewer, (tx) =>
      tx.change(sql`insert into need (id, person_id, theme, opened_on, recorded_by, created_at, updated_at)
        values (${newId('Need')}, ${person}, 'MOBILITE', '2026-11-23', ${association.id}, ${tx.now}, ${tx.now})`),
    ),
  ).rejects.toMatchObject({ code: '42501' });
});

test('the pathway opens to another follower with the person’s referrals; an employer never reads it', async () => {
  const person = await scene.person();
  const referral = await scene.sent({ person });
  const mission = await world.organisation({ kind: 'EMPLOYMENT_SERVICE' });
  const adviser = await mission.member({ roles: ['COORDINATOR'] });
  const joint = {
    person,
    purpose: 'JOINT_FOLLOW_UP',
    categories: ['PATHWAY'],
    legalBasis: 'PUBLIC_INTEREST',
  };
  await shared(scene.coordinator, { ...joint, organisation: mission.id });
  const { referrals } = await adviser.get('{ referrals { nodes { id } } }');
  expect(referrals.nodes).toEqual([{ id: referral.id }]);
  const refused = await share(scene.coordinator, { ...joint, organisation: scene.receiver.id, legalBasis: 'CONSENT' }); // prettier-ignore
  expect(refused.userErrors).toMatchObject([{ code: 'INVALID_INPUT', field: ['categories', '0'] }]);
});

test('nobody shares what it does not see itself, nor of whom it does not follow', async () => {
  const enterprise = await world.organisation({ kind: 'INSERTION_ENTERPRISE' });
  const employer = await enterprise.member({ roles: ['COORDINATOR'] });
  const { id: person } = await registerPerson(employer, { legalBasis: 'CONSENT' });
  const plie = { person, organisation: scene.sender.id };
  const entitlements = { ...plie, purpose: 'JOINT_FOLLOW_UP', categories: ['ENTITLEMENTS'] };
  expect(refusal(await share(employer, entitlements))).toBe('NOT_ALLOWED');
  expect(refusal(await share(guest, plie))).toBe('NOT_FOUND');
  expect(refusal(await share(await enterprise.member({ roles: ['READER'] }), plie))).toBe('NOT_ALLOWED');
  const elsewhere = await enterprise.member({ roles: ['COORDINATOR'], people: 'PORTFOLIO' });
  expect(refusal(await share(elsewhere, plie))).toBe('NOT_FOUND');
  const { grant } = await share(employer, plie);
  expect(grant.state).toBe('RUNNING');
});

test.each([
  ['an insertion enterprise', { kind: 'INSERTION_ENTERPRISE' }, ['HEALTH'], 'HEALTH_PATHWAY', ['0']],
  ['a company', { kind: 'COMPANY' }, ['IDENTITY', 'ENTITLEMENTS'], 'RIGHTS', ['1']],
  ['a service of the State', { kind: 'STATE_SERVICE', remit: 'EMPLOYMENT' }, ['JUSTICE'], 'LEAVING_PRISON', ['0']],
  ['a town hall', { kind: 'COMMUNE' }, ['HEALTH'], 'HEALTH_PATHWAY', ['0']],
  ['a benefits fund', { kind: 'BENEFITS_FUND' }, ['CORE'], 'RIGHTS', ['0']],
] as const)('what the law closes to %s no grant opens', async (_, of, categories, purpose, at) => {
  const { id: organisation } = await world.organisation(of);
  const input = { person: await scene.person(), organisation, categories, purpose, legalBasis: 'PUBLIC_INTEREST' };
  const { grant, userErrors } = await share(scene.coordinator, input);
  expect([grant, userErrors]).toMatchObject([null, [{ code: 'CLOSED_BY_LAW', field: ['categories', ...at] }]]);
}); // prettier-ignore

test('the ground must hold for who reads: consent where they could say no, else a mission or the council’s delegation', async () => {
  const person = await scene.person();
  await alsoFollowedBy(council, person);
  const agent = await council.member({ roles: ['COORDINATOR'] });
  const mission = await world.organisation({ kind: 'EMPLOYMENT_SERVICE' });
  const by = async (as: Client, organisation: string, legalBasis: string) => {
    const { userErrors } = await share(as, { person, organisation, legalBasis, purpose: 'MOBILITY' });
    return userErrors[0]?.field ?? null;
  };
  expect(await by(scene.coordinator, mission.id, 'CONSENT')).toEqual(['legalBasis']);
  expect(await by(scene.coordinator, mission.id, 'PUBLIC_INTEREST')).toBeNull();
  expect(await by(scene.coordinator, association.id, 'PUBLIC_INTEREST')).toEqual(['legalBasis']);
  expect(await by(agent, association.id, 'PUBLIC_INTEREST')).toBeNull();
});

test('bad input names its field', async () => {
  const person = await scene.person();
  const to = { person, organisation: association.id };
  const cases: [object, string[]][] = [
    [{ person }, ['organisation']],
    [{ ...to, organisationKind: 'PLIE' }, ['organisation']],
    [{ person, organisation: scene.sender.id }, ['organisation']],
    [{ ...to, member: scene.coordinator.memberId }, ['member']],
    [{ person, organisationKind: 'ASSOCIATION', member: guest.memberId }, ['member']],
    [{ ...to, categories: ['NEEDS', 'ENTITLEMENTS'] }, ['categories', '1']],
    [{ ...to, from: '2026-11-22' }, ['from']],
    [{ ...to, until: '2027-11-24' }, ['until']],
    [{ ...to, externalReference: '1 85 05 78 006 084 91' }, ['externalReference']],
  ];
  for (const [input, field] of cases)
    expect((await share(scene.coordinator, input)).userErrors).toMatchObject([{ field }]);
  const { userErrors } = await share(await council.member(), to);
  expect(userErrors).toMatchObject([{ code: 'NOT_FOUND', field: ['person'] }]);
});

test('one grant for one purpose at a time, however many ask at once; the same key gives the same grant', async () => {
  const person = await scene.person();
  const input = { person, organisation: association.id };
  const both = await Promise.all([share(scene.coordinator, input), share(scene.coordinator, input)]);
  expect(both.map(refusal).sort()).toEqual(['ALREADY_EXISTS', null]);
  const keyed = { ...input, purpose: 'HOUSING', idempotencyKey: 'grant-once' };
  const [once, twice] = [await shared(scene.coordinator, keyed), await shared(scene.coordinator, keyed)];
  expect(twice).toEqual(once);
  const numbered = (purpose: string) => share(scene.coordinator, { ...input, purpose, externalReference: 'G-2' });
  expect(refusal(await numbered('RIGHTS'))).toBeNull();
  expect(refusal(await numbered('MOBILITY'))).toBe('ALREADY_EXISTS');
}); // prettier-ignore

test('a member of another organisation is named to take the person into their portfolio', async () => {
  const person = await scene.person();
  const [worker, other] = [await association.member({ people: 'PORTFOLIO' }), await association.member({ people: 'PORTFOLIO' })]; // prettier-ignore
  await shared(scene.coordinator, { person, organisation: association.id, member: worker.memberId });
  expect(await openTo(worker, person)).not.toBeNull();
  expect(await openTo(other, person)).toBeNull();
});

describe('to a whole kind', () => {
  test('it is given to those there are, each with its rights; who joins later is not in it', async () => {
    const person = await scene.person();
    const before = (await world.rows(sql`select id from organisation where kind = 'ASSOCIATION' order by id`)).map(({ id }) => id); // prettier-ignore
    const grant = await shared(scene.coordinator, { person, organisationKind: 'ASSOCIATION' });
    expect(grant).toMatchObject({ kind: 'ASSOCIATION', organisation: null });
    expect(grant.organisations.map(({ id }: any) => id)).toEqual(before);
    expect(await rights(grant.id)).toHaveLength(before.length * 3);
    const late = await (await world.organisation({ kind: 'ASSOCIATION' })).member();
    expect([await openTo(guest, person), await openTo(late, person)]).toEqual([expect.anything(), null]);
    // who is named with others reads itself alone, and cannot try others by a filter
    const other = before.find((id: string) => id !== association.id) ?? scene.receiver.id;
    const seen = await guest.get(`query ($person: ID!, $other: ID!) {
      mine: sharingGrants(filter: { person: $person }) { nodes { organisations { id } } }
      others: sharingGrants(filter: { organisation: $other }) { totalCount } }`, { person, other }); // prettier-ignore
    expect(seen).toEqual({
      mine: { nodes: [{ organisations: [{ id: association.id }] }] },
      others: { totalCount: 0 },
    });
  });

  test('it is refused as soon as one category is closed to one of them, or to the kind', async () => {
    const person = await scene.person();
    const justice = { person, purpose: 'LEAVING_PRISON', categories: ['JUSTICE'] };
    const toKind = async (organisationKind: string, legalBasis = 'CONSENT') =>
      refusal(await share(scene.coordinator, { ...justice, organisationKind, legalBasis }));
    expect(await toKind('ASSOCIATION')).toBeNull();
    await employ(await world.organisation({ kind: 'ASSOCIATION' }));
    const again = { ...justice, person: await scene.person() };
    expect(refusal(await share(scene.coordinator, { ...again, organisationKind: 'ASSOCIATION' }))).toBe(
      'CLOSED_BY_LAW',
    );
    await world.organisation({ kind: 'COMMUNE', remit: 'CCAS' });
    expect(await toKind('COMMUNE', 'PUBLIC_INTEREST')).toBe('CLOSED_BY_LAW');
    expect(await toKind('COMPANY')).toBe('CLOSED_BY_LAW');
    expect(await toKind('COUNCIL_SERVICE', 'PUBLIC_INTEREST')).toBe('INVALID_INPUT');
  });

  test('one that becomes an employer meanwhile loses what the law closes to employers, and the pathway', async () => {
    const person = await scene.person();
    const centre = await world.organisation({ kind: 'ASSOCIATION' });
    const carer = await centre.member();
    const categories = ['IDENTITY', 'JUSTICE', 'PATHWAY'];
    await shared(scene.coordinator, {
      person,
      purpose: 'JOINT_FOLLOW_UP',
      categories,
      organisation: centre.id,
    });
    expect(Object.keys((await openTo(carer, person))!)).toEqual(['CORE', 'IDENTITY', 'PATHWAY', 'JUSTICE']);
    await world.db.write(world.hub, (tx) => closeToEmployers(tx, [centre.id]));
    expect(await openTo(carer, person)).toEqual({ CORE: 'GRANT', IDENTITY: 'GRANT' });
  });

  test('more than a hundred of a kind are not named at once', async () => {
    await world.db.write(world.hub, (tx) =>
      tx.change(sql`insert into organisation (id, kind, name, created_at, updated_at)
        select 'org_many' || n, 'COMPANY', 'Company ' || n, ${tx.now}, ${tx.now} from generate_series(1, 101) n`),
    );
    const { userErrors } = await share(scene.coordinator, { person: await scene.person(), organisationKind: 'COMPANY' }); // prettier-ignore
    expect(userErrors).toMatchObject([{ code: 'INVALID_INPUT', field: ['organisationKind'] }]);
  });
});

describe('lists', () => {
  test('by person, organisation, state and last day; each sees what it gave, received or follows', async () => {
    const plie = await world.organisation({ kind: 'PLIE' });
    const coordinator = await plie.member({ roles: ['COORDINATOR'] });
    const [one, two] = [await world.organisation(), await world.organisation()];
    const [first, reader] = [await one.member(), await two.member()];
    const { id: person } = await registerPerson(coordinator);
    const { id: other } = await registerPerson(coordinator);
    const to = (over: object) => shared(coordinator, { person, organisation: one.id, ...over });
    const a = await to({ until: '2026-11-30' });
    const b = await to({ purpose: 'HOUSING', from: '2027-01-01', until: '2027-01-31' });
    const c = await to({ purpose: 'RIGHTS', organisation: two.id });
    const d = await to({ person: other, until: '2026-12-15' });
    await endSharing(coordinator, { grant: c.id });
    const names: Record<string, string> = { [a.id]: 'a', [b.id]: 'b', [c.id]: 'c', [d.id]: 'd' };
    const list = async (client: Client, asked: string) => {
      const { list: found } = await client.get(`{ list: sharingGrants${asked} { totalCount nodes { id } } }`);
      expect(found.totalCount).toBe(found.nodes.length);
      return found.nodes.map(({ id }: any) => names[id]).join('');
    };
    expect(await list(coordinator, '')).toBe('dcba');
    expect(await list(coordinator, '(orderBy: ENDING)')).toBe('adbc');
    const filters: [string, string][] = [
      [`person: "${person}"`, 'cba'],
      [`organisation: "${two.id}"`, 'c'],
      ['state: RUNNING', 'da'],
      ['state: UPCOMING', 'b'],
      ['state: ENDED', 'c'],
      ['endingBefore: "2026-12-15"', 'a'],
      ['endingBefore: "2027-02-01"', 'dba'],
    ];
    for (const [filter, expected] of filters)
      expect([filter, await list(coordinator, `(filter: { ${filter} })`)]).toEqual([filter, expected]);
    expect([await list(first, ''), await list(reader, ''), await list(guest, `(filter: { person: "${person}" })`)]).toEqual(['dba', 'c', '']);
    expect(await list(await one.member({ people: 'NONE' }), '')).toBe('');
    const ofPerson = 'query ($id: ID!) { person(id: $id) { sharingGrants { totalCount nodes { id } } } }';
    const edge = async (client: Client) => (await client.get(ofPerson, { id: person })).person?.sharingGrants.totalCount ?? null;
    const agent = await council.member();
    expect([await edge(coordinator), await edge(first), await edge(reader), await edge(agent)]).toEqual([3, 2, null, 3]);
    // the row stays for life, without the person
    const kept = await reader.get('query ($id: ID!) { node(id: $id) { ... on SharingGrant { state endReason person { id } } } }', { id: c.id });
    expect(kept.node).toEqual({ state: 'ENDED', endReason: 'NO_LONGER_NEEDED', person: null });
  }); // prettier-ignore
});
