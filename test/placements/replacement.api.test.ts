import sql from 'sql-template-tag';
import { faults } from '../kit/client.ts';
import { placed, started, toJob } from '../kit/placements.ts';
import { alsoFollowedBy, Scene } from '../kit/referrals.ts';
import { offerInTables, storedVacancy } from '../kit/vacancies.ts';
import { World } from '../kit/world.ts';

/** Hiring for whoever leaves: before the departure, or once the place stayed used. */
let world: World;
let scene: Scene;

beforeAll(async () => {
  world = await World.open();
  scene = await Scene.open(world);
});
afterAll(() => world.close());

const replace = (replacing: string, input: object = {}, as: any = scene.provider) =>
  as.run(
    'openVacancy',
    'NewVacancy',
    { offer: scene.offer, places: 1, replacing, ...input },
    'vacancy { id free replacing { id } }',
  );
const end = (placement: string, endedOn: string) =>
  placed(scene.provider, 'endPlacement', { placement, endedOn, outcome: toJob });
const seen = async (id: string, as: any = scene.provider) =>
  (
    await as.get(
      'query ($id: ID!) { placement(id: $id) { state takesPlace canBeReplaced replacement { id } } }',
      { id },
    )
  ).placement;
const start = (vacancy: string) => started(scene, { vacancy }); // prettier-ignore

test('a vacancy is opened before the person leaves; the place they have stays theirs, and used when they go', async () => {
  const vacancy = await scene.vacancy(1, '2026-11-02');
  const { id } = await start(vacancy);
  const waiting = await scene.waitlisted(vacancy);
  expect(await seen(id)).toMatchObject({ canBeReplaced: true, replacement: null });
  const { vacancy: next, userErrors } = await replace(id);
  expect([userErrors, next.replacing]).toEqual([[], { id }]);
  expect(await storedVacancy(world, vacancy)).toMatchObject({ taken: 1, free: 0 });
  expect(await seen(id)).toMatchObject({
    state: 'STARTED',
    canBeReplaced: false,
    replacement: { id: next.id },
  });
  // one departure is one place to fill: who waits for the first vacancy is not called as well
  await end(id, '2026-11-20');
  expect(await seen(id)).toMatchObject({ state: 'ENDED', takesPlace: true });
  expect(await storedVacancy(world, vacancy)).toMatchObject({ taken: 1, held: 0, free: 0 });
  expect(await offered(waiting.id)).toBeNull();
});

const offered = async (id: string) =>
  (await scene.provider.get('query ($id: ID!) { referral(id: $id) { placeOfferedUntil } }', { id })).referral
    .placeOfferedUntil;

test('the day before refillUntil the place goes to the waiting list; on that day it stays used, and a replacement is offered', async () => {
  for (const [endedOn, goes] of [['2026-11-19', true], ['2026-11-20', false]] as const) {
    const vacancy = await scene.vacancy(1, '2026-11-02');
    await scene.provider.run('updateVacancy', 'VacancyUpdate', { vacancy, refillUntil: '2026-11-20' }, 'vacancy { id }');
    const { id } = await start(vacancy);
    const waiting = await scene.waitlisted(vacancy);
    await end(id, endedOn);
    expect((await offered(waiting.id)) !== null).toBe(goes);
    expect(await storedVacancy(world, vacancy)).toMatchObject(goes ? { taken: 0, held: 1 } : { taken: 1, held: 0 });
    expect(await seen(id)).toMatchObject({ takesPlace: !goes, canBeReplaced: !goes });
    expect(faults(await replace(id))).toEqual(goes ? ['WRONG_STATE replacing'] : []);
  }
}); // prettier-ignore

test('a place is replaced once at a time: of two at once one is opened; closed again, another may follow', async () => {
  const { id } = await start(await scene.vacancy(1));
  const [one, other] = await Promise.all([replace(id), replace(id)]);
  expect([...faults(one), ...faults(other)]).toEqual(['ALREADY_EXISTS replacing']);
  const open = (one.vacancy ?? other.vacancy).id;
  await scene.provider.run(
    'closeVacancy',
    'VacancyClosing',
    { vacancy: open, reason: 'CANCELLED' },
    'vacancy { id }',
  );
  expect((await seen(id)).canBeReplaced).toBe(true);
  expect(faults(await replace(id, { draft: true }))).toEqual([]);
  expect(faults(await replace(id))).toEqual(['ALREADY_EXISTS replacing']);
});

test('who leaves is told to those alone who may see the placement', async () => {
  const { id } = await start(await scene.vacancy(1));
  const { vacancy } = await replace(id);
  const replacing = async (as: any) =>
    (await as.get('query ($id: ID!) { vacancy(id: $id) { id replacing { id } } }', { id: vacancy.id })).vacancy;
  expect(await replacing(scene.coordinator)).toEqual({ id: vacancy.id, replacing: { id } });
  const stranger = await (await world.organisation({ kind: 'PLIE' })).member();
  const tool = await scene.receiver.tool(['offers:read']);
  for (const each of [stranger, tool]) expect(await replacing(each)).toEqual({ id: vacancy.id, replacing: null });
  const { canBeReplaced } = await seen(id, scene.coordinator);
  expect(canBeReplaced).toBe(false);
  const lines = await world.rows<{ facts: object }>(sql`select facts from event where subject_id = ${vacancy.id}`);
  expect(JSON.stringify(lines)).not.toContain(id);
}); // prettier-ignore

test('it is for a placement of one’s own, in the same offer; any other does not exist', async () => {
  const { id } = await start(await scene.vacancy(1));
  const elsewhere = await Scene.open(world);
  const other = { offer: elsewhere.offer };
  expect(faults(await replace(id, other, elsewhere.provider))).toEqual(['NOT_FOUND replacing']);
  expect(faults(await replace('pla_unknown'))).toEqual(['NOT_FOUND replacing']);
  expect(faults(await replace(id, { offer: await offerInTables(scene.receiver) }))).toEqual(['INVALID_INPUT replacing']);
  // who sees the placement because it follows the person, and provides something itself, replaces nobody there
  const { person } = await referred(id);
  await alsoFollowedBy(elsewhere.receiver, person);
  expect(faults(await replace(id, other, elsewhere.provider))).toEqual(['NOT_ALLOWED']);
  await placed(scene.provider, 'undoStart', { placement: id });
  expect(faults(await replace(id))).toEqual(['WRONG_STATE replacing']);
}); // prettier-ignore

async function referred(placement: string): Promise<{ person: string }> {
  const [row] = await world.rows<{ person: string }>(
    sql`select person_id as person from placement where id = ${placement}`,
  );
  return row!;
}
