import sql from 'sql-template-tag';
import type { Client } from '../kit/client.ts';
import { counts, proposedLink, registering, run, somebody, sweep } from '../kit/doubles.ts';
import { registerPerson } from '../kit/people.ts';
import type { Scene } from '../kit/referrals.ts';
import type { Partner, World } from '../kit/world.ts';

/** Who decides whether two records are one person, what a yes opens and joins, and what a no or a regret gives back. */

let world: World;
let scene: Scene;
let council: Client;
let partner: Partner;
let registrar: Client;

beforeAll(async () => {
  ({ world, scene, council, partner, registrar } = await registering());
});
afterAll(() => world.close());

const codes = (payload: any) => payload.userErrors.map(({ code }: any) => code);
const waiting = (of = scene) => proposedLink(of, registrar);
const see = async (client: Client, id: string) =>
  (
    await client.get(
      `query ($id: ID!) { person(id: $id) { id identity { lastName } contact { phone } profile { skills } needs { totalCount }
        links { id } disclosure { category visible why } } }`,
      { id },
    )
  ).person;
const open = (person: any) => person?.disclosure.filter((each: any) => each.visible).map((each: any) => each.category + ' ' + each.why) ?? []; // prettier-ignore
const events = async (link: string) =>
  world.rows(sql`select type, audience from event where subject_id = ${link} order by pos`);
const list = async (client: Client, filter: object) =>
  (await client.get('query ($filter: PersonLinkFilter) { personLinks(filter: $filter) { totalCount nodes { id } } }', { filter })).personLinks; // prettier-ignore

describe('while a link waits', () => {
  test('the referent of the record that was there reads both names, and nothing more of the other', async () => {
    const { older, newer, link } = await waiting();
    const { personLink } = await scene.coordinator.get(
      `query ($link: ID!) { personLink(id: $link) { id state ground decidedAt version
        person { id identity { lastName birthDate } contact { phone } profile { skills } needs { totalCount } referent { since } numbers { passIae } }
        into { id } history { move fromState toState reason actorKind organisationId } } }`,
      { link },
    );
    expect(personLink).toMatchObject({
      ...{ id: link, state: 'PROPOSED', ground: 'NAME_AND_BIRTH_DATE', decidedAt: null, into: { id: older } },
      person: { id: newer, identity: { lastName: expect.stringContaining('Kerdoncuff') } },
      history: [{ move: 'PROPOSE', fromState: null, toState: 'PROPOSED', reason: null, actorKind: 'HUB', organisationId: null }],
    });
    const { contact, profile, needs, referent, numbers } = personLink.person;
    expect([contact, profile, needs, referent, numbers]).toEqual([null, null, null, null, null]);
    expect(open(await see(scene.coordinator, newer))).toEqual(['CORE LINK', 'IDENTITY LINK']);
    expect(await events(link)).toEqual([{ type: 'person.link_proposed', audience: [scene.sender.id] }]);
    expect((await list(scene.coordinator, { toDecide: true })).nodes[0]).toEqual({ id: link });
    expect((await see(scene.coordinator, older)).links).toEqual([{ id: link }]);
    // reading a name to decide is not following: nothing of the record is written, nobody referred
    const written = await scene.coordinator.run('updatePerson', 'PersonUpdate', { person: newer, soughtKind: 'JOB' }, 'person { id }'); // prettier-ignore
    expect(codes(written)).toEqual(['NOT_ALLOWED']);
  }); // prettier-ignore

  test('the council sees it and does not decide it where there is a referent; it decides where there is none', async () => {
    const { link } = await waiting();
    expect((await list(council, { states: ['PROPOSED'] })).nodes).toContainEqual({ id: link });
    expect(codes(await run(council, 'confirmPersonLink', { link }))).toEqual(['NOT_ALLOWED']);
    const identity = somebody();
    const older = await registerPerson(scene.coordinator, { identity });
    const newer = await registerPerson(registrar, { identity });
    await sweep(world);
    const [mine] = (await list(council, { person: newer.id, toDecide: true })).nodes;
    expect(await list(scene.coordinator, { person: older.id })).toEqual({ totalCount: 0, nodes: [] });
    expect(codes(await run(council, 'confirmPersonLink', { link: mine.id }))).toEqual([]);
  });

  test('who registered both sees it, and may join them by hand', async () => {
    const identity = somebody();
    const [older, newer] = [await registerPerson(registrar, { identity }), await registerPerson(registrar, { identity })]; // prettier-ignore
    await sweep(world);
    const { nodes } = await list(registrar, { person: newer.id });
    expect(nodes).toHaveLength(1);
    expect(codes(await run(registrar, 'confirmPersonLink', { link: nodes[0].id }))).toEqual(['NOT_ALLOWED']);
    const { personLink, userErrors } = await run(registrar, 'mergePeople', {
      person: older.id,
      into: newer.id,
    });
    expect([userErrors, personLink.id, personLink.state]).toEqual([[], nodes[0].id, 'CONFIRMED']);
  });

  test('a new referent decides instead of the former', async () => {
    const { older, newer, link } = await waiting();
    const other = await world.organisation({ kind: 'ASSOCIATION' });
    const next = await other.member({ roles: ['COORDINATOR'] });
    const input = { person: older, organisation: other.id, legalBasis: 'PUBLIC_INTEREST' };
    await council.run('assignReferent', 'ReferentAssignment', input, 'person { id }');
    expect(await see(scene.coordinator, newer)).toBeNull();
    expect(codes(await run(scene.coordinator, 'confirmPersonLink', { link }))).toEqual(['NOT_FOUND']);
    expect(open(await see(next, newer))).toEqual(['CORE LINK', 'IDENTITY LINK']);
    expect(codes(await run(next, 'confirmPersonLink', { link }))).toEqual([]);
  });
});

