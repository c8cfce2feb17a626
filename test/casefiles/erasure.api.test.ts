import sql from 'sql-template-tag';
import { foundIn, knownPerson, secrets, type KnownPerson } from '../kit/casefiles.ts';
import type { Client } from '../kit/client.ts';
import { registerPerson } from '../kit/people.ts';
import { started } from '../kit/placements.ts';
import { refusal, Scene } from '../kit/referrals.ts';
import { councilOf, settled, World } from '../kit/world.ts';

/** A person erased: nobody can tell any more who it was, everybody who had known is told, and the figures stay. */
let world: World;
let scene: Scene;
let council: Client & { memberId: string };
let known: KnownPerson;

const erasing = (person: string, confirm: string, as: Client = council, reason = 'PERSON_REQUEST') =>
  as.run('erasePerson', 'PersonErasure', { person, reason, confirm }, 'erasure { id at reason }');
const figures = () =>
  world.rows(sql`select person.epci_code, person.sought_kind, referral.state, placement.started_on, outcome.kind,
      need.theme from referral join person on person.id = referral.person_id
    left join placement on placement.referral_id = referral.id left join outcome on outcome.placement_id = placement.id
    left join need on need.person_id = person.id where referral.state = 'CLOSED'`);

beforeAll(async () => {
  world = await World.open();
  council = await (await councilOf(world)).member();
  scene = await Scene.open(world);
  known = await knownPerson(scene);
});
afterAll(() => world.close());

test('neither the referent, nor a reader, nor a tool, nor a stranger erases; a wrong reference does not either', async () => {
  const reader = await (await councilOf(world)).member({ roles: ['READER'] });
  const tool = await (await councilOf(world)).tool(['people:read', 'people:write'], council.memberId);
  const stranger = await (await world.organisation({ kind: 'PLIE' })).member();
  const { id, reference } = known;
  expect(refusal(await erasing(id, reference, scene.coordinator))).toBe('NOT_ALLOWED');
  expect(refusal(await erasing(id, reference, scene.provider))).toBe('NOT_ALLOWED');
  expect(refusal(await erasing(id, reference, reader))).toBe('NOT_ALLOWED');
  expect(refusal(await erasing(id, reference, tool))).toBe('NOT_ALLOWED');
  expect(refusal(await erasing(id, reference, stranger))).toBe('NOT_FOUND');
  const mistyped = await erasing(id, 'P-000000');
  expect(mistyped.userErrors[0]).toMatchObject({ code: 'INVALID_INPUT', field: ['confirm'] });
  expect((await foundIn(world.server.database, secrets)).length).toBeGreaterThanOrEqual(secrets.length);
});

test('while a placement runs its contract needs the identity: nothing is erased', async () => {
  const { id, reference } = await registerPerson(scene.coordinator);
  await started(scene, { person: id });
  expect(refusal(await erasing(id, reference))).toBe('WRONG_STATE');
});

test('erased, a person is nowhere in the database, and what they did still counts', async () => {
  const before = await figures();
  expect(before.length).toBeGreaterThan(0);
  const open = `subscription ($p: ID) { referralUpdated(person: $p) { event { type } referral { id state reason person { id } } } }`;
  const live = await world.listening(scene.coordinator, open, { p: known.id });
  const { erasure, userErrors } = await erasing(known.id, known.reference);
  expect([userErrors, erasure]).toEqual([
    [],
    { id: known.id, at: world.clock.now(), reason: 'PERSON_REQUEST' },
  ]);
  expect(await foundIn(world.server.database, [...secrets, known.reference])).toEqual([]);
  expect(await figures()).toEqual(before);
  const [person] = await world.rows(sql`select birth_year, commune_code, erased_at is not null as erased
    from person where id = ${known.id}`);
  expect(person).toEqual({ birth_year: 1992, commune_code: null, erased: true });
  expect(await world.rows(sql`select kind from episode`)).toEqual([{ kind: 'OTHER' }]);
  expect(await world.rows(sql`select 1 from episode_leave union all select 1 from attendance`)).toEqual([]);
  const [last] = (await live.until(1)).slice(-1);
  expect(last.referralUpdated).toMatchObject({
    event: { type: 'referral.withdrawn' },
    referral: { id: known.open, state: 'WITHDRAWN', reason: 'PERSON_ERASED', person: null },
  });
});

test('nobody finds the person again, by any path, whoever asks', async () => {
  const ask = `query ($id: ID!, $referral: ID!, $ref: String!) { person(id: $id) { id } node(id: $id) { id }
    mine: person(externalReference: "PLIE-4711") { id } people(filter: { text: $ref }) { totalCount }
    referral(id: $referral) { state person { id } notes { text } } }`;
  const variables = { id: known.id, referral: known.open, ref: known.reference };
  for (const client of [council, scene.coordinator, scene.provider])
    expect(await client.get(ask, variables)).toMatchObject({
      ...{ person: null, node: null, mine: null, people: { totalCount: 0 } },
      ...(client === council ? {} : { referral: { state: 'WITHDRAWN', person: null, notes: [] } }),
    });
  for (const [mutation, type, input] of [
    ['updatePerson', 'PersonUpdate', { person: known.id, contact: {} }],
    ['recordNeed', 'NewNeed', { person: known.id, theme: 'MOBILITE' }],
    ['erasePerson', 'PersonErasure', { person: known.id, reason: 'MISTAKE', confirm: known.reference }],
  ] as const)
    expect(refusal(await council.run(mutation, type, input, '__typename'))).toBe('NOT_FOUND');
  const note = { category: 'OTHER', text: 'Quemeneur a rappelé' };
  expect(refusal(await scene.move(scene.coordinator, 'addReferralNote', known.open, note))).toBe(
    'WRONG_STATE',
  );
});

