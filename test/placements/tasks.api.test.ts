import sql from 'sql-template-tag';
import { sweepPlacements } from '../../src/placements/placement.sweep.ts';
import { ended, place, placed, started, startOf, toJob } from '../kit/placements.ts';
import { Scene } from '../kit/referrals.ts';
import { World } from '../kit/world.ts';

/** What time brings to a placement: outcomes asked for, follow-ups due, contracts that end, starts that do not come. */
let world: World;
let scene: Scene;

beforeAll(async () => {
  world = await World.open();
  scene = await Scene.open(world);
});
afterEach(() => world.clock.set('2026-11-23T08:00:00.000Z'));
afterAll(() => world.close());

const notYet = { outcome: { kind: 'NOT_YET_KNOWN' } };
const sweep = async (at: string) => {
  world.clock.set(at);
  return sweepPlacements(world.db);
};
const eventsOf = (id: string, type: string) =>
  world.rows<{ facts: any; audience: string[] }>(
    sql`select facts, audience from event where subject_id = ${id} and type = ${type} order by tx, pos`,
  );
const listed = async (filter: string, as = scene.provider) =>
  (await as.get(`{ placements(filter: { ${filter} }) { nodes { id } } }`)).placements.nodes.map(
    ({ id }: { id: string }) => id,
  );

describe('an outcome not known yet', () => {
  test('is asked for three times, then unknown by the hub; the real one, learnt later, corrects it', async () => {
    const { id, outcomeDueAt } = await ended(scene, notYet);
    expect(outcomeDueAt).toBe('2026-12-20T23:00:00.000Z');
    expect(await listed('outcomeDue: true')).toEqual([]);
    const asked = [];
    for (const at of ['2026-12-21', '2027-01-20', '2027-02-19']) {
      asked.push((await sweep(`${at}T08:00:00.000Z`)).asked);
      expect(await sweepPlacements(world.db)).toMatchObject({ asked: 0, unknown: 0, failed: 0 });
    }
    expect(asked).toEqual([1, 1, 1]);
    const told = await eventsOf(id, 'placement.outcome_due');
    expect(told.map(({ facts }) => facts.reminder)).toEqual([1, 2, 3]);
    expect([...told[0]!.audience].sort()).toEqual([scene.sender.id, scene.receiver.id].sort());
    expect(await listed('outcomeDue: true')).toEqual([id]);

    expect(await sweep('2027-03-05T08:00:00.000Z')).toMatchObject({ unknown: 1, failed: 0 });
    expect(await listed('outcomeDue: true')).toEqual([]);
    const known = await scene.provider.get(
      `{ placement(id: "${id}") { outcomeDueAt outcome { kind correctedBecause } outcomeHistory { kind } } }`,
    );
    expect(known.placement).toEqual({
      outcomeDueAt: null,
      outcome: { kind: 'UNKNOWN', correctedBecause: 'NEVER_TOLD' },
      outcomeHistory: [{ kind: 'NOT_YET_KNOWN' }, { kind: 'UNKNOWN' }],
    });
    const learnt = { placement: id, reason: 'NOW_KNOWN', outcome: toJob };
    const { outcome, outcomeHistory } = await placed(scene.provider, 'correctPlacement', learnt);
    expect([outcome.kind, outcomeHistory.length]).toEqual(['JOB', 3]);
    expect(await sweep('2028-01-01T08:00:00.000Z')).toMatchObject({ asked: 0, unknown: 0 });
  });

  test('is asked for no more once it is told, and anew when a correction takes it back', async () => {
    const { id } = await ended(scene, notYet);
    const job = { placement: id, reason: 'NOW_KNOWN', outcome: toJob };
    expect(await placed(scene.provider, 'correctPlacement', job)).toMatchObject({ outcomeDueAt: null });
    const back = { placement: id, reason: 'TYPING_ERROR', ...notYet };
    expect(await placed(scene.provider, 'correctPlacement', back)).toMatchObject({
      outcomeDueAt: '2026-12-20T23:00:00.000Z',
      outcomeReminders: 0,
    });
    await placed(scene.provider, 'correctPlacement', job);
  });

  test('that nobody told is what the hub finds: no partner gives it as a reason', async () => {
    const { id } = await ended(scene, notYet);
    const never = await place(scene.provider, 'correctPlacement', { placement: id, reason: 'NEVER_TOLD', outcome: toJob });
    expect(never.userErrors).toMatchObject([{ code: 'INVALID_INPUT', field: ['reason'] }]);
    await placed(scene.provider, 'correctPlacement', { placement: id, reason: 'NOW_KNOWN', outcome: toJob });
  }); // prettier-ignore

  test('two sweeps at once ask once; what somebody is moving waits for the next', async () => {
    const { id } = await ended(scene, notYet);
    world.clock.set('2026-12-22T08:00:00.000Z');
    const both = await Promise.all([sweepPlacements(world.db), sweepPlacements(world.db)]);
    expect(both.map(({ asked }) => asked).reduce((one, other) => one + other)).toBe(1);
    expect(await eventsOf(id, 'placement.outcome_due')).toHaveLength(1);
    world.clock.set('2027-01-21T08:00:00.000Z');
    await world.db.write(world.hub, async (tx) => {
      await tx.rows(sql`select 1 from placement where id = ${id} for update`);
      expect(await sweepPlacements(world.db)).toMatchObject({ asked: 0, failed: 0 });
    });
    expect(await sweepPlacements(world.db)).toMatchObject({ asked: 1 });
  });
});