describe('a yes', () => {
  test('joins the records: the referent sees the other one, who registered it sees what it saw', async () => {
    const { older, newer, link } = await waiting();
    const before = await see(registrar, newer);
    const { personLink, userErrors } = await run(scene.coordinator, 'confirmPersonLink', { link, version: 1 });
    expect(userErrors).toEqual([]);
    expect(personLink).toMatchObject({ state: 'CONFIRMED', version: 2, decidedAt: world.clock.now() });
    expect(personLink.history[1]).toMatchObject({ move: 'CONFIRM', reason: 'PAPERS_SEEN', organisationId: scene.sender.id }); // prettier-ignore
    expect(await counts(world, older, newer)).toEqual([[older, older], [older, older]]); // prettier-ignore
    expect(open(await see(scene.coordinator, newer))).toEqual(
      ['CORE', 'IDENTITY', 'CONTACT', 'NEEDS', 'PROFILE', 'PATHWAY'].map((each) => `${each} SAME_PERSON`),
    );
    expect(await see(registrar, newer)).toEqual(before);
    expect(await see(registrar, older)).toBeNull();
    expect((await events(link)).at(-1)).toEqual({ type: 'person.link_confirmed', audience: [scene.sender.id] });
  }); // prettier-ignore

  test('of a record that a social partner registered opens no need and no pathway', async () => {
    const social = await world.organisation({ kind: 'ASSOCIATION' });
    await world.db.write(world.hub, (tx) =>
      tx.change(sql`update organisation set sensitive = true where id = ${social.id}`, 1),
    );
    const identity = somebody();
    await registerPerson(scene.coordinator, { identity, referent: {} });
    const theirs = await registerPerson(await social.member({ roles: ['COORDINATOR'] }), {
      ...{ identity, legalBasis: 'CONSENT' },
    });
    await sweep(world);
    const [{ id: link }] = (await list(scene.coordinator, { person: theirs.id })).nodes;
    await run(scene.coordinator, 'confirmPersonLink', { link });
    const narrow = ['CORE', 'IDENTITY', 'CONTACT'].map((each) => `${each} SAME_PERSON`);
    expect(open(await see(scene.coordinator, theirs.id))).toEqual(narrow);
  });

  test('is said once, of the version read, by a coordinator; two at once make one', async () => {
    const { link } = await waiting();
    const reader = await scene.sender.member({ roles: ['READER'] });
    expect(codes(await run(reader, 'confirmPersonLink', { link }))).toEqual(['NOT_ALLOWED']);
    expect(codes(await run(scene.coordinator, 'confirmPersonLink', { link, version: 9 }))).toEqual(['STALE']);
    const both = await Promise.all([
      run(scene.coordinator, 'confirmPersonLink', { link }),
      run(scene.coordinator, 'refusePersonLink', { link }),
    ]);
    expect(both.flatMap(codes)).toEqual(['WRONG_STATE']);
    const again = await run(scene.coordinator, 'confirmPersonLink', { link });
    expect([codes(again), again.personLink.id]).toEqual([['WRONG_STATE'], link]);
  });
});

