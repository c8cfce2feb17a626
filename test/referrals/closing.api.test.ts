import sql from 'sql-template-tag';
import { faults } from '../kit/client.ts';
import { done, Scene } from '../kit/referrals.ts';
import { offerInTables, storedVacancy } from '../kit/vacancies.ts';
import { World } from '../kit/world.ts';
import { vacancyOf } from '../kit/referrals.ts';

/** A vacancy closes under accepted people who go elsewhere, and places are lowered under those who wait. */
let world: World;
let scene: Scene;

beforeAll(async () => {
  world = await World.open();
  scene = await Scene.open(world);
});
afterAll(() => world.close());

const close = (vacancy: string, decisions: object[], over: object = {}) =>
  scene.provider.run(
    'closeVacancy',
    'VacancyClosing',
    { vacancy, reason: 'SITE_CLOSED', decisions, ...over },
    'vacancy { id state held }',
  );
const lower = (vacancy: string, places: number) =>
  scene.provider.run(
    'updateVacancy',
    'VacancyUpdate',
    { vacancy, places },
    'vacancy { id places held free }',
  );
const state = async (id: string, as: any = scene.coordinator) =>
  (await as.get(`query ($id: ID!) { referral(id: $id) { state reason deadline placeOfferedUntil waitingRank vacancy { id }
    history { move fromState toState reason } } }`, { id })).referral; // prettier-ignore

test('an accepted person goes to another open vacancy of the offer: a place there, the deadline of its start, a line in the history', async () => {
  const vacancy = await scene.vacancy(1, '2026-12-01');
  const target = await scene.vacancy(2, '2027-01-11');
  const { id } = await scene.accepted({ vacancy });
  const payload = await close(vacancy, [{ referral: id, decision: 'MOVE', vacancy: target }]);
  expect(payload).toMatchObject({ vacancy: { state: 'CLOSED', held: 0 }, userErrors: [] });
  expect(await storedVacancy(world, target)).toMatchObject({ held: 1, free: 1 });
  const after = await state(id);
  expect(after).toMatchObject({ state: 'ACCEPTED', reason: null, vacancy: { id: target }, deadline: '2027-01-18T23:00:00.000Z' });
  expect(after.history.at(-1)).toEqual({ move: 'BIND', fromState: 'ACCEPTED', toState: 'ACCEPTED', reason: 'VACANCY_CLOSED' });
  const [event] = await world.rows(sql`select audience, facts from event where subject_id = ${id} and type = 'referral.bound'`);
  expect(event.audience).toEqual(expect.arrayContaining([scene.sender.id, scene.receiver.id]));
  expect(event.facts).toMatchObject({ from: vacancy, vacancy: target, reason: 'VACANCY_CLOSED' });
  done(await scene.move(scene.coordinator, 'requestReferralCancellation', id, { reason: 'PERSON_REFUSES' }));
  expect((await storedVacancy(world, target)).held).toBe(0);
}); // prettier-ignore

test('where it cannot go nobody is moved, and the vacancy stays open', async () => {
  const vacancy = await scene.vacancy(2);
  const [one, two] = [await scene.accepted({ vacancy }), await scene.accepted({ vacancy })];
  const small = await scene.vacancy(1);
  const move = (referral: string, to: string) => ({ referral, decision: 'MOVE', vacancy: to });
  const other = await vacancyOf(scene.receiver, await offerInTables(scene.receiver), 2);
  const gone = await scene.vacancy(1);
  await close(gone, []);
  const keep = { referral: one.id, decision: 'KEEP' };
  for (const [to, answer] of [
    [other, 'INVALID_INPUT decisions.1.vacancy'],
    [gone, 'WRONG_STATE decisions.1.vacancy'],
    [vacancy, 'WRONG_STATE decisions.1.vacancy'],
    ['vac_unknown', 'NOT_FOUND decisions.1.vacancy'],
  ])
    expect(faults(await close(vacancy, [keep, move(two.id, to!)]))).toEqual([answer]);
  expect(faults(await close(vacancy, [move(one.id, small), move(two.id, small)]))).toEqual(['NO_PLACE_LEFT decisions.1.vacancy']);
  expect(await storedVacancy(world, vacancy)).toMatchObject({ state: 'FILLED', held: 2 });
  expect(await storedVacancy(world, small)).toMatchObject({ held: 0 });
  // who is referred there already, by whomever, is not accepted there twice
  await scene.sent({ person: await personOf(two.id), vacancy: small });
  expect(faults(await close(vacancy, [keep, move(two.id, small)]))).toEqual(['ALREADY_REFERRED vacancy']);
}); // prettier-ignore