describe('a follow-up', () => {
  test('is told once when its day comes, to the parties, and stands on the list until somebody records it', async () => {
    const placement = await ended(scene, { endedOn: '2026-11-20' });
    const { id } = placement;
    expect(placement.followUpDueOn).toBe('2026-12-20');
    expect(await listed('followUpDue: true')).not.toContain(id);
    expect((await sweep('2026-12-20T08:00:00.000Z')).followUps).toBeGreaterThan(0);
    await sweepPlacements(world.db);
    const told = await eventsOf(id, 'placement.follow_up_due');
    expect(told.map(({ facts }) => facts.months)).toEqual([1]);
    for (const party of [scene.provider, scene.coordinator])
      expect(await listed('followUpDue: true', party)).toContain(id);
    const input = { placement: id, months: 1, situation: 'UNREACHABLE', on: '2026-12-20' };
    const recorded = await placed(scene.coordinator, 'recordFollowUp', input);
    expect(recorded.followUpDueOn).toBe('2027-02-20');
    expect(await listed('followUpDue: true')).not.toContain(id);
  });

  test('of an end that is corrected is due by the end as it is now known', async () => {
    const { id } = await ended(scene, { endedOn: '2026-11-20' });
    const input = { placement: id, reason: 'TYPING_ERROR', endedOn: '2026-11-10' };
    expect(await placed(scene.provider, 'correctPlacement', input)).toMatchObject({ followUpDueOn: '2026-12-10' });
    const died = { placement: (await started(scene)).id, endedOn: '2026-11-20', endReason: 'DECEASED', outcome: { kind: 'UNKNOWN' } };
    expect(await placed(scene.provider, 'endPlacement', died)).toMatchObject({ followUpDueOn: null });
  }); // prettier-ignore
});

test('contracts that end soon, or have ended while the placement goes on, are a list', async () => {
  const referral = await scene.accepted({ vacancy: await scene.vacancy(1) });
  const contract = { kind: 'FIXED_TERM_I', to: '2026-12-20', weeklyHours: 26 };
  const { placement } = await startOf(scene, referral.id, { contract });
  expect(await listed('contractEndingWithin: 26')).not.toContain(placement.id);
  expect(await listed('contractEndingWithin: 27')).toContain(placement.id);
  world.clock.set('2027-01-05T08:00:00.000Z');
  expect(await listed('contractEndingWithin: 0')).toContain(placement.id);
  const { errors } = await scene.provider.ask(
    `{ placements(filter: { contractEndingWithin: 367 }) { totalCount } }`,
  );
  expect(errors?.[0]?.extensions.code).toBe('INVALID_INPUT');
});

test('who was accepted and has not started by the day announced is a list, for both sides', async () => {
  const announced = await scene.accepted({ vacancy: await scene.vacancy(1, '2026-11-25') });
  const unsaid = await scene.accepted({ vacancy: await scene.vacancy(1) });
  const late = async (as = scene.provider) =>
    (await as.get(`{ referrals(filter: { toStart: true }) { nodes { id } } }`)).referrals.nodes.map(
      ({ id }: { id: string }) => id,
    );
  expect(await late()).toEqual([]);
  world.clock.set('2026-11-24T08:00:00.000Z');
  expect(await late()).toEqual([unsaid.id]);
  world.clock.set('2026-11-26T08:00:00.000Z');
  expect((await late()).sort()).toEqual([announced.id, unsaid.id].sort());
  expect((await late(scene.coordinator)).sort()).toEqual([announced.id, unsaid.id].sort());
  await startOf(scene, unsaid.id);
  expect(await late()).toEqual([announced.id]);
});
