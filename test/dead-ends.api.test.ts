import { sweepPlacements } from '../src/placements/placement.sweep.ts';
import { ended, placed, toJob } from './kit/placements.ts';
import { Scene } from './kit/referrals.ts';
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
