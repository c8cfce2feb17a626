import sql from 'sql-template-tag';
import { endAccess, openAccess } from '../../src/people/access.ts';
import { sweepAccess } from '../../src/people/access.sweep.ts';
import type { Client, Listening } from '../kit/client.ts';
import { expectShown, whole, writeIfAsked } from '../kit/examples.ts';
import { started } from '../kit/placements.ts';
import { registerPerson } from '../kit/people.ts';
import { alsoFollowedBy, done, Scene } from '../kit/referrals.ts';
import { eventually, World } from '../kit/world.ts';

let world: World;
let scene: Scene;
beforeAll(async () => {
  world = await World.open();
  scene = await Scene.open(world);
});
afterAll(() => world.close());

const steps = `subscription { referralUpdated { event { ${whole} }
  referral { id person { id identity { lastName } } } accessEnded { person subjects at } } }`;
type Told = { referralUpdated: any };

/** A subscription the hub has taken up. */
const follow = (client: Client) => world.listening<Told>(client, steps);

const told = ({ received }: Listening<Told>) =>
  received.map(({ referralUpdated: { event, referral, accessEnded } }) =>
    accessEnded ? [event.type, accessEnded.person, accessEnded.subjects] : [event.type, referral.person?.id ?? null],
  ); // prettier-ignore
/** What is told comes in order: whatever was to be told before a later step has been told with it. */
async function afterAnotherStep(listening: Listening<Told>, client: Client = scene.coordinator) {
  const { id } = await scene.refer({}, client).then(done);
  const last = () => listening.received.at(-1)?.referralUpdated.referral?.id === id;
  for (let count = listening.received.length; !last(); count++) await listening.until(count + 1);
  return told(listening).slice(0, -1);
}

const ends = (person: string, source: string, organisation: string) =>
  world.db.write(world.hub, (tx) => endAccess(tx, { source, organisation }).then(() => ({ person })));
const recorded = (person: string) =>
  world.rows<{
    type: string;
    audience: string[];
    kind: string;
  }>(sql`select type, audience, actor_kind as kind from event
    where person_id = ${person} and type like 'person.access%' order by event.tx, event.pos`);

test('a provider that saw the name is told once that it no longer may, and nothing after; a step is on its way meanwhile', async () => {
  const watching = await follow(scene.provider);
  const person = await scene.person();
  const { id } = await scene.acknowledged({ person });
  await watching.until(2); // each step is told with the rights of the moment it is told at
  const note = { category: 'OTHER', text: 'Libre le matin' };
  const inFlight = scene.move(scene.coordinator, 'addReferralNote', id, note);
  const withdrawn = scene.move(scene.coordinator, 'withdrawReferral', id, { reason: 'PERSON_REFUSES' });
  done(await inFlight);
  done(await withdrawn);
  done(await scene.move(scene.coordinator, 'addReferralNote', id, note));
  const all = await afterAnotherStep(watching);
  // noted before or after the withdrawal: whichever lock came first
  expect(all.filter(([type]) => type !== 'referral.noted')).toEqual([
    ['referral.sent', person],
    ['referral.acknowledged', person],
    ['referral.withdrawn', null],
    ['person.access_ended', person, []],
  ]);
  expect(all.at(-1)).toEqual(['person.access_ended', person, []]);
  expect(watching.received.map(({ referralUpdated }) => referralUpdated.accessEnded && referralUpdated.event.actor)).toContainEqual(
    { kind: 'HUB', organisationId: null },
  ); // prettier-ignore
  expect(await recorded(person)).toEqual([
    { type: 'person.access_ended', audience: [scene.receiver.id], kind: 'HUB' },
    { type: 'person.access_narrowed', audience: [scene.sender.id], kind: 'HUB' }, // the member who had sent it
  ]);
  // referred anew, the person opens anew, and may end anew
  const again = await scene.acknowledged({ person });
  await eventually(() => told(watching).at(-1)![0] === 'referral.acknowledged');
  done(await scene.move(scene.provider, 'declineReferral', again.id, { reason: 'NO_POSITION' }));
  expect((await afterAnotherStep(watching)).slice(-3)).toEqual([
    ['referral.acknowledged', person],
    ['referral.declined', null],
    ['person.access_ended', person, []],
  ]);
  watching.stop();
});

test('who followed the pathway, and is no party, is told that the referral ended for it too; who was told of nobody hears nothing', async () => {
  const third = await world.organisation({ kind: 'COUNCIL' });
  const adviser = await third.member({ roles: ['COORDINATOR'] });
  const person = await scene.person();
  const unheard = await scene.person();
  for (const each of [person, unheard]) await alsoFollowedBy(third, each);
  const watching = await follow(adviser);
  const { id } = await scene.acknowledged({ person });
  await watching.until(2);
  await ends(unheard, third.id, third.id);
  await ends(person, third.id, third.id);
  expect((await watching.until(3)).length).toBe(3);
  done(await scene.move(scene.provider, 'acceptReferral', id));
  const other = await scene.person();
  await alsoFollowedBy(third, other);
  await scene.sent({ person: other });
  await watching.until(4);
  expect(told(watching)).toEqual([
    ['referral.sent', person],
    ['referral.acknowledged', person],
    ['person.access_ended', person, [id]],
    ['referral.sent', other],
  ]);
  watching.stop();
});

