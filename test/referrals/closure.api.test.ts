import sql from 'sql-template-tag';
import { refusal, Scene } from '../kit/referrals.ts';
import { World, type Asking } from '../kit/world.ts';

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

const christmas = { from: '2026-11-26', to: '2026-12-02', reason: 'HOLIDAYS' };
const selection = 'closure { id from to reason cancelledAt site { id } }';
const declare = (input: object = {}, as: Asking = scene.provider) =>
  as.run('declareClosure', 'NewClosure', { ...christmas, ...input }, selection);
const cancel = (closure: string, as: Asking = scene.provider) =>
  as.run('cancelClosure', 'ClosureCancelling', { closure }, selection);
const deadline = async (id: string) =>
  (await scene.coordinator.get(`query ($id: ID!) { referral(id: $id) { deadline } }`, { id })).referral
    .deadline;
const moved = async (id: string) =>
  (
    await world.rows(
      sql`select facts from event where subject_id = ${id} and type = 'referral.deadline_moved'`,
    )
  ).length;

test('a closure declared later moves what awaits an answer by its business days, and back when it is taken back', async () => {
  const { id } = await scene.sent();
  expect(await deadline(id)).toBe('2026-12-07T23:00:00.000Z');
  const { closure } = await declare();
  // Thursday 26, Friday 27, Monday 30, Tuesday 1 and Wednesday 2: five days
  expect(await deadline(id)).toBe('2026-12-14T23:00:00.000Z');
  const later = await scene.sent();
  expect(later.deadline).toBe('2026-12-14T23:00:00.000Z');
  world.clock.set('2026-11-27T08:00:00.000Z');
  expect((await cancel(closure.id)).closure).toMatchObject({ to: '2026-11-27', cancelledAt: null });
  expect(await deadline(id)).toBe('2026-12-09T23:00:00.000Z');
  expect([await moved(id), await moved(later.id)]).toEqual([2, 1]);
});

test('a closure that moves nothing changes nothing: who has the referral open may still answer what they read', async () => {
  const { id, version } = await scene.sent();
  await declare({ from: '2027-02-01', to: '2027-02-05' });
  expect(refusal(await scene.move(scene.provider, 'acknowledgeReferral', id, { version }))).toBeNull();
  expect(await moved(id)).toBe(0);
});

test('before sending it is shown until when nobody answers, on the offer, its vacancies and the organisation', async () => {
  const vacancy = await scene.vacancy(2);
  const shown = async () =>
    (await scene.coordinator.get(
      `query ($o: ID!, $v: ID!) { offer(id: $o) { answersFrom organisation { closures { from to } } } vacancy(id: $v) { answersFrom } }`,
      { o: scene.offer, v: vacancy },
    )) as any;
  await declare();
  expect((await shown()).offer).toEqual({ answersFrom: null, organisation: { closures: [{ from: christmas.from, to: christmas.to }] } });
  world.clock.set('2026-11-28T08:00:00.000Z');
  expect(await shown()).toMatchObject({ offer: { answersFrom: '2026-12-03' }, vacancy: { answersFrom: '2026-12-03' } });
  world.clock.set('2026-12-03T08:00:00.000Z');
  expect((await shown()).offer).toEqual({ answersFrom: null, organisation: { closures: [] } });
}); // prettier-ignore

test('one site that is closed moves what is referred there alone', async () => {
  const add = await scene.provider.run(
    'addSite',
    'NewSite',
    { name: 'Atelier', commune: '44109' },
    'site { id }',
  );
  const vacancy = await scene.vacancy(2);
  await world.db.write(world.hub, (tx) =>
    tx.change(sql`update vacancy set site_id = ${add.site.id} where id = ${vacancy}`, 1),
  );
  const [there, elsewhere] = [await scene.sent({ vacancy }), await scene.sent()];
  expect((await declare({ site: add.site.id })).closure.site.id).toBe(add.site.id);
  expect(await deadline(there.id)).toBe('2026-12-14T23:00:00.000Z');
  expect(await deadline(elsewhere.id)).toBe('2026-12-07T23:00:00.000Z');
  expect(await moved(elsewhere.id)).toBe(0);
});

test('a suspension within a closure costs nothing more; what is answered stays as it was', async () => {
  const answered = await scene.accepted({ vacancy: await scene.vacancy(1) });
  const { id } = await scene.sent();
  await declare();
  world.clock.set('2026-11-26T08:00:00.000Z');
  await scene.provider.run(
    'suspendOffer',
    'OfferSuspension',
    { offer: scene.offer, until: '2026-12-02' },
    'offer { id }',
  );
  expect(await deadline(id)).toBe('2026-12-14T23:00:00.000Z');
  expect(await deadline(answered.id)).toBe(answered.deadline);
});

test('only its own members close an organisation, not in the past, nor twice; the same key closes once', async () => {
  const stranger = await (await world.organisation()).member();
  expect(refusal(await declare({ organisation: scene.receiver.id }, stranger))).toBe('NOT_ALLOWED');
  expect(refusal(await declare({ organisation: scene.receiver.id }, scene.coordinator))).toBe('NOT_ALLOWED');
  expect((await declare({ from: '2026-11-22' })).userErrors).toMatchObject([{ code: 'INVALID_INPUT', field: ['from'] }]);
  expect((await declare({ site: 'site_01jz0000000000000000000000' })).userErrors).toMatchObject([{ code: 'NOT_FOUND' }]);
  const once = [await declare({ idempotencyKey: 'once' }), await declare({ idempotencyKey: 'once' })];
  expect(once[0].closure.id).toBe(once[1].closure.id);
  const both = await Promise.all([declare({ from: '2026-12-03', to: '2026-12-04' }), declare({ from: '2026-12-04', to: '2026-12-05' })]);
  expect(both.map(refusal).sort()).toEqual(['INVALID_INPUT', null]);
  expect(refusal(await cancel(once[0].closure.id, stranger))).toBe('NOT_ALLOWED');
  expect((await cancel(once[0].closure.id)).userErrors).toEqual([]);
  expect(refusal(await cancel(once[0].closure.id))).toBe('NOT_FOUND');
}); // prettier-ignore
