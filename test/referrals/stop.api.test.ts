import sql from 'sql-template-tag';
import { restartClock, stopClock } from '../../src/referrals/clock.actions.ts';
import { lockReferral } from '../../src/referrals/referral.store.ts';
import { sweepReferrals } from '../../src/referrals/referral.sweep.ts';
import type { Stopping } from '../../src/referrals/stop.store.ts';
import { placed, started } from '../kit/placements.ts';
import { done, Scene, vacancyOf } from '../kit/referrals.ts';
import { offerInTables } from '../kit/vacancies.ts';
import { World } from '../kit/world.ts';

let world: World;
let scene: Scene;

beforeAll(async () => {
  world = await World.open();
});
beforeEach(async () => {
  world.clock.set('2026-11-23T08:00:00.000Z');
  scene = await Scene.open(world);
});
afterAll(() => world.close());

const stops = `clockStops { cause since until }`;
const seen = async (id: string, as: any = scene.coordinator) =>
  (await as.get(`query ($id: ID!) { referral(id: $id) { state deadline acknowledgeDueAt answerDueAt ${stops} } }`, { id }))
    .referral; // prettier-ignore
const suspend = (until?: string) =>
  scene.provider.run('suspendOffer', 'OfferSuspension', { offer: scene.offer, until }, 'offer { state }');
const resume = () =>
  scene.provider.run('publishOffer', 'OfferMove', { offer: scene.offer }, 'offer { state }');
const stop = (id: string, stopping: Stopping & { until: string }) =>
  world.db.write(world.hub, async (tx) => stopClock(tx, await lockReferral(tx, id, 'referral'), stopping));
const restart = (id: string, stopping: Stopping) =>
  world.db.write(world.hub, async (tx) => restartClock(tx, await lockReferral(tx, id, 'referral'), stopping));
const meeting = { cause: 'MEETING', source: 'one meeting' } as const;

test('while its offer is suspended a referral’s time stands still; taken up again, it has what it had left', async () => {
  const { id } = await scene.sent();
  expect(await seen(id)).toMatchObject({ deadline: '2026-12-07T23:00:00.000Z', clockStops: [] });
  world.clock.set('2026-11-24T09:00:00.000Z');
  expect((await suspend('2026-11-30')).userErrors).toEqual([]);
  // from Tuesday 10:00 to the end of Monday 30: four days and fourteen hours of business
  expect(await seen(id)).toMatchObject({
    ...{ deadline: '2026-12-14T13:00:00.000Z', answerDueAt: '2026-12-14T13:00:00.000Z' },
    acknowledgeDueAt: '2026-12-03T13:00:00.000Z',
    clockStops: [{ cause: 'OFFER_SUSPENDED', since: '2026-11-24T09:00:00.000Z', until: '2026-11-30T23:00:00.000Z' }],
  });
  world.clock.set('2026-11-25T09:00:00.000Z');
  expect((await resume()).userErrors).toEqual([]);
  expect(await seen(id)).toMatchObject({
    deadline: '2026-12-08T23:00:00.000Z',
    clockStops: [{ since: '2026-11-24T09:00:00.000Z', until: '2026-11-25T09:00:00.000Z' }],
  });
}); // prettier-ignore

test('an offer taken up again on a Sunday moves no deadline, and is told all the same: its clock no longer stands still', async () => {
  const { id } = await scene.sent();
  world.clock.set('2026-11-28T09:00:00.000Z');
  await suspend('2026-11-29');
  world.clock.set('2026-11-29T09:00:00.000Z');
  await resume();
  const told = await world.rows<{ last: number; version: number }>(sql`select version,
      (select max(subject_version) from event where subject_id = referral.id) as last from referral where id = ${id}`);
  expect(told).toEqual([{ last: expect.any(Number), version: told[0]!.last }]);
});

test('a suspension takes as many statements for many who wait as for one, and tells of each', async () => {
  const suspended = async (waiting: number) => {
    const here = await Scene.open(world);
    const vacancy = await here.vacancy(waiting);
    const ids = [];
    for (let n = 0; n < waiting; n++) ids.push((await here.sent({ vacancy })).id);
    world.clock.set('2026-11-24T09:00:00.000Z');
    let statements = 0;
    const ofClocks = /clock_stop|update referral|into event|person_access|closure/;
    world.db.onStatement = (text) => void (statements += ofClocks.test(text) ? 1 : 0);
    const input = { offer: here.offer, until: '2026-11-30' };
    expect((await here.provider.run('suspendOffer', 'OfferSuspension', input, '__typename')).userErrors).toEqual([]);
    world.db.onStatement = () => {};
    const told = await world.rows<{ id: string; audience: string[] }>(sql`select subject_id as id, audience from event
      where type = 'referral.deadline_moved' and subject_id = any(${ids}) order by tx, pos`);
    expect(told.map(({ id }) => id)).toEqual(ids);
    for (const { audience } of told) expect(audience.sort()).toEqual([here.sender.id, here.receiver.id].sort());
    for (const id of ids) expect(await seen(id, here.coordinator)).toMatchObject({ deadline: '2026-12-14T13:00:00.000Z' });
    world.clock.set('2026-11-23T08:00:00.000Z');
    return statements;
  };
  expect(await suspended(5)).toBe(await suspended(1));
}); // prettier-ignore

