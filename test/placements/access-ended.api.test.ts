import sql from 'sql-template-tag';
import type { Client, Listening } from '../kit/client.ts';
import { proposedLink, run } from '../kit/doubles.ts';
import { registerPerson } from '../kit/people.ts';
import { cddi, placed, started, toJob } from '../kit/placements.ts';
import { done, refusal, Scene } from '../kit/referrals.ts';
import { endSharing, shared } from '../kit/sharing.ts';
import { RawSocket } from '../kit/socket.ts';
import { eventually, councilOf, World, type Asking } from '../kit/world.ts';

/** A subscription to placements whose rights end while a step is on its way: the notice, then nothing. */
let world: World;
let scene: Scene;
let council: Client;
beforeAll(async () => {
  world = await World.open();
  council = await (await councilOf(world)).member();
  scene = await Scene.open(world);
});
afterAll(() => world.close());

const watch = `subscription ($person: ID) { placementUpdated(person: $person) { event { type }
  placement { id person { id identity { lastName } } } accessEnded { person subjects } } }`;
type Told = { placementUpdated: any };

const told = ({ received }: Listening<Told>) =>
  received.map(({ placementUpdated: { event, placement, accessEnded } }) =>
    accessEnded ? [event.type, accessEnded.person, accessEnded.subjects] : [event.type, placement.person?.id ?? null],
  ); // prettier-ignore
const ends = (listening: Listening<Told>) => told(listening).filter(([type]) => /access/.test(type));
const untilEnded = async (listening: Listening<Told>) => {
  while (!ends(listening).length) await listening.until(listening.received.length + 1);
};

let day = 2;
/** A step of a placement, told to whoever may see it. */
const step = (placement: string, as: Client = scene.provider) => {
  const on = `2026-11-${String(day++).padStart(2, '0')}`;
  return placed(as, 'recordEpisode', { placement, kind: 'OTHER', from: on, to: on });
};
/** Steps come in order: when the council has heard of this one, so has everybody who is to hear of those before it. */
async function silenceAfter(listening: Listening<Told>, placement: string, person: string) {
  const everybody = await world.listening<Told>(council, watch, { person });
  const before = listening.received.length;
  await step(placement);
  await everybody.until(1);
  everybody.stop();
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(listening.received.length).toBe(before);
}

test('a grant that ends takes the placement away with the person, once, though a step was on its way', async () => {
  const partner = await world.organisation({ kind: 'PLIE' });
  const adviser = await partner.member({ roles: ['COORDINATOR'] });
  const { id: person } = await registerPerson(scene.coordinator, { referent: {} });
  const { id } = await started(scene, { person });
  const grant = await shared(scene.coordinator, { person, organisation: partner.id, purpose: 'JOINT_FOLLOW_UP', categories: ['IDENTITY', 'PATHWAY'] });
  const listening = await world.listening<Told>(adviser, watch);
  await step(id);
  await listening.until(1);
  await Promise.all([step(id), endSharing(scene.coordinator, { grant: grant.id })]);
  await untilEnded(listening);
  expect(ends(listening)).toEqual([['person.access_ended', person, [id]]]);
  expect(told(listening).at(-1)?.[0]).toBe('person.access_ended');
  await silenceAfter(listening, id, person);
  listening.stop();
}); // prettier-ignore

test('records that are parted take the placement away from who saw it by their being one person', async () => {
  const registrar = await (await world.organisation({ kind: 'PLIE' })).member({ roles: ['COORDINATOR'] });
  const { newer, link } = await proposedLink(scene, registrar);
  await run(scene.coordinator, 'confirmPersonLink', { link });
  const listening = await world.listening<Told>(scene.coordinator, watch, { person: newer });
  const sent = done(await scene.refer({ person: newer, vacancy: await scene.vacancy(1) }, registrar));
  const accepted = done(await scene.move(scene.provider, 'acceptReferral', sent.id));
  const start = { referral: accepted.id, startedOn: '2026-11-02', contract: cddi };
  const { id } = await placed(scene.provider, 'startPlacement', start);
  await step(id);
  await listening.until(2);
  await Promise.all([step(id), run(scene.coordinator, 'unmergePeople', { link })]);
  await untilEnded(listening);
  expect(ends(listening)).toEqual([['person.access_ended', newer, [id]]]);
  await silenceAfter(listening, id, newer);
  listening.stop();
}); // prettier-ignore

test('an erasure leaves the placement to its parties, tells them once that its person is nobody, and nothing after', async () => {
  const { id: person, reference } = await registerPerson(scene.coordinator);
  const { id: placement } = await started(scene, { person });
  const listening = await world.listening<Told>(scene.provider, watch, { person });
  await placed(scene.provider, 'endPlacement', { placement, endedOn: '2026-11-20', outcome: toJob });
  await listening.until(1);
  const erasing = council.run('erasePerson', 'PersonErasure', { person, reason: 'MISTAKE', confirm: reference }, 'erasure { id }');
  const correcting = { placement, outcome: { ...toJob, weeklyHours: 30 }, reason: 'AFTER_CHECK' };
  const [erased] = await Promise.all([erasing, scene.provider.run('correctPlacement', 'PlacementCorrection', correcting, '__typename')]);
  expect(refusal(erased)).toBeNull();
  await untilEnded(listening);
  expect(ends(listening)).toEqual([['person.access_ended', person, []]]);
  expect(told(listening).at(-1)?.[0]).toBe('person.access_ended');
  listening.stop();
}); // prettier-ignore

describe('with the rights it was opened with a socket goes, and no step on its way is told', () => {
  const received = ({ received: all }: RawSocket) =>
    all
      .filter(({ id, type }) => id === 'live' && type === 'next')
      .map(({ payload }) => payload.data.placementUpdated.event.type);

  async function following(client: Client): Promise<RawSocket> {
    const socket = await RawSocket.as(client);
    socket.subscribe('live', watch);
    socket.subscribe('after', '{ __typename }');
    await socket.answer('after');
    return socket;
  }

  async function closes(client: Client, taking: () => Promise<{ userErrors: unknown[] }>) {
    const { id } = await started(scene);
    const socket = await following(client);
    await step(id);
    const steps = () => received(socket).filter((type) => type === 'placement.episode_recorded');
    await eventually(() => steps().length === 1); // what began it may still be told before
    const taken = await taking();
    expect(taken.userErrors).toEqual([]);
    await step(id);
    expect(await socket.closed).toBe(4403);
    expect(steps()).toHaveLength(1);
  }

  const manager = () => scene.receiver.member();
  const update = (by: Client, { memberId: member }: Asking, change: object) =>
    by.run('updateMember', 'MemberUpdate', { member, ...change }, 'member { id }');

  test('of a member whose role is reduced, or who is to see nobody any more', async () => {
    const by = await manager();
    const reduced = await scene.receiver.member({ roles: ['PROVIDER'] });
    await closes(reduced, () => update(by, reduced, { roles: ['READER'] }));
    const blinded = await scene.receiver.member({ roles: ['PROVIDER'] });
    await closes(blinded, () => update(by, blinded, { people: 'NONE' }));
  });

  test('of a tool whose key is revoked', async () => {
    const by = await manager();
    const tool = await scene.receiver.tool(['referrals:read', 'people:read'], by.memberId);
    const [{ id: client }] = await world.rows<any>(
      sql`select id from api_client where acting_member_id = ${by.memberId}`,
    );
    await closes(tool, () =>
      by.run('revokeApiClient', 'ApiClientRevocation', { client }, 'apiClient { id }'),
    );
  });
});
