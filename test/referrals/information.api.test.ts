import sql from 'sql-template-tag';
import { done, refusal, Scene } from '../kit/referrals.ts';
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

const selection = `state version deadline informationRequests { id state questions answers { question answer } askedAt dueAt endedAt }
  clockStops { cause until } notes { text category }`;
const seen = async (id: string, as: any = scene.coordinator) =>
  (await as.get(`query ($id: ID!) { referral(id: $id) { ${selection} } }`, { id })).referral;
const ask = (id: string, questions = ['PUBLIC', 'DOCUMENT_CV'], more: object = {}) =>
  scene.move(scene.provider, 'requestInformation', id, { questions, ...more });
const answers = [
  { question: 'PUBLIC', answer: 'TOLD' },
  { question: 'DOCUMENT_CV', answer: 'DOCUMENT_GIVEN' },
];
const give = (id: string, more: object = {}) =>
  scene.move(scene.coordinator, 'provideInformation', id, { answers, ...more });
const withdraw = (id: string, as: any = scene.provider) => scene.move(as, 'withdrawInformationRequest', id);
const typesOf = async (id: string) =>
  (await world.rows(sql`select type from event where subject_id = ${id} order by tx, pos`)).map(
    (row) => row.type,
  );

test('a provider asks, its clock stands still, the sender answers: what was left is left', async () => {
  const { id, version } = await scene.acknowledged();
  done(await ask(id, undefined, { version }));
  expect(await seen(id)).toMatchObject({
    // ten business days more than before, from Monday nine o’clock to the end of Monday 7 December
    deadline: '2026-12-22T14:00:00.000Z',
    informationRequests: [
      { state: 'OPEN', questions: ['PUBLIC', 'DOCUMENT_CV'], answers: null, dueAt: '2026-12-07T23:00:00.000Z', endedAt: null },
    ],
    clockStops: [{ cause: 'INFORMATION', until: '2026-12-07T23:00:00.000Z' }],
  });
  world.clock.set('2026-11-25T08:00:00.000Z');
  done(await give(id, { note: { category: 'PRACTICAL', text: 'Le CV part par la poste.' } }));
  for (const as of [scene.coordinator, scene.provider])
    expect(await seen(id, as)).toMatchObject({
      deadline: '2026-12-09T23:00:00.000Z',
      informationRequests: [{ state: 'GIVEN', answers, endedAt: '2026-11-25T08:00:00.000Z' }],
      notes: [{ text: 'Le CV part par la poste.', category: 'PRACTICAL' }],
    });
  expect((await typesOf(id)).slice(2)).toEqual(['referral.information_requested', 'referral.noted', 'referral.information_given']);
  const [event] = await world.rows(sql`select facts from event where subject_id = ${id} and type = 'referral.information_given'`);
  expect(Object.keys(event.facts).sort()).toEqual(['offer', 'request', 'state', 'vacancy']);
}); // prettier-ignore

test('the sender stays silent as long as the provider had: time runs again by itself, and an answer still counts', async () => {
  const { id } = await scene.sent();
  done(await ask(id));
  const { deadline } = await seen(id);
  world.clock.set('2026-12-10T08:00:00.000Z');
  expect(refusal(await ask(id))).toBe('WRONG_STATE');
  done(await give(id));
  expect((await seen(id)).deadline).toBe(deadline);
});

test('withdrawn, a request stops nothing; an answer to the referral closes it', async () => {
  const { id } = await scene.sent();
  expect(refusal(await withdraw(id))).toBe('WRONG_STATE');
  done(await ask(id));
  done(await withdraw(id));
  expect(await seen(id)).toMatchObject({ deadline: '2026-12-07T23:00:00.000Z', informationRequests: [{ state: 'WITHDRAWN' }] });
  done(await ask(id, ['LICENCE']));
  done(await scene.move(scene.provider, 'acceptReferral', id));
  expect((await seen(id)).informationRequests.map((each: any) => each.state)).toEqual(['WITHDRAWN', 'CLOSED']);
  for (const move of [ask(id), give(id), withdraw(id)]) expect(refusal(await move)).toBe('WRONG_STATE');
}); // prettier-ignore

test('one request at a time, three in all: asking is no way never to answer', async () => {
  const { id } = await scene.sent();
  for (let times = 0; times < 3; times++) {
    done(await ask(id));
    expect((await ask(id)).userErrors).toMatchObject([{ code: 'WRONG_STATE' }]);
    done(await withdraw(id));
  }
  const payload = await ask(id);
  expect(payload.userErrors).toMatchObject([{ code: 'WRONG_STATE', message: expect.stringContaining('3') }]);
});

test('two ask at once, and one request is made; the same key asks once', async () => {
  const { id } = await scene.sent();
  const both = await Promise.all([ask(id), ask(id)]);
  expect(both.map(refusal).sort()).toEqual(['WRONG_STATE', null]);
  done(await withdraw(id));
  const again = [
    await ask(id, ['TRAVEL'], { idempotencyKey: id }),
    await ask(id, ['TRAVEL'], { idempotencyKey: id }),
  ];
  expect(again.map(refusal)).toEqual([null, null]);
  expect((await seen(id)).informationRequests.length).toBe(2);
});

test('each side does its own part, and every question has its answer', async () => {
  const { id } = await scene.sent();
  const asked = { questions: ['SKILLS'] };
  expect(refusal(await scene.move(scene.coordinator, 'requestInformation', id, asked))).toBe('NOT_ALLOWED');
  const stranger = await (await world.organisation()).member();
  expect(refusal(await scene.move(stranger, 'requestInformation', id, asked))).toBe('NOT_FOUND');
  const wrong = async (questions: string[]) => (await ask(id, questions)).userErrors;
  expect(await wrong([])).toMatchObject([{ code: 'INVALID_INPUT', field: ['questions'] }]);
  expect(await wrong(['SKILLS', 'SKILLS'])).toMatchObject([{ code: 'INVALID_INPUT', field: ['questions', '1'] }]);
  done(await ask(id));
  expect(refusal(await withdraw(id, scene.coordinator))).toBe('NOT_ALLOWED');
  expect(refusal(await scene.move(scene.provider, 'provideInformation', id, { answers }))).toBe('NOT_ALLOWED');
  expect(refusal(await give(id, { version: 1 }))).toBe('STALE');
  const [first, second] = answers;
  const bad = async (given: object[]) => (await give(id, { answers: given })).userErrors[0].field;
  expect(await bad([first!])).toEqual(['answers']);
  expect(await bad([first!, second!, second!])).toEqual(['answers', '2', 'question']);
  expect(await bad([...answers, { question: 'TRAVEL', answer: 'TOLD' }])).toEqual(['answers', '2', 'question']);
  const nir = await give(id, { note: { category: 'OTHER', text: 'NIR 1 85 05 78 006 084 91' } });
  expect(nir.userErrors).toMatchObject([{ code: 'INVALID_INPUT' }]);
  expect(await seen(id)).toMatchObject({ informationRequests: [{ state: 'OPEN' }], notes: [] });
}); // prettier-ignore