test('a suspension without an end holds nobody for more than thirty days', async () => {
  const { id } = await scene.sent();
  await suspend();
  const [stopped] = (await seen(id)).clockStops;
  expect(stopped.until).toBe('2026-12-23T08:00:00.000Z');
  const { deadline } = await seen(id);
  world.clock.set('2026-12-20T08:00:00.000Z');
  await sweepReferrals(world.db);
  expect((await seen(id)).state).toBe('SENT');
  world.clock.set(deadline);
  await sweepReferrals(world.db);
  expect((await seen(id)).state).toBe('EXPIRED');
});

test('reinstated while its offer is suspended, a referral’s time stands still as that of the others does', async () => {
  const [person, other] = [await scene.person(), await offerInTables(scene.receiver)];
  const { id } = await scene.sent({ person });
  const placement = await started(scene, { person, vacancy: await vacancyOf(scene.receiver, other, 1) });
  await placed(scene.provider, 'undoStart', { placement: placement.id });
  await suspend('2026-11-30');
  done(await scene.move(scene.coordinator, 'reinstateReferral', id));
  expect(await seen(id)).toMatchObject({
    ...{ state: 'SENT', deadline: '2026-12-15T14:00:00.000Z' },
    clockStops: [{ cause: 'OFFER_SUSPENDED', since: '2026-11-23T08:00:00.000Z', until: '2026-11-30T23:00:00.000Z' }],
  });
}); // prettier-ignore

test('two meetings stop the clock once while both are planned; moved, a meeting only gets another end', async () => {
  const { id } = await scene.acknowledged();
  const other = { cause: 'MEETING', source: 'another' } as const;
  await stop(id, { ...meeting, until: '2026-11-25T23:00:00.000Z' });
  await stop(id, { ...other, until: '2026-11-24T23:00:00.000Z' });
  const first = (await seen(id)).deadline;
  await stop(id, { ...other, until: '2026-11-25T11:00:00.000Z' });
  expect((await seen(id)).deadline).toBe(first);
  expect((await seen(id)).clockStops.length).toBe(2);
  world.clock.set('2026-11-24T08:00:00.000Z');
  await restart(id, meeting);
  await restart(id, other);
  await restart(id, other);
  // a whole business day: the deadline of taking charge stays as it was met
  expect(await seen(id)).toMatchObject({ deadline: '2026-12-08T23:00:00.000Z', acknowledgeDueAt: '2026-11-26T23:00:00.000Z' });
}); // prettier-ignore

test('an answer ends whatever stops the clock, and is in time; what is answered has no clock to stop', async () => {
  const { id } = await scene.sent();
  await stop(id, { ...meeting, until: '2027-01-08T23:00:00.000Z' });
  world.clock.set('2026-12-18T09:00:00.000Z');
  done(await scene.move(scene.provider, 'declineReferral', id, { reason: 'NO_POSITION' }));
  const until = '2026-12-18T09:00:00.000Z';
  expect((await seen(id)).clockStops).toEqual([{ cause: 'MEETING', since: '2026-11-23T08:00:00.000Z', until }]);
  const [line] = await world.rows(sql`select late from referral_move where referral_id = ${id} and move = 'decline'`);
  expect(line.late).toBe(false);
  await stop(id, { cause: 'MEETING', source: 'after', until: '2027-01-08T23:00:00.000Z' });
  expect((await seen(id)).clockStops.length).toBe(1);
}); // prettier-ignore

test('who has no part in a referral sees nothing of its clock', async () => {
  const { id } = await scene.sent();
  await stop(id, { ...meeting, until: '2026-11-25T23:00:00.000Z' });
  const stranger = await (await world.organisation()).member();
  expect(await seen(id, stranger)).toBeNull();
  expect((await seen(id, scene.provider)).clockStops.length).toBe(1);
});
