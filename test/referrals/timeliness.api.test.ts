import sql from 'sql-template-tag';
import { sweepReferrals } from '../../src/referrals/referral.sweep.ts';
import { done, Scene } from '../kit/referrals.ts';
import { councilOf, World } from '../kit/world.ts';

let world: World;
let scene: Scene;
let vacancy: string;

/** Twelve sent on one Monday: eight answered in time, one late, one never, one withdrawn, one still on the waiting list. */
beforeAll(async () => {
  world = await World.open();
  scene = await Scene.open(world);
  vacancy = await scene.vacancy(20);
  const sent = await scene.manySent(12, vacancy);
  const ids = sent.map(({ id }) => id);
  world.clock.set('2026-11-26T08:00:00.000Z'); // three business days later
  for (const id of ids.slice(0, 8)) done(await scene.move(scene.provider, 'acceptReferral', id));
  done(await scene.move(scene.provider, 'waitlistReferral', ids[8]!));
  done(await scene.move(scene.coordinator, 'withdrawReferral', ids[9]!, { reason: 'MISTAKE' }));
  world.clock.set('2026-12-08T08:00:00.000Z');
  await sweepReferrals(world.db);
  world.clock.set('2026-12-09T08:00:00.000Z');
  done(await scene.move(scene.provider, 'declineReferral', ids[10]!, { reason: 'NO_POSITION' }));
  // long after its deadline, but it had an answer in time: it waited
  done(await scene.move(scene.provider, 'acceptReferral', ids[8]!));
}, 30_000);
afterAll(() => world.close());

const answers = `answers { due rate usualTime { days exact band } } organisation { usualAnswerTime }`;
const offer = async (as: any, id = scene.offer) =>
  (await as.get(`query ($id: ID!) { offer(id: $id) { ${answers} } }`, { id })).offer;
const late = async () =>
  (await world.rows(sql`select answered_late from referral where receiver_id = ${scene.receiver.id} and answered_late`)).length; // prettier-ignore

test('what is answered after it expired is marked, and counted, as late; who waited was answered', async () => {
  expect(await late()).toBe(1);
});

test('a provider and the council read exactly how it answers', async () => {
  const council = await (await councilOf(world)).member({ language: 'fr' });
  expect((await offer(scene.provider)).answers.usualTime).toMatchObject({
    exact: true,
    band: 'answers in 3 days',
  });
  expect(await offer(council)).toEqual({
    // eleven were due: ten answered, nine of them in time
    answers: { due: 11, rate: 0.818, usualTime: { days: 3, exact: true, band: 'répond en 3 jours' } },
    organisation: { usualAnswerTime: 'répond en 3 jours' },
  });
});

test('other partners read a band', async () => {
  const stranger = await (await world.organisation()).member({ language: 'en' });
  expect(await offer(stranger)).toEqual({
    answers: { due: 11, rate: 0.8, usualTime: { days: 3, exact: false, band: 'answers in about 3 days' } },
    organisation: { usualAnswerTime: 'answers in about 3 days' },
  });
});

test('fewer than ten say nothing', async () => {
  const other = await Scene.open(world);
  await other.accepted({ vacancy: await other.vacancy(1) });
  expect(await offer(other.provider, other.offer)).toEqual({
    answers: null,
    organisation: { usualAnswerTime: null },
  });
});

test('after a year it is forgotten', async () => {
  const before = world.clock.now();
  world.clock.set('2027-12-09T08:00:00.000Z');
  expect((await offer(scene.provider)).answers).toBeNull();
  world.clock.set(before);
});

test('a page of offers tells of each how it is answered', async () => {
  const { offers } = await scene.provider.get(`{ offers(first: 20) { nodes { id ${answers} } } }`);
  expect(offers.nodes.find((each: any) => each.id === scene.offer).answers.due).toBe(11);
});