test('every organisation that had ever received data is told, and reads whom to erase on its side', async () => {
  const stranger = await (await world.organisation({ kind: 'PLIE' })).member();
  const list = '{ erasures { totalCount nodes { id reason } } }';
  expect((await council.get(list)).erasures.nodes).toEqual([{ id: known.id, reason: 'PERSON_REQUEST' }]);
  expect((await scene.provider.get(list)).erasures.nodes).toEqual([{ id: known.id, reason: null }]);
  expect((await scene.coordinator.get(list)).erasures.totalCount).toBe(1);
  expect((await stranger.get(list)).erasures).toEqual({ totalCount: 0, nodes: [] });
  const [event] = await world.rows<any>(sql`select audience, facts from event where type = 'person.erased'`);
  expect(event.facts).toEqual({});
  expect(event.audience.sort()).toEqual(
    [scene.sender.id, scene.receiver.id, (await councilOf(world)).id].sort(),
  );
  await settled(world);
  const after = world.server.hub.feed.seal.seal({ tx: 0n, pos: 0n });
  const poll = `query ($after: String) { events(after: $after, types: "person.erased") { nodes { subject { id } } } }`;
  const heard = async (client: Client) => (await client.get(poll, { after })).events.nodes;
  const told = [{ subject: { id: known.id } }];
  expect([await heard(scene.provider), await heard(scene.coordinator), await heard(stranger)]).toEqual([
    told,
    told,
    [],
  ]);
  expect(await heard(await scene.receiver.tool(['events:read', 'referrals:read']))).toEqual([]);
});

test('what expired cannot be accepted late once its person is erased', async () => {
  const { id, reference } = await registerPerson(scene.coordinator);
  const referral = await scene.sent({ person: id, vacancy: await scene.vacancy(1) });
  await world.db.write(world.hub, (tx) =>
    tx.change(sql`update referral set state = 'EXPIRED', closed_at = ${tx.now} where id = ${referral.id}`, 1),
  );
  expect(refusal(await erasing(id, reference))).toBeNull();
  expect(refusal(await scene.move(scene.provider, 'acceptReferral', referral.id))).toBe('WRONG_STATE');
});

test('an accepted referral gives its place back, and parties that cannot see each other are both told', async () => {
  const other = await Scene.open(world);
  const { id, reference } = await registerPerson(scene.coordinator);
  const vacancy = await scene.vacancy(1);
  const referrals = [
    await scene.accepted({ person: id, vacancy }),
    await scene.sent({ person: id, offer: other.offer }),
  ];
  expect(refusal(await erasing(id, reference))).toBeNull();
  const read = `query ($id: ID!) { referral(id: $id) { state reason history { move reason } } }`;
  const [accepted, sent] = [
    (await scene.provider.get(read, { id: referrals[0]!.id })).referral,
    (await other.provider.get(read, { id: referrals[1]!.id })).referral,
  ];
  expect([accepted.state, accepted.reason, sent.state, sent.reason]).toEqual([
    ...['CANCELLED', 'PERSON_ERASED', 'WITHDRAWN', 'PERSON_ERASED'],
  ]);
  const { vacancy: free } = await scene.provider.get(`query ($id: ID!) { vacancy(id: $id) { held free } }`, {
    id: vacancy,
  });
  expect(free).toEqual({ held: 0, free: 1 });
});

test('erased while it is accepted, referred or erased: one of the two, and never a name left', async () => {
  for (let round = 0; round < 3; round++) {
    const identity = { lastName: `Rohan${round}`, firstName: 'Perrine' };
    const { id, reference } = await registerPerson(scene.coordinator, { identity });
    const referral = await scene.sent({ person: id, vacancy: await scene.vacancy(1) });
    const [once, twice] = await Promise.all([
      erasing(id, reference),
      erasing(id, reference),
      scene.move(scene.provider, 'acceptReferral', referral.id),
      scene.refer({ person: id, vacancy: await scene.vacancy(1) }),
    ]);
    expect([refusal(once), refusal(twice)].sort()).toEqual(['NOT_FOUND', null].sort());
    const rows = await world.rows(
      sql`select state from referral where person_id = ${id} and state not in ('WITHDRAWN', 'CANCELLED')`,
    );
    expect(rows).toEqual([]);
    expect(await foundIn(world.server.database, [`Rohan${round}`])).toEqual([]);
  }
});

test('the hub’s role cannot empty a record without its tombstone', async () => {
  const { id } = await registerPerson(scene.coordinator);
  const erase = world.db.write(world.hub, (tx) => tx.rows(sql`select app.erase_person(${id}, 'P-XXXXXX')`));
  await expect(erase).rejects.toThrow('tombstone');
});