async function personOf(referral: string): Promise<string> {
  return (
    await world.rows<{ person: string }>(sql`select person_id as person from referral where id = ${referral}`)
  )[0]!.person;
}

test('two vacancies that close into each other at once wait for one another, and one of them stays', async () => {
  for (let round = 0; round < 3; round++) {
    const [a, b] = [await scene.vacancy(2), await scene.vacancy(2)];
    const [inA, inB] = [await scene.accepted({ vacancy: a }), await scene.accepted({ vacancy: b })];
    const both = await Promise.all([
      close(a, [{ referral: inA.id, decision: 'MOVE', vacancy: b }]),
      close(b, [{ referral: inB.id, decision: 'MOVE', vacancy: a }]),
    ]);
    expect(both.flatMap(faults).length).toBe(1);
    const [open, shut] = [await storedVacancy(world, a), await storedVacancy(world, b)].sort((one) => (one.state === 'CLOSED' ? 1 : -1));
    expect([open!.held, shut!.held, shut!.state]).toEqual([2, 0, 'CLOSED']);
  }
  const [met] = await world.rows(sql`select deadlocks from pg_stat_database where datname = current_database()`);
  expect(met).toEqual({ deadlocks: 0 });
}); // prettier-ignore

test('a cancellation that was asked for goes with the person: the sender still waits for the answer', async () => {
  const [vacancy, target] = [await scene.vacancy(1), await scene.vacancy(1)];
  const { id } = await scene.accepted({ vacancy });
  const asked = done(await scene.move(scene.coordinator, 'requestReferralCancellation', id, { reason: 'OTHER' }));
  expect(faults(await close(vacancy, [{ referral: id, decision: 'MOVE', vacancy: target }]))).toEqual([]);
  expect(await state(id)).toMatchObject({ state: 'CANCELLATION_REQUESTED', deadline: asked.deadline, vacancy: { id: target } });
}); // prettier-ignore

test('taken back, it leaves the hold that began with the place the person was moved to', async () => {
  const [vacancy, target] = [await scene.vacancy(1), await scene.vacancy(2)];
  const { id } = await scene.accepted({ vacancy });
  world.clock.advanceDays(14);
  done(await scene.move(scene.coordinator, 'requestReferralCancellation', id, { reason: 'OTHER' }));
  expect(faults(await close(vacancy, [{ referral: id, decision: 'MOVE', vacancy: target }]))).toEqual([]);
  const { deadline } = await scene.accepted({ vacancy: target });
  expect(done(await scene.move(scene.coordinator, 'keepReferral', id))).toMatchObject({ state: 'ACCEPTED', deadline });
  world.clock.set('2026-11-23T08:00:00.000Z');
}); // prettier-ignore

describe('a place that is only reserved', () => {
  async function reserved() {
    const vacancy = await scene.vacancy(2);
    const holders = [await scene.accepted({ vacancy }), await scene.accepted({ vacancy })];
    const waiting = await scene.waitlisted(vacancy);
    done(await scene.move(scene.provider, 'cancelAcceptance', holders[0].id, { reason: 'MISTAKE' }));
    return { vacancy, holder: holders[1], waiting };
  }

  test('is taken back when the provider offers fewer places; who waits keeps the rank, and has it when there is one again', async () => {
    const { vacancy, waiting } = await reserved();
    expect((await state(waiting.id)).placeOfferedUntil).not.toBeNull();
    expect((await lower(vacancy, 1)).vacancy).toMatchObject({ places: 1, held: 1, free: 0 });
    expect(await state(waiting.id)).toMatchObject({
      state: 'WAITLISTED',
      placeOfferedUntil: null,
      waitingRank: 1,
    });
    expect(faults(await lower(vacancy, 0))).toEqual(['PLACES_IN_USE places']);
    await lower(vacancy, 2);
    expect((await state(waiting.id)).placeOfferedUntil).not.toBeNull();
  });

  test('keeps no vacancy open: who was offered it goes back to the offer with the others', async () => {
    const { vacancy, holder, waiting } = await reserved();
    expect(faults(await close(vacancy, [{ referral: holder.id, decision: 'KEEP' }]))).toEqual([]);
    expect(await storedVacancy(world, vacancy)).toMatchObject({ state: 'CLOSED', held: 1 });
    expect(await state(waiting.id)).toMatchObject({
      state: 'WAITLISTED',
      vacancy: null,
      placeOfferedUntil: null,
    });
  });
});
