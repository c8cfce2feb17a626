import { place, placed, started, toJob } from '../kit/placements.ts';
import { Scene } from '../kit/referrals.ts';
import { World } from '../kit/world.ts';

let world: World;
let scene: Scene;

beforeAll(async () => {
  world = await World.open();
  scene = await Scene.open(world);
});
afterAll(() => world.close());

const refusal = (payload: any) =>
  payload.userErrors[0] && [payload.userErrors[0].code, payload.userErrors[0].field?.join('.') ?? null];
const hoursOf = async (id: string, as = scene.provider) =>
  (
    await as.get(
      `{ placement(id: "${id}") { version hours { month worked } hoursHistory { month worked } } }`,
    )
  ).placement;

test('hours of a month are told, corrected with what was believed kept, and the same ones change nothing', async () => {
  const { id } = await started(scene, { startedOn: '2026-10-12' });
  const tell = (month: string, worked: number) =>
    placed(scene.provider, 'recordHours', { placement: id, month, worked });
  await tell('2026-11-15', 60.5);
  await tell('2026-10-31', 70);
  await tell('2026-10-01', 72.25);
  const { version } = await tell('2026-10-01', 72.25);
  expect(await hoursOf(id, scene.coordinator)).toEqual({
    version,
    hours: [{ month: '2026-10-01', worked: 72.25 }, { month: '2026-11-01', worked: 60.5 }],
    hoursHistory: [{ month: '2026-10-01', worked: 70 }, { month: '2026-10-01', worked: 72.25 }, { month: '2026-11-01', worked: 60.5 }],
  });
  expect(version).toBe(4);
}); // prettier-ignore

test('they fit into the days of the placement, of a month that has begun; by the receiver, after the end too', async () => {
  const { id } = await started(scene, { startedOn: '2026-10-12' });
  const tell = (over: object, as = scene.provider) =>
    place(as, 'recordHours', { placement: id, month: '2026-10-01', worked: 70, ...over });
  expect(refusal(await tell({ worked: 481 }))).toEqual(['INVALID_INPUT', 'worked']);
  expect(refusal(await tell({ worked: -1 }))).toEqual(['INVALID_INPUT', 'worked']);
  expect(refusal(await tell({ month: '2026-12-01' }))).toEqual(['INVALID_INPUT', 'month']);
  expect(refusal(await tell({ month: '2026-09-30' }))).toEqual(['INVALID_INPUT', 'month']);
  expect(refusal(await tell({}, scene.coordinator))).toEqual(['NOT_ALLOWED', null]);
  const stranger = await (await world.organisation({ kind: 'COMMUNE' })).member();
  expect(refusal(await tell({}, stranger))).toEqual(['NOT_FOUND', 'placement']);
  expect(refusal(await tell({ version: 9 }))).toEqual(['STALE', 'version']);
  const both = await Promise.all([tell({ version: 1 }), tell({ version: 1 })]);
  expect(both.map(refusal).filter(Boolean)).toEqual([['STALE', 'version']]);
  await placed(scene.provider, 'endPlacement', { placement: id, endedOn: '2026-10-31', outcome: toJob });
  expect(refusal(await tell({ month: '2026-11-01' }))).toEqual(['INVALID_INPUT', 'month']);
  expect(refusal(await tell({ worked: 480 }))).toBeUndefined();
});

describe('what was worked stays within the placement', () => {
  const correct = async (placement: string, over: object) => {
    const input = { placement, reason: 'TYPING_ERROR', ...over };
    const { userErrors } = await place(scene.provider, 'correctPlacement', input);
    return userErrors.map(({ code, field, message }: any) => [code, field?.join('.'), /\d{4}-\d\d-\d\d/.exec(message)?.[0]]);
  }; // prettier-ignore
  const hours = (placement: string, month: string, worked: number) =>
    placed(scene.provider, 'recordHours', { placement, month, worked });

  test('whose dates are corrected, unless the hours are taken back first', async () => {
    const { id } = await started(scene, { startedOn: '2026-09-14' });
    await hours(id, '2026-09-01', 70);
    await hours(id, '2026-11-01', 60);
    const early = ['INVALID_INPUT', 'startedOn', '2026-09-01'];
    expect(await correct(id, { startedOn: '2026-10-01' })).toEqual([early]);
    expect(await correct(id, { startedOn: '2026-09-29' })).toEqual([early]); // 70 hours in two days
    expect(await correct(id, { startedOn: '2026-09-15' })).toEqual([]);
    await placed(scene.provider, 'endPlacement', { placement: id, endedOn: '2026-11-20', outcome: toJob });
    const late = ['INVALID_INPUT', 'endedOn', '2026-11-01'];
    expect(await correct(id, { endedOn: '2026-10-31' })).toEqual([late]);
    expect(await correct(id, { endedOn: '2026-11-02' })).toEqual([late]);
    await hours(id, '2026-11-01', 0);
    expect(await correct(id, { endedOn: '2026-10-31' })).toEqual([]);
  });

  test('that ends', async () => {
    const { id } = await started(scene, { startedOn: '2026-09-14' });
    await hours(id, '2026-11-01', 60);
    const end = { placement: id, endedOn: '2026-10-30', outcome: toJob };
    expect(refusal(await place(scene.provider, 'endPlacement', end))).toEqual(['INVALID_INPUT', 'endedOn']);
    await placed(scene.provider, 'endPlacement', { ...end, endedOn: '2026-11-20' });
  });
});
