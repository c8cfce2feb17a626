import sql from 'sql-template-tag';
import { sweepPlacements } from '../src/placements/placement.sweep.ts';
import { sweepReferrals } from '../src/referrals/referral.sweep.ts';
import { faults } from './kit/client.ts';
import { ended, placed, started, startOf, toJob } from './kit/placements.ts';
import { done, Scene } from './kit/referrals.ts';
import { storedVacancy } from './kit/vacancies.ts';
import { World } from './kit/world.ts';

/** Situations from which there must be a way on: each is played to where one would be stuck, and then out of it. */
let world: World;
let scene: Scene;

beforeAll(async () => {
  world = await World.open();
  scene = await Scene.open(world);
});
afterEach(() => world.clock.set('2026-11-23T08:00:00.000Z'));
afterAll(() => world.close());

test('an outcome learnt three months later, when the hub has already written UNKNOWN, replaces it', async () => {
  const { id } = await ended(scene, { outcome: { kind: 'NOT_YET_KNOWN' } });
  for (const day of ['2026-12-22', '2027-01-21', '2027-02-20', '2027-03-07']) {
    world.clock.set(`${day}T08:00:00.000Z`);
    await sweepPlacements(world.db);
  }
  const learnt = { placement: id, reason: 'NOW_KNOWN', outcome: { ...toJob, from: '2026-12-01' } };
  const { outcome, outcomeHistory } = await placed(scene.provider, 'correctPlacement', learnt);
  expect(outcome).toMatchObject({ kind: 'JOB', from: '2026-12-01', endedOn: '2026-11-20' });
  expect(outcomeHistory.map(({ kind }: { kind: string }) => kind)).toEqual([
    'NOT_YET_KNOWN',
    'UNKNOWN',
    'JOB',
  ]);
});

const standsAt = async (id: string) =>
  (
    await scene.coordinator.get(
      'query ($id: ID!) { referral(id: $id) { state reason vacancy { id } placeOfferedUntil } }',
      { id },
    )
  ).referral;

test('a site closes under accepted people: it does not until each has somewhere to go, and nobody is lost', async () => {
  const [site, other] = [await scene.vacancy(3), await scene.vacancy(1)];
  const [kept, moved, gone] = [await scene.accepted({ vacancy: site }), await scene.accepted({ vacancy: site }), await scene.accepted({ vacancy: site })];
  const [sent, waiting] = [await scene.sent({ vacancy: site }), await scene.waitlisted(site)];
  const close = (decisions: object[]) =>
    scene.provider.run('closeVacancy', 'VacancyClosing', { vacancy: site, reason: 'SITE_CLOSED', decisions }, 'vacancy { state held }');
  const decisions = [
    { referral: kept.id, decision: 'KEEP' },
    { referral: moved.id, decision: 'MOVE', vacancy: other },
    { referral: gone.id, decision: 'CANCEL', reason: 'SITE_CLOSED' },
  ];
  expect(faults(await close(decisions.slice(0, 2)))).toEqual(['PLACES_IN_USE decisions']);
  expect(await close(decisions)).toMatchObject({ vacancy: { state: 'CLOSED', held: 1 }, userErrors: [] });
  expect(await standsAt(moved.id)).toMatchObject({ state: 'ACCEPTED', vacancy: { id: other } });
  expect(await standsAt(gone.id)).toMatchObject({ state: 'CANCELLED', reason: 'SITE_CLOSED' });
  // who waits or was not answered goes back to the offer, and may be bound to the vacancy that is left
  expect([await standsAt(sent.id), await standsAt(waiting.id)]).toMatchObject([{ state: 'SENT', vacancy: null }, { state: 'WAITLISTED', vacancy: null }]);
  done(await scene.move(scene.provider, 'bindReferral', sent.id, { vacancy: other }));
  // who was kept still starts there, and who was cancelled may be sent elsewhere
  expect(faults(await startOf(scene, kept.id))).toEqual([]);
  done(await scene.move(scene.coordinator, 'rerouteReferral', gone.id, { offer: scene.offer }));
}); // prettier-ignore

