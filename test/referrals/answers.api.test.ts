import sql from 'sql-template-tag';
import { Scene } from '../kit/referrals.ts';
import { World } from '../kit/world.ts';

/** Answers to many referrals at once: each line is the ordinary answer, decided by itself. */
let world: World;
let scene: Scene;

beforeAll(async () => {
  world = await World.open();
  scene = await Scene.open(world);
});
afterAll(() => world.close());

const selection = 'lines { id referral { id state vacancy { id } } userErrors { code field } }';
const answer = (lines: object[], more: object = {}, as = scene.provider) =>
  as.run('answerReferrals', 'ReferralAnswers', { lines, ...more }, selection);
const code = (line: any) => line.userErrors[0]?.code ?? null;
const states = (payload: any) => payload.lines.map((line: any) => line.referral?.state ?? null);
const some = async (count: number, vacancy: string) =>
  (await scene.manySent(count, vacancy)).map(({ id }) => id as string);

test('each line is answered by itself and in order; what one refuses stops no other', async () => {
  const vacancy = await scene.vacancy(1);
  const [first, second, third, fourth, fifth] = await some(5, vacancy);
  const unbound = (await scene.sent()).id;
  const payload = await answer([
    { referral: first, move: 'ACKNOWLEDGE' },
    { referral: second, move: 'ACCEPT' },
    { referral: third, move: 'ACCEPT' },
    { referral: fourth, move: 'DECLINE', reason: 'NO_POSITION' },
    { referral: 'ref_01jd0000000000000000000000', move: 'ACCEPT' },
    { referral: fifth, move: 'DECLINE' },
    { referral: third, move: 'WAITLIST' },
    { referral: unbound, move: 'WAITLIST', vacancy, version: 2 },
    { referral: first, move: 'ACKNOWLEDGE', vacancy },
  ]);
  expect(payload.lines.map(code)).toEqual([
    ...[null, null, 'NO_PLACE_LEFT', null, 'NOT_FOUND', 'INVALID_INPUT', null, 'STALE', 'INVALID_INPUT'],
  ]);
  expect(states(payload)).toEqual([
    ...['ACKNOWLEDGED', 'ACCEPTED', 'SENT', 'DECLINED', null, 'SENT', 'WAITLISTED', 'SENT', 'ACKNOWLEDGED'],
  ]);
  const fields = payload.userErrors.map((error: any) => error.field?.join('.'));
  expect(fields).toEqual(['lines.2.vacancy', 'lines.4.referral', 'lines.5.reason', 'lines.7.version', 'lines.8.vacancy']);
}); // prettier-ignore

test('a line binds to a vacancy and accepts in one go, or does neither', async () => {
  const [free, full] = [await scene.vacancy(1), await scene.vacancy(1)];
  await scene.accepted({ vacancy: full });
  const [one, other] = [(await scene.sent()).id, (await scene.sent()).id];
  const payload = await answer([
    { referral: one, move: 'ACCEPT', vacancy: free, version: 1 },
    { referral: other, move: 'ACCEPT', vacancy: full },
  ]);
  expect(payload.lines[0].referral).toEqual({ id: one, state: 'ACCEPTED', vacancy: { id: free } });
  expect(payload.lines[1].referral).toEqual({ id: other, state: 'SENT', vacancy: null });
  expect(payload.lines.map(code)).toEqual([null, 'NO_PLACE_LEFT']);
});

test('nobody else answers, and no more than fifty at once', async () => {
  const [referral] = await some(1, await scene.vacancy(1));
  const line = { referral, move: 'ACCEPT' };
  expect((await answer([line], {}, scene.coordinator)).lines.map(code)).toEqual(['NOT_ALLOWED']);
  const other = await Scene.open(world);
  expect((await answer([line], {}, other.provider)).lines.map(code)).toEqual(['NOT_FOUND']);
  for (const lines of [[], Array(51).fill(line)]) {
    const payload = await answer(lines);
    expect([payload.lines, payload.userErrors[0]]).toEqual([[], expect.objectContaining({ code: 'INVALID_INPUT', field: ['lines'] })]);
  }
}); // prettier-ignore

test('a key repeated answers each once, also at the same instant; with other lines nothing of it is done', async () => {
  const [first, second, third] = await some(3, await scene.vacancy(3));
  const lines = [{ referral: first, move: 'ACCEPT' }, { referral: second, move: 'ACCEPT' }];
  const keyed = { idempotencyKey: 'answers' };
  const both = await Promise.all([answer(lines, keyed), answer(lines, keyed)]);
  for (const payload of both) expect([states(payload), payload.userErrors]).toEqual([['ACCEPTED', 'ACCEPTED'], []]);
  const moves = await world.rows(sql`select 1 from referral_move where referral_id in (${first!}, ${second!}) and move = 'accept'`);
  expect(moves).toHaveLength(2);
  const changed = await answer([{ referral: third, move: 'DECLINE', reason: 'OTHER' }, ...lines], keyed);
  expect(changed.lines.map(code)).toEqual(Array(3).fill('IDEMPOTENCY_MISMATCH'));
  expect(states(changed)).toEqual(['SENT', 'ACCEPTED', 'ACCEPTED']);
}); // prettier-ignore

test('a line that was refused is decided afresh when the same key comes again', async () => {
  const vacancy = await scene.vacancy(1);
  const [first, second] = await some(2, vacancy);
  const lines = [{ referral: first, move: 'ACCEPT' }, { referral: second, move: 'ACCEPT' }];
  const once = await answer(lines, { idempotencyKey: 'afresh' });
  expect(once.lines.map(code)).toEqual([null, 'NO_PLACE_LEFT']);
  await scene.provider.run('updateVacancy', 'VacancyUpdate', { vacancy, places: 2 }, 'vacancy { id }');
  const again = await answer(lines, { idempotencyKey: 'afresh' });
  expect([states(again), again.userErrors]).toEqual([['ACCEPTED', 'ACCEPTED'], []]);
}); // prettier-ignore

test('the same sheet sent three times at once in three orders, for fewer places: as many accepted, no deadlock', async () => {
  const deadlocks = async () => (await world.rows(sql`select deadlocks from pg_stat_database where datname = current_database()`))[0].deadlocks;
  const before = await deadlocks();
  const vacancy = await scene.vacancy(4);
  const ids = await some(12, vacancy);
  const lines = ids.map((referral) => ({ referral, move: 'ACCEPT' }));
  const sheets = [lines, [...lines].reverse(), [...lines.slice(6), ...lines.slice(0, 6)]];
  const payloads = await Promise.all(sheets.map((sheet) => answer(sheet)));
  expect(payloads.flatMap(({ lines: each }) => each.map(code)).filter((each: unknown) => each === null)).toHaveLength(4);
  const [{ held }] = await world.rows(sql`select held from vacancy where id = ${vacancy}`);
  expect(held).toBe(4);
  expect((await deadlocks()) - before).toBe(0);
}); // prettier-ignore
