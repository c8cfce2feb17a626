import fc from 'fast-check';
import sql from 'sql-template-tag';
import { place, placed, started, toJob } from '../kit/placements.ts';
import { done, Scene } from '../kit/referrals.ts';
import { storedVacancy } from '../kit/vacancies.ts';
import { World } from '../kit/world.ts';

let world: World;
let scene: Scene;

beforeAll(async () => {
  world = await World.open();
  scene = await Scene.open(world);
});
afterAll(() => world.close());

/** What is counted of a vacancy, from the rows themselves. */
async function inRows(vacancy: string) {
  const [row] = await world.rows<{ held: number; taken: number }>(sql`
    select (select count(*)::int from referral where vacancy_id = ${vacancy} and holds_place) as held,
      (select count(*)::int from placement where vacancy_id = ${vacancy} and takes_place) as taken`);
  return row!;
}

const moves = ['start', 'undo', 'suspend', 'resume', 'endEarly', 'endLate'] as const;

test('whatever is done with its placements, in whatever order and at once, the places of a vacancy are counted right', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(fc.tuple(fc.nat(2), fc.constantFrom(...moves)), { maxLength: 4 }), { maxLength: 5 }),
      async (rounds) => {
        const vacancy = await scene.vacancy(3);
        const referrals: string[] = [];
        for (let n = 0; n < 3; n++) referrals.push((await scene.accepted({ vacancy })).id);
        for (const round of rounds) {
          await Promise.all(round.map(([at, move]) => act(referrals[at]!, move)));
          const { places, held, taken, free, state } = await storedVacancy(world, vacancy);
          expect({ held, taken }).toEqual(await inRows(vacancy));
          expect(free).toBe(places! - held - taken);
          expect(state).toBe(free === 0 ? 'FILLED' : 'OPEN');
        }
      },
    ),
    { numRuns: 8 },
  );
  const [met] = await world.rows(
    sql`select deadlocks from pg_stat_database where datname = current_database()`,
  );
  expect(met).toEqual({ deadlocks: 0 });
}, 60_000);

async function act(referral: string, move: (typeof moves)[number]): Promise<unknown> {
  const startedOn = '2026-11-02';
  if (move === 'start')
    return place(scene.provider, 'startPlacement', {
      referral,
      startedOn,
      contract: { kind: 'PERMANENT', weeklyHours: 35 },
    });
  const [row] = await world.rows<{ id: string }>(
    sql`select id from placement where referral_id = ${referral} and state <> 'UNDONE'`,
  );
  if (!row) return undefined;
  const placement = row.id;
  if (move === 'undo') return place(scene.provider, 'undoStart', { placement });
  if (move === 'suspend')
    return place(scene.provider, 'suspendPlacement', { placement, kind: 'OTHER', from: startedOn });
  if (move === 'resume') return place(scene.provider, 'resumePlacement', { placement, on: startedOn });
  const endedOn = move === 'endEarly' ? '2026-11-03' : '2026-11-22';
  return place(scene.provider, 'endPlacement', { placement, endedOn, outcome: toJob });
}

test('a vacancy counted from now on counts who is there already: accepted and started, and no fewer places', async () => {
  const vacancy = await scene.vacancy(null);
  const placement = await started(scene, { vacancy });
  const accepted = await scene.accepted({ vacancy });
  const count = (places: number) =>
    scene.provider.run('updateVacancy', 'VacancyUpdate', { vacancy, places }, 'vacancy { held taken free state }');
  expect((await count(1)).userErrors).toMatchObject([{ code: 'PLACES_IN_USE' }]);
  expect((await count(3)).vacancy).toEqual({ held: 1, taken: 1, free: 1, state: 'OPEN' });
  done(await scene.move(scene.provider, 'cancelAcceptance', accepted.id, { reason: 'MISTAKE' }));
  expect(await storedVacancy(world, vacancy)).toMatchObject({ held: 0, taken: 1, free: 2 });
  await placed(scene.provider, 'undoStart', { placement: placement.id });
  expect(await storedVacancy(world, vacancy)).toMatchObject({ held: 1, taken: 0 });
}); // prettier-ignore