test('somebody will leave: the successor is accepted before, and starts when the place is not yet free', async () => {
  const vacancy = await scene.vacancy(1);
  const leaving = await started(scene, { vacancy });
  expect(faults(await startOfNew(vacancy))).toEqual(['NO_PLACE_LEFT vacancy']);
  const opened = await scene.provider.run(
    'openVacancy', 'NewVacancy', { offer: scene.offer, places: 1, replacing: leaving.id }, 'vacancy { id }');
  const successor = await scene.accepted({ vacancy: opened.vacancy.id });
  expect(faults(await startOf(scene, successor.id))).toEqual([]);
  await placed(scene.provider, 'endPlacement', { placement: leaving.id, endedOn: '2026-11-20', outcome: toJob });
  expect(await storedVacancy(world, vacancy)).toMatchObject({ taken: 1, free: 0 });
  // one leaving was one place to fill: the successor has it, and nobody else
  expect(await storedVacancy(world, opened.vacancy.id)).toMatchObject({ state: 'FILLED', held: 0, taken: 1, free: 0 });
}); // prettier-ignore

const startOfNew = async (vacancy: string) =>
  scene.move(scene.provider, 'acceptReferral', (await scene.sent({ vacancy })).id);

test('a start recorded by mistake is undone: the place is held again, and what it had closed elsewhere comes back', async () => {
  const [vacancy, elsewhere] = [await scene.vacancy(1), await Scene.open(world)];
  const person = await scene.person();
  const wrong = await scene.accepted({ person, vacancy });
  const there = await elsewhere.vacancy(1);
  const other = await scene.sent({ person, vacancy: there });
  const { placement } = await startOf(scene, wrong.id);
  // closed as started elsewhere: who receives it is not told where
  const seen = await elsewhere.provider.get('query ($id: ID!) { referral(id: $id) { state reason next { id } history { move reason } } }', { id: other.id });
  expect(seen.referral).toMatchObject({ state: 'WITHDRAWN', reason: 'STARTED_ELSEWHERE', next: null });
  const lines = await world.rows(sql`select facts, organisation_id from event where subject_id = ${other.id}`);
  for (const id of [scene.receiver.id, scene.offer, vacancy, wrong.id]) expect(JSON.stringify([seen, lines.filter((line: any) => line.facts.reason)])).not.toContain(id);
  await placed(scene.provider, 'undoStart', { placement: placement.id });
  expect(await storedVacancy(world, vacancy)).toMatchObject({ held: 1, taken: 0 });
  expect(done(await scene.move(scene.coordinator, 'reinstateReferral', other.id)).state).toBe('SENT');
  expect(await standsAt(wrong.id)).toMatchObject({ state: 'ACCEPTED' });
}); // prettier-ignore

test('a person who changes her mind is let go at once, wherever her referral stands, and may be sent again', async () => {
  const vacancy = await scene.vacancy(1);
  const accepted = await scene.accepted({ vacancy });
  const waiting = await scene.waitlisted(vacancy);
  const acknowledged = await scene.acknowledged({ vacancy });
  const reason = { reason: 'PERSON_REFUSES' };
  for (const { id } of [await scene.sent({ vacancy }), acknowledged])
    expect(done(await scene.move(scene.coordinator, 'withdrawReferral', id, reason)).state).toBe('WITHDRAWN');
  expect(done(await scene.move(scene.coordinator, 'requestReferralCancellation', accepted.id, reason)).state).toBe('CANCELLED');
  // her place is the next one's to have; and that one too may say no
  expect((await standsAt(waiting.id)).placeOfferedUntil).not.toBeNull();
  expect(done(await scene.move(scene.coordinator, 'withdrawReferral', waiting.id, reason)).state).toBe('WITHDRAWN');
  expect(await storedVacancy(world, vacancy)).toMatchObject({ held: 0, free: 1, state: 'OPEN' });
  const again = await scene.move(scene.coordinator, 'rerouteReferral', accepted.id, { vacancy });
  expect(done(again).state).toBe('SENT');
}); // prettier-ignore

test('a receiver silent after a cancellation request keeps nobody: after two business days the hub confirms it', async () => {
  const vacancy = await scene.vacancy(1);
  const { id } = await scene.accepted({ vacancy });
  const waiting = await scene.waitlisted(vacancy);
  done(
    await scene.move(scene.coordinator, 'requestReferralCancellation', id, { reason: 'SITUATION_CHANGED' }),
  );
  world.clock.set('2026-11-25T22:59:59.000Z');
  await sweepReferrals(world.db);
  expect((await standsAt(id)).state).toBe('CANCELLATION_REQUESTED');
  world.clock.set('2026-11-25T23:00:00.000Z');
  await sweepReferrals(world.db);
  expect(await standsAt(id)).toMatchObject({ state: 'CANCELLED', reason: 'SITUATION_CHANGED' });
  expect((await standsAt(waiting.id)).placeOfferedUntil).not.toBeNull();
});