test('a no closes the name again, counts each for itself, and is not asked twice', async () => {
  const { older, newer, link } = await waiting();
  const input = { link, idempotencyKey: 'no' };
  const { personLink, userErrors } = await run(scene.coordinator, 'refusePersonLink', input);
  expect([userErrors, personLink.state, personLink.person, personLink.into]).toEqual([[], 'REFUSED', null, { id: older }]); // prettier-ignore
  expect((await run(scene.coordinator, 'refusePersonLink', input)).personLink).toEqual(personLink);
  expect(await see(scene.coordinator, newer)).toBeNull();
  expect(await counts(world, older, newer)).toEqual([[older, older], [newer, newer]]); // prettier-ignore
  await registrar.run('updatePerson', 'PersonUpdate', { person: newer, identity: { birthName: 'Morel' } }, 'person { id }'); // prettier-ignore
  await sweep(world);
  expect((await list(council, { person: newer })).totalCount).toBe(1);
  expect(codes(await run(scene.coordinator, 'unmergePeople', { link }))).toEqual(['WRONG_STATE']);
});

test('a no leaves the record to be somebody else who is known', async () => {
  const identity = somebody();
  const [first, second] = [
    await registerPerson(scene.coordinator, {
      identity,
      numbers: { franceTravail: '1111111A' },
      referent: {},
    }),
    await registerPerson(scene.coordinator, {
      identity,
      numbers: { franceTravail: '2222222B' },
      referent: {},
    }),
  ];
  const { id } = await registerPerson(registrar, { identity });
  await sweep(world);
  const asked = async () => {
    const rows = await world.rows(sql`select id, into_id from person_link where person_id = ${id} and state = 'PROPOSED'`); // prettier-ignore
    return rows.map((row) => [row.into_id, row.id]);
  };
  const [[into, link]] = (await asked()) as [[string, string]];
  expect(into).toBe(first.id);
  await run(scene.coordinator, 'refusePersonLink', { link });
  expect(await counts(world, id)).toEqual([[id, second.id]]);
  await sweep(world);
  expect((await asked()).map(([person]) => person)).toEqual([second.id]);
});

describe('by hand', () => {
  const two = async (by: Client) =>
    [
      await registerPerson(by, { identity: somebody() }),
      await registerPerson(by, { identity: somebody() }),
    ].map(({ id }) => id) as [string, string];

  test('who follows both joins them, into the record they name, once', async () => {
    const [person, into] = await two(registrar);
    const { personLink, userErrors } = await run(registrar, 'mergePeople', { person, into });
    expect(userErrors).toEqual([]);
    expect(personLink).toMatchObject({ state: 'CONFIRMED', ground: 'BY_HAND', person: { id: person }, into: { id: into } }); // prettier-ignore
    expect(personLink.history).toMatchObject([
      { move: 'MERGE', fromState: null, organisationId: partner.id },
    ]);
    expect(await counts(world, person, into)).toEqual([[into, into], [into, into]]); // prettier-ignore
    for (const again of [
      { person, into },
      { person: into, into: person },
    ])
      expect(codes(await run(registrar, 'mergePeople', again))).toEqual(['WRONG_STATE']);
    expect(codes(await run(registrar, 'mergePeople', { person, into: person }))).toEqual(['INVALID_INPUT']);
    expect(codes(await run(registrar, 'mergePeople', { person, into, version: 7 }))).toEqual(['STALE']);
  });

  test('who follows one does not; nor who received it, nor a reader', async () => {
    const [person, into] = await two(registrar);
    const [theirs] = await two(scene.coordinator);
    expect(codes(await run(registrar, 'mergePeople', { person, into: theirs }))).toEqual(['NOT_FOUND']);
    const { id } = (await scene.refer({ person }, registrar)).referral;
    await scene.move(scene.provider, 'acknowledgeReferral', id);
    expect(codes(await run(scene.provider, 'mergePeople', { person, into: person }))).toEqual([
      'NOT_ALLOWED',
    ]);
    const reader = await partner.member({ roles: ['READER'] });
    expect(codes(await run(reader, 'mergePeople', { person, into }))).toEqual(['NOT_ALLOWED']);
    expect(codes(await run(council, 'mergePeople', { person: theirs, into }))).toEqual([]);
  });

  test('both ways at once: one link, no deadlock', async () => {
    const pairs = await Promise.all(Array.from({ length: 4 }, () => two(registrar)));
    const answers = await Promise.all(
      pairs.flatMap(([person, into]) => [
        run(registrar, 'mergePeople', { person, into }),
        run(registrar, 'mergePeople', { person: into, into: person }),
      ]),
    );
    expect(answers.flatMap(codes)).toEqual(Array.from({ length: 4 }, () => 'WRONG_STATE'));
    const [{ deadlocks }] = (await world.rows(
      sql`select deadlocks from pg_stat_database where datname = current_database()`,
    )) as [any];
    expect(deadlocks).toBe(0);
  });

  test('a link that waits unseen neither hinders nor shows itself to who joins its own two records', async () => {
    const { newer, link } = await waiting();
    const [other] = await two(registrar);
    const { userErrors, personLink } = await run(registrar, 'mergePeople', { person: newer, into: other });
    expect([userErrors, personLink.history]).toEqual([[], [expect.objectContaining({ move: 'MERGE' })]]);
    expect((await list(registrar, { person: newer })).totalCount).toBe(1);
    expect(codes(await run(scene.coordinator, 'confirmPersonLink', { link }))).toEqual([]);
    expect((await list(registrar, { person: newer })).totalCount).toBe(1);
    expect((await see(registrar, other)).links).toEqual([{ id: personLink.id }]);
  });
});