test('handed to a colleague, a person ends for the member who had them in charge, and for nobody else', async () => {
  const [one, two] = [
    await scene.sender.member({ roles: ['COORDINATOR'], people: 'PORTFOLIO' }),
    await scene.sender.member({ roles: ['COORDINATOR'], people: 'PORTFOLIO' }),
  ];
  const { id: person } = await registerPerson(scene.coordinator);
  const assign = async ({ memberId: member }: { memberId: string }) => {
    const input = { person, member, legalBasis: 'PUBLIC_INTEREST' };
    const named = await scene.coordinator.run('assignReferent', 'ReferentAssignment', input, 'person { id }');
    expect(named.userErrors).toEqual([]);
  };
  await assign(one);
  const [former, all] = [await follow(one), await follow(scene.coordinator)];
  const { id } = await scene.sent({ person });
  await former.until(1);
  await assign(two);
  const heir = await follow(two);
  const note = { category: 'OTHER', text: 'Reprise du suivi' };
  done(await scene.move(two, 'addReferralNote', id, note));
  await heir.until(1);
  await all.until(2);
  expect(told(heir)).toEqual([['referral.noted', person]]);
  expect(told(all)).toEqual([
    ['referral.sent', person],
    ['referral.noted', person],
  ]);
  await former.until(2);
  expect(told(former)).toEqual([
    ['referral.sent', person],
    ['person.access_narrowed', person, []],
  ]);
  expect(await recorded(person)).toMatchObject([
    { type: 'person.access_narrowed', audience: [scene.sender.id] },
  ]);
  for (const each of [former, all, heir]) each.stop();
});

test('moved to another territory, a person ends for the members of the former one', async () => {
  const agent = await scene.sender.member({
    roles: ['COORDINATOR'],
    people: 'TERRITORY',
    territory: ['244400404'],
  });
  const { id: person } = await registerPerson(scene.coordinator);
  const watching = await follow(agent);
  await scene.sent({ person });
  await watching.until(1);
  await scene.coordinator.run('updatePerson', 'PersonUpdate', { person, commune: '44184' }, 'person { id }');
  await watching.until(2);
  expect(told(watching)[1]).toEqual(['person.access_narrowed', person, []]);
  watching.stop();
  const { event } = watching.received[1]!.referralUpdated;
  writeIfAsked([event]);
  expectShown([event]);
});

test('a right that ends by its date is told within the next sweep, once, whichever hub sweeps', async () => {
  const third = await world.organisation();
  const person = await scene.person();
  const until = new Date(Date.parse(world.clock.now()) + 3_600_000).toISOString();
  const right = { person, organisation: third.id, reason: 'BREAK_GLASS', source: third.id, until } as const;
  await world.db.write(world.hub, (tx) => openAccess(tx, { ...right, categories: ['CORE', 'IDENTITY'] }));
  expect(await sweepAccess(world.db)).toEqual({ told: 0, failed: 0 });
  world.clock.set(until);
  const swept = await Promise.all([sweepAccess(world.db), sweepAccess(world.db)]);
  expect(swept.map(({ told: count }) => count).sort()).toEqual([0, 1]);
  expect(await sweepAccess(world.db)).toEqual({ told: 0, failed: 0 });
  expect(await recorded(person)).toEqual([
    { type: 'person.access_ended', audience: [third.id], kind: 'HUB' },
  ]);
});

test('what a referral closes and its placement opens in the same move was never lost; elsewhere it is', async () => {
  const person = await scene.person();
  const elsewhere = await Scene.open(world);
  await scene.sent({ person, offer: elsewhere.offer });
  await started(scene, { person });
  expect(await recorded(person)).toEqual([
    { type: 'person.access_ended', audience: [elsewhere.receiver.id], kind: 'HUB' },
  ]);
});

test('asked for by id, somebody who was closed before is nobody, until they open', async () => {
  const person = await scene.person();
  const { id } = await scene.acknowledged({ person });
  done(await scene.move(scene.provider, 'declineReferral', id, { reason: 'NO_POSITION' }));
  const of = steps.replace('{ referralUpdated {', `{ referralUpdated(person: "${person}") {`);
  const everything = await follow(scene.provider);
  const byId = await world.listening<Told>(scene.provider, of);
  done(await scene.move(scene.coordinator, 'addReferralNote', id, { category: 'OTHER', text: 'Merci' }));
  // the journal may still be telling steps made before somebody listened
  await eventually(() => told(everything).some(([type]) => type === 'referral.noted'));
  expect(told(everything)).toContainEqual(['referral.noted', null]);
  await scene.sent({ person });
  await byId.until(1);
  expect(told(byId)).toEqual([['referral.sent', person]]);
  for (const each of [everything, byId]) each.stop();
});
