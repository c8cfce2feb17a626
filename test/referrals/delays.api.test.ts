import { refusal, Scene } from '../kit/referrals.ts';
import { councilOf, World, type Asking } from '../kit/world.ts';

let world: World;
let scene: Scene;
let manager: Asking;

beforeAll(async () => {
  world = await World.open();
  scene = await Scene.open(world);
  manager = await (await councilOf(world)).member();
});
afterAll(() => world.close());

const quick = { acknowledge: 1, answer: 5, waiting: 20, holdAfterStart: 2, holdWithoutStart: 10 };
const selection = 'delays { kind from acknowledge answer waiting holdAfterStart holdWithoutStart }';
const set = (input: object, as: Asking = manager) =>
  as.run('setDelays', 'NewDelays', { ...quick, from: '2026-12-01', ...input }, selection);
const held = async (args: string) => (await scene.provider.get(`{ delays${args} { from answer } }`)).delays;

test('until the council says otherwise the delays are those of the trade', async () => {
  expect(await held('')).toEqual({ from: null, answer: 10 });
});

test('the council sets delays from a day on, for all or for one kind of offer; what was sent keeps its own', async () => {
  const before = await scene.sent();
  const { delays, userErrors } = await set({});
  expect(userErrors).toEqual([]);
  expect(delays).toEqual({ ...quick, kind: null, from: '2026-12-01' });
  await set({ kind: 'QUALIFYING_TRAINING', answer: 7, from: '2026-11-23' });
  expect(await held('')).toEqual({ from: null, answer: 10 });
  expect(await held('(on: "2026-12-01")')).toEqual({ from: '2026-12-01', answer: 5 });
  expect(await held('(kind: QUALIFYING_TRAINING, on: "2026-12-01")')).toEqual({
    from: '2026-11-23',
    answer: 7,
  });
  await set({ answer: 6 });
  expect(await held('(on: "2027-01-01")')).toEqual({ from: '2026-12-01', answer: 6 });

  world.clock.set('2026-12-01T08:00:00.000Z'); // a Tuesday
  expect((await scene.sent()).deadline).toBe('2026-12-09T23:00:00.000Z');
  const read = await scene.provider.get(`query ($id: ID!) { referral(id: $id) { deadline } }`, {
    id: before.id,
  });
  expect(read.referral.deadline).toBe('2026-12-07T23:00:00.000Z');
  const waiting = await scene.waitlisted(await scene.vacancy(1));
  expect(waiting.deadline).toBe('2026-12-21T08:00:00.000Z');
  world.clock.set('2026-11-23T08:00:00.000Z');
});

test('nobody but the council’s managers sets them, nor for the past, nor out of reason', async () => {
  const coordinator = await (await councilOf(world)).member({ roles: ['COORDINATOR'] });
  for (const as of [coordinator, scene.provider, await scene.sender.member()])
    expect(refusal(await set({}, as))).toBe('NOT_ALLOWED');
  const field = async (input: object) => (await set(input)).userErrors[0].field;
  expect(await field({ from: '2026-11-22' })).toEqual(['from']);
  expect(await field({ answer: 41 })).toEqual(['answer']);
  expect(await field({ acknowledge: 6 })).toEqual(['acknowledge']);
});

test('the same key sets them once', async () => {
  const once = { idempotencyKey: 'delays', from: '2027-06-01', answer: 8 };
  expect([await set(once), await set(once)].map(refusal)).toEqual([null, null]);
  expect(await held('(on: "2027-06-01")')).toEqual({ from: '2027-06-01', answer: 8 });
});
