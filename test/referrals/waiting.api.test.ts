import sql from 'sql-template-tag';
import { sweepReferrals } from '../../src/referrals/referral.sweep.ts';
import { done, refusal, Scene } from '../kit/referrals.ts';
import { storedVacancy } from '../kit/vacancies.ts';
import { World } from '../kit/world.ts';

let world: World;
let scene: Scene;

beforeAll(async () => {
  world = await World.open();
  scene = await Scene.open(world);
});
afterAll(() => world.close());

const state = async (id: string, as: any = scene.provider) =>
  (
    await as.get(
      `query ($id: ID!) { referral(id: $id) { state reason waitingRank placeOfferedUntil vacancy { id } } }`,
      {
        id,
      },
    )
  ).referral;
const typesOf = async (id: string) =>
  (
    await world.rows<{ type: string }>(sql`select type from event where subject_id = ${id} order by tx, pos`)
  ).map((row) => row.type);

/** One place, held; and so many who wait for it. */
async function full(waiting: number) {
  const vacancy = await scene.vacancy(1);
  const holder = await scene.accepted({ vacancy });
  const list = [];
  for (let n = 0; n < waiting; n++) {
    list.push(await scene.waitlisted(vacancy));
    world.clock.set(new Date(Date.parse(world.clock.now()) + 60_000).toISOString());
  }
  return { vacancy, holder, list };
}

const free = (id: string) => scene.move(scene.provider, 'cancelAcceptance', id, { reason: 'MISTAKE' });

test('each party knows its own rank; who is no party does not, and nobody knows who is before', async () => {
  const { list } = await full(3);
  for (const [at, { id }] of list.entries()) {
    expect((await state(id)).waitingRank).toBe(at + 1);
    expect((await state(id, scene.coordinator)).waitingRank).toBe(at + 1);
  }
  done(await scene.move(scene.provider, 'declineReferral', list[0].id, { reason: 'NOT_MOBILE' }));
  expect((await state(list[2].id)).waitingRank).toBe(2);
  expect((await state(list[0].id)).waitingRank).toBeNull();
});

test('a freed place is reserved for the first of the list, who is told; nobody else gets it, nobody is accepted', async () => {
  const { vacancy, holder, list } = await full(2);
  const newcomer = await scene.sent({ vacancy });
  done(await free(holder.id));
  expect(await storedVacancy(world, vacancy)).toMatchObject({ held: 1, free: 0, state: 'FILLED' });
  expect(await state(list[0].id)).toMatchObject({ state: 'WAITLISTED', placeOfferedUntil: '2026-11-26T23:00:00.000Z' });
  expect((await state(list[1].id)).placeOfferedUntil).toBeNull();
  expect(await typesOf(list[0].id)).toEqual(['referral.sent', 'referral.waitlisted', 'referral.place_offered']);
  const [event] = await world.rows(sql`select audience, actor_kind, caused_by from event
    where subject_id = ${list[0].id} and type = 'referral.place_offered'`);
  expect(event.audience).toEqual(expect.arrayContaining([scene.sender.id, scene.receiver.id]));
  expect(event).toMatchObject({ actor_kind: 'HUB', caused_by: 'vacancy.place_freed' });
  for (const { id } of [newcomer, list[1]])
    expect(refusal(await scene.move(scene.provider, 'acceptReferral', id))).toBe('NO_PLACE_LEFT');
  done(await scene.move(scene.provider, 'acceptReferral', list[0].id));
  expect(await storedVacancy(world, vacancy)).toMatchObject({ held: 1, free: 0 });
}); // prettier-ignore

test('skipped with a reason, the place passes to the next without being free; the last leaves it free', async () => {
  const { vacancy, holder, list } = await full(2);
  const tooEarly = await scene.move(scene.provider, 'skipWaitlistedReferral', list[0].id, { reason: 'OTHER' });
  expect(refusal(tooEarly)).toBe('WRONG_STATE');
  done(await free(holder.id));
  const asked = { reason: 'DID_NOT_COME' };
  expect(refusal(await scene.move(scene.coordinator, 'skipWaitlistedReferral', list[0].id, asked))).toBe('NOT_ALLOWED');
  done(await scene.move(scene.provider, 'skipWaitlistedReferral', list[0].id, asked));
  expect(await storedVacancy(world, vacancy)).toMatchObject({ held: 1, free: 0 });
  expect(await state(list[0].id)).toMatchObject({ state: 'WAITLISTED', placeOfferedUntil: null, waitingRank: 1 });
  expect((await state(list[1].id)).placeOfferedUntil).not.toBeNull();
  done(await scene.move(scene.provider, 'skipWaitlistedReferral', list[1].id, asked));
  expect(await storedVacancy(world, vacancy)).toMatchObject({ held: 0, free: 1, state: 'OPEN' });
  done(await scene.move(scene.provider, 'acceptReferral', list[0].id));
}); // prettier-ignore