test('parted again, everything is as it was; what was joined through it is parted too', async () => {
  const { older, newer, link } = await waiting();
  const third = (await registerPerson(registrar, { identity: somebody() })).id;
  await run(registrar, 'mergePeople', { person: third, into: newer });
  const rights = () =>
    world.rows(sql`select person_id, organisation_id, category, reason from person_access where valid_until is null
      and person_id = any(${[older, newer, third]}) order by 1, 2, 3, 4`);
  const before = [await rights(), await counts(world, older, newer, third)];
  await run(scene.coordinator, 'confirmPersonLink', { link });
  expect(await counts(world, newer, third)).toEqual([[older, older], [older, older]]); // prettier-ignore
  expect(open(await see(scene.coordinator, third))).toContain('IDENTITY SAME_PERSON');
  const reader = await scene.sender.member({ roles: ['READER'] });
  expect(codes(await run(reader, 'unmergePeople', { link }))).toEqual(['NOT_ALLOWED']);
  const { personLink, userErrors } = await run(scene.coordinator, 'unmergePeople', { link, version: 2, reason: 'MISTAKE' }); // prettier-ignore
  expect([userErrors, personLink.state, personLink.person]).toEqual([[], 'UNLINKED', null]);
  expect(personLink.history.map(({ move, reason }: any) => `${move} ${reason}`)).toEqual([
    'PROPOSE null',
    'CONFIRM PAPERS_SEEN',
    'UNMERGE MISTAKE',
  ]);
  expect(await see(scene.coordinator, newer)).toBeNull();
  const [rightsBefore, countsBefore] = before;
  // but for the name that was open to decide
  const undecided = (rows: any) => rows.filter(({ reason }: any) => reason !== 'LINK');
  expect(await rights()).toEqual(undecided(rightsBefore));
  expect(await counts(world, older, newer, third)).toEqual([
    [older, older],
    ...[newer, newer].map((id) => [id, id]),
  ]);
  expect(countsBefore).toEqual([[older, older], [newer, older], [newer, older]]); // prettier-ignore
  expect(codes(await run(scene.coordinator, 'unmergePeople', { link }))).toEqual(['WRONG_STATE']);
});

test('a member sees and decides within the people of their own scope', async () => {
  const { link } = await waiting();
  const read = 'query ($link: ID!) { personLink(id: $link) { id } personLinks { totalCount } }';
  for (const people of ['PORTFOLIO', 'NONE', 'TERRITORY'] as const) {
    const member = await scene.sender.member({ roles: ['COORDINATOR'], people, territory: ['244400610'] });
    expect(await member.get(read, { link })).toEqual({ personLink: null, personLinks: { totalCount: 0 } });
    expect(codes(await run(member, 'confirmPersonLink', { link }))).toEqual(['NOT_FOUND']);
  }
}); // prettier-ignore
