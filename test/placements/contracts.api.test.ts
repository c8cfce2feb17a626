import { cddi, place, placed, started } from '../kit/placements.ts';
import { Scene } from '../kit/referrals.ts';
import { World } from '../kit/world.ts';

let world: World;
let scene: Scene;

beforeAll(async () => {
  world = await World.open();
  scene = await Scene.open(world);
});
afterEach(() => world.clock.set('2026-11-23T08:00:00.000Z'));
afterAll(() => world.close());

const refusal = (payload: any) =>
  payload.userErrors[0] && [payload.userErrors[0].code, payload.userErrors[0].field?.join('.') ?? null];
const current = async (id: string) =>
  (await scene.provider.get(`{ placement(id: "${id}") { currentContract { weeklyHours } } }`)).placement
    .currentContract;

describe('other hours a week', () => {
  test('are one more contract line from their day on; the contract of today is told', async () => {
    const { id, contracts } = await started(scene);
    const amended = await placed(scene.provider, 'amendContract', { placement: id, from: '2026-12-01', weeklyHours: 30 });
    expect(amended.contractEndsOn).toBe(cddi.to);
    expect(amended.contracts).toMatchObject([
      { id: contracts[0].id, from: '2026-11-02', to: '2026-11-30', weeklyHours: 26 },
      { kind: 'FIXED_TERM_I', from: '2026-12-01', to: cddi.to, weeklyHours: 30, renews: contracts[0].id },
    ]);
    expect(await current(id)).toEqual({ weeklyHours: 26 });
    world.clock.set('2026-12-01T08:00:00.000Z');
    expect(await current(id)).toEqual({ weeklyHours: 30 });
    world.clock.set('2027-06-01T08:00:00.000Z');
    expect(await current(id)).toBeNull();
  }); // prettier-ignore

  test('change within the contract alone, and are other hours; by the receiver', async () => {
    const { id } = await started(scene);
    const amend = (over: object, as = scene.provider) =>
      place(as, 'amendContract', { placement: id, from: '2026-12-01', weeklyHours: 30, ...over });
    expect(refusal(await amend({ from: '2026-11-02' }))).toEqual(['INVALID_INPUT', 'from']);
    expect(refusal(await amend({ from: '2027-05-23' }))).toEqual(['INVALID_INPUT', 'from']);
    expect(refusal(await amend({ weeklyHours: 26 }))).toEqual(['INVALID_INPUT', 'weeklyHours']);
    expect(refusal(await amend({ weeklyHours: 61 }))).toEqual(['INVALID_INPUT', 'weeklyHours']);
    expect(refusal(await amend({}, scene.coordinator))).toEqual(['NOT_ALLOWED', null]);
    expect(refusal(await amend({ version: 7 }))).toEqual(['STALE', 'version']);
    const twice = await Promise.all([amend({ version: 1 }), amend({ version: 1 })]);
    expect(twice.map(refusal).filter(Boolean)).toEqual([['STALE', 'version']]);
    await placed(scene.provider, 'endPlacement', { placement: id, endedOn: '2026-11-23', outcome: { kind: 'UNKNOWN' } });
    expect(refusal(await amend({}))).toEqual(['WRONG_STATE', null]);
  }); // prettier-ignore
});

describe('a contract recorded wrongly', () => {
  test('is put right; what was believed stays readable, and the end of the last one moves with it', async () => {
    const { id, contracts } = await started(scene);
    const rightly = { kind: 'FIXED_TERM_I', to: '2027-03-01', weeklyHours: 24 };
    const input = { placement: id, contract: contracts[0].id, rightly, reason: 'TYPING_ERROR' };
    const corrected = await placed(scene.provider, 'correctContract', input);
    expect(corrected).toMatchObject({
      contractEndsOn: '2027-03-01',
      contracts: [{ id: contracts[0].id, from: '2026-11-02', to: '2027-03-01', weeklyHours: 24 }],
      contractCorrections: [
        { contract: contracts[0].id, from: '2026-11-02', to: cddi.to, weeklyHours: 26, correctedBecause: 'TYPING_ERROR' },
      ],
    });
    expect(refusal(await place(scene.provider, 'correctContract', input))).toEqual(['INVALID_INPUT', 'rightly']);
  }); // prettier-ignore

  test('stays between its neighbours and after the start, and is one of this placement', async () => {
    const { id, contracts } = await started(scene);
    const next = { kind: 'FIXED_TERM_I', to: '2027-11-22', weeklyHours: 26 };
    const { contracts: both } = await placed(scene.provider, 'renewContract', { placement: id, contract: next });
    const correct = (contract: string, rightly: object, as = scene.provider) =>
      place(as, 'correctContract', { placement: id, contract, rightly: { ...next, ...rightly }, reason: 'OTHER' });
    expect(refusal(await correct(contracts[0].id, { to: '2027-05-23' }))).toEqual(['INVALID_INPUT', 'rightly.to']);
    expect(refusal(await correct(contracts[0].id, { from: '2026-11-01', to: cddi.to }))).toEqual(['INVALID_INPUT', 'rightly.from']);
    expect(refusal(await correct(both[1].id, { from: '2027-05-22' }))).toEqual(['INVALID_INPUT', 'rightly.from']);
    expect(refusal(await correct(both[1].id, { to: null }))).toEqual(['INVALID_INPUT', 'rightly.to']);
    const elsewhere = (await started(scene)).contracts[0].id;
    expect(refusal(await correct(elsewhere, {}))).toEqual(['NOT_FOUND', 'contract']);
    expect(refusal(await correct(both[1].id, { weeklyHours: 20 }, scene.coordinator))).toEqual(['NOT_ALLOWED', null]);
    expect(refusal(await correct(both[1].id, { weeklyHours: 20 }))).toBeUndefined();
  }); // prettier-ignore
});