test('after three business days of silence the reserved place passes on by itself', async () => {
  const { holder, list } = await full(2);
  done(await free(holder.id));
  const before = world.clock.now();
  world.clock.set('2026-11-26T23:00:00.000Z');
  expect((await sweepReferrals(world.db)).placesSkipped).toBeGreaterThanOrEqual(1);
  expect((await state(list[0].id)).placeOfferedUntil).toBeNull();
  expect((await state(list[1].id)).placeOfferedUntil).toBe('2026-12-02T23:00:00.000Z');
  world.clock.set(before);
});

test('more places added reach as many of the list; a decline by the reserved one passes it on', async () => {
  const { vacancy, list } = await full(3);
  const publisher = await scene.receiver.member({ roles: ['PROVIDER'] });
  const payload = await publisher.run(
    'updateVacancy',
    'VacancyUpdate',
    { vacancy, places: 3 },
    'vacancy { id free }',
  );
  expect(payload.userErrors).toEqual([]);
  const reserved = async () => (await Promise.all(list.map(({ id }) => state(id)))).map((each) => !!each.placeOfferedUntil);
  expect(await reserved()).toEqual([true, true, false]);
  done(await scene.move(scene.coordinator, 'withdrawReferral', list[0].id, { reason: 'PERSON_UNAVAILABLE' }));
  expect(await reserved()).toEqual([false, true, true]);
  expect(await storedVacancy(world, vacancy)).toMatchObject({ held: 3, free: 0 });
}); // prettier-ignore

describe('a vacancy that closes', () => {
  const close = (vacancy: string, decisions: object[] = []) =>
    scene.provider.run(
      'closeVacancy',
      'VacancyClosing',
      { vacancy, reason: 'CANCELLED', decisions },
      'vacancy { id state held }',
    );

  test('says what becomes of each accepted person, or does not close', async () => {
    const { vacancy, holder } = await full(0);
    expect((await close(vacancy)).userErrors).toMatchObject([{ code: 'PLACES_IN_USE' }]);
    const stranger = await scene.sent();
    const wrong = await close(vacancy, [{ referral: stranger.id, decision: 'KEEP' }]);
    expect(wrong.userErrors.length).toBe(1);
    const closed = await close(vacancy, [{ referral: holder.id, decision: 'KEEP' }]);
    expect(closed).toMatchObject({ vacancy: { state: 'CLOSED', held: 1 }, userErrors: [] });
    expect((await state(holder.id)).state).toBe('ACCEPTED');

    const other = await full(0);
    const decision = { referral: other.holder.id, decision: 'CANCEL', reason: 'FUNDING_ENDED' };
    expect((await close(other.vacancy, [decision])).userErrors).toEqual([]);
    expect(await state(other.holder.id)).toMatchObject({ state: 'CANCELLED', reason: 'FUNDING_ENDED' });
    expect((await storedVacancy(world, other.vacancy)).held).toBe(0);
  });

  test('sends waiting and unanswered ones back to the offer where another vacancy is open', async () => {
    const vacancy = await scene.vacancy(1);
    await scene.vacancy(1);
    const sent = await scene.sent({ vacancy });
    const waiting = await scene.waitlisted(vacancy);
    expect((await close(vacancy)).userErrors).toEqual([]);
    for (const [{ id }, still] of [[sent, 'SENT'], [waiting, 'WAITLISTED']] as const)
      expect(await state(id)).toMatchObject({ state: still, vacancy: null, waitingRank: null });
  }); // prettier-ignore

  test('withdraws them as VACANCY_CLOSED where none is', async () => {
    const alone = await Scene.open(world);
    const vacancy = await alone.vacancy(1);
    const { id } = await alone.sent({ vacancy });
    const waiting = await alone.waitlisted(vacancy);
    const input = { vacancy, reason: 'CANCELLED' };
    const payload = await alone.provider.run('closeVacancy', 'VacancyClosing', input, 'vacancy { id }');
    expect(payload.userErrors).toEqual([]);
    for (const each of [id, waiting.id])
      expect(await state(each, alone.coordinator)).toMatchObject({ state: 'WITHDRAWN', reason: 'VACANCY_CLOSED' });
  }); // prettier-ignore
});
