import sql from 'sql-template-tag';
import { faults } from '../kit/client.ts';
import { agreed, alsoFollowedBy, done, Scene, vacancyOf } from '../kit/referrals.ts';
import { offerInTables, storedVacancy } from '../kit/vacancies.ts';
import { World } from '../kit/world.ts';

/** Two acceptances of one person by exclusive offers: the sender chooses, and the one left out is not told for what. */
let world: World;
let scene: Scene;
let elsewhere: Scene;

beforeAll(async () => {
  world = await World.open();
  scene = await Scene.open(world);
  elsewhere = await Scene.open(world);
});
afterAll(() => world.close());

const choose = (keep: string, more: object = {}, as: any = scene.coordinator) =>
  as.run('chooseAcceptance', 'AcceptanceChoice', { keep, ...more }, 'referral { id state }');
const toChoose = async (as: any = scene.coordinator) => {
  const { peopleToChooseFor: list } = await as.get(
    '{ peopleToChooseFor(first: 50) { totalCount nodes { id acceptancesToChoose { id receiver { id } } } } }',
  );
  expect(list.totalCount).toBe(list.nodes.length);
  return new Map<string, any[]>(
    list.nodes.map(({ id, acceptancesToChoose }: any) => [id, acceptancesToChoose]),
  );
};
const stateOf = async (id: string, as: any = scene.coordinator) =>
  (await as.get('query ($id: ID!) { referral(id: $id) { state reason history { move reason } } }', { id }))
    .referral;

/** A person of the sender, accepted by both enterprises; neither sees the other's referral. */
async function acceptedTwice(over: { offer?: string } = {}) {
  const person = await scene.person();
  const vacancy = await scene.vacancy(1);
  const here = await scene.accepted({ person, vacancy });
  const there = await vacancyOf(elsewhere.receiver, over.offer ?? elsewhere.offer, 1);
  const sent = done(await scene.refer({ person, vacancy: there, personAgreement: agreed }));
  const other = done(await elsewhere.move(elsewhere.provider, 'acceptReferral', sent.id));
  return { person, here: here.id as string, other: other.id as string, vacancy, there };
}

test('the choice stands on the sender’s list with both acceptances, and on nobody else’s', async () => {
  const { person, here, other } = await acceptedTwice();
  const once = await scene.accepted({ vacancy: await scene.vacancy(1) });
  const free = await acceptedTwice({ offer: await offerInTables(elsewhere.receiver, { exclusive: false }) });
  const list = await toChoose();
  expect(list.get(person)?.map(({ id }) => id)).toEqual([here, other]);
  expect([...list.keys()]).not.toContain(free.person);
  expect((await world.rows(sql`select person_id from referral where id = ${once.id}`)).some((row: any) => list.has(row.person_id))).toBe(false);
  for (const each of [scene.provider, elsewhere.provider, elsewhere.coordinator]) expect((await toChoose(each)).size).toBe(0);
  // who follows the person beside the sender reads both, and the choice is not theirs
  const partner = await world.organisation({ kind: 'COUNCIL' });
  await alsoFollowedBy(partner, person);
  const referent = await partner.member();
  expect((await stateOf(here, referent)).state).toBe('ACCEPTED');
  expect((await toChoose(referent)).size).toBe(0);
  expect(faults(await choose(here, {}, referent))).toEqual(['NOT_ALLOWED']);
}); // prettier-ignore

test('one is kept; of the other the cancellation is asked, with its reason and without a word of what was kept', async () => {
  const { person, here, other, there } = await acceptedTwice();
  expect(await choose(here)).toMatchObject({ referral: { id: here, state: 'ACCEPTED' }, userErrors: [] });
  expect((await toChoose()).has(person)).toBe(false);
  const seen = await stateOf(other, elsewhere.provider);
  expect(seen).toMatchObject({ state: 'CANCELLATION_REQUESTED' });
  expect(seen.history.at(-1)).toEqual({ move: 'REQUEST_CANCELLATION', reason: 'BETTER_PROPOSAL' });
  expect((await storedVacancy(world, there)).held).toBe(1);
  const lines = await world.rows(sql`select type, facts, audience from event where subject_id = ${other}`);
  const told = JSON.stringify([seen, lines]);
  for (const id of [here, scene.receiver.id, scene.offer]) expect(told).not.toContain(id);
  // the other enterprise answers as it does to any such request
  done(await elsewhere.move(elsewhere.provider, 'confirmReferralCancellation', other));
  expect((await storedVacancy(world, there)).held).toBe(0);
});

test('when the person refuses, the others are cancelled at once', async () => {
  const { here, other, vacancy } = await acceptedTwice();
  expect(faults(await choose(other, { reason: 'PERSON_REFUSES' }))).toEqual([]);
  expect(await stateOf(here)).toMatchObject({ state: 'CANCELLED', reason: 'PERSON_REFUSES' });
  expect((await storedVacancy(world, vacancy)).held).toBe(0);
});

test('nothing is chosen where nothing excludes it, nor twice, nor by who is not the sender', async () => {
  const { here, other } = await acceptedTwice();
  expect(faults(await choose(here, {}, scene.provider))).toEqual(['NOT_ALLOWED']);
  expect(faults(await choose(here, {}, elsewhere.coordinator))).toEqual(['NOT_FOUND keep']);
  expect(faults(await choose('ref_unknown'))).toEqual(['NOT_FOUND keep']);
  expect(faults(await choose(here, { version: 1 }))).toEqual(['STALE version']);
  const input = { idempotencyKey: 'choix' };
  expect([faults(await choose(here, input)), faults(await choose(here, input))]).toEqual([[], []]);
  expect(faults(await choose(here))).toEqual(['WRONG_STATE keep']);
  expect(faults(await choose(other))).toEqual(['WRONG_STATE keep']);
  // kept after all: the choice stands again
  done(await scene.move(scene.coordinator, 'keepReferral', other));
  expect(faults(await choose(other))).toEqual([]);
  const free = await acceptedTwice({ offer: await offerInTables(elsewhere.receiver, { exclusive: false }) });
  for (const each of [free.here, free.other])
    expect(faults(await choose(each))).toEqual(['WRONG_STATE keep']);
});

test('of two choices at once one is made, and one acceptance is left', async () => {
  for (let round = 0; round < 3; round++) {
    const { here, other } = await acceptedTwice();
    const both = await Promise.all([choose(here), choose(other)]);
    expect(both.flatMap(faults)).toEqual(['WRONG_STATE keep']);
    const states = [(await stateOf(here)).state, (await stateOf(other)).state].sort();
    expect(states).toEqual(['ACCEPTED', 'CANCELLATION_REQUESTED']);
  }
});
