import sql from 'sql-template-tag';
import { faults } from '../kit/client.ts';
import { councilOf, World, type Asking } from '../kit/world.ts';

let world: World;
let council: Asking;

beforeAll(async () => {
  world = await World.open();
  council = await (await councilOf(world)).member();
});
afterAll(() => world.close());

const objective = { code: 'A1', title: 'Lever les freins', purposes: ['SOCIAL', 'GOVERNANCE'] };
const axis = { code: 'A', title: 'Un parcours adapté', objectives: [objective] };
const edition = {
  title: 'Programme d’insertion',
  fromYear: 2026,
  untilYear: 2030,
  inForceFrom: '2026-11-23',
  axes: [axis],
};
const shown =
  'programme { id number title state inForceFrom followedOn axes { code objectives { code purposes } } }';
const adopt = (over: object = {}, as = council) =>
  as.run('adoptProgramme', 'NewProgramme', { ...edition, ...over }, shown);
const withdraw = (programme: string, as = council) =>
  as.run('withdrawProgramme', 'ProgrammeWithdrawal', { programme }, shown);
const inForce = async (on?: string) =>
  (await council.get('query ($on: Date) { programme(on: $on) { number state followedOn } }', { on }))
    .programme;

test('the council adopts an edition, in force from its day; every partner reads it, and learns of it', async () => {
  expect(await inForce()).toBeNull();
  const anybody = await (await world.organisation()).member({ roles: ['READER'] });
  const { programme } = await adopt({
    targets: [{ indicator: 'BENEFICIARIES_IN_ACTION', year: 2027, value: 1200 }],
    weights: [{ criterion: 'WISH', points: 30 }],
    priorityPublics: ['RSA', 'QPV'],
  });
  expect(programme).toMatchObject({ number: 1, state: 'IN_FORCE', followedOn: null, axes: [{ code: 'A', objectives: [{ code: 'A1', purposes: objective.purposes }] }] });
  const read = await anybody.get(`{ programme { id targets { indicator year value } weights { criterion points } priorityPublics } }`);
  expect(read.programme).toEqual({
    ...{ id: programme.id, targets: [{ indicator: 'BENEFICIARIES_IN_ACTION', year: 2027, value: 1200 }] },
    ...{ weights: [{ criterion: 'WISH', points: 30 }], priorityPublics: ['RSA', 'QPV'] },
  });
  const [event] = await world.rows(sql`select type, audience, facts from event where subject_id = ${programme.id}`);
  expect(event).toEqual({ type: 'programme.adopted', audience: ['*'], facts: { inForceFrom: '2026-11-23' } });
}); // prettier-ignore

test('the next edition takes its place on its day, and what was in force before stays readable', async () => {
  const { programme } = await adopt({ inForceFrom: '2027-01-01', title: 'La suite' });
  expect(programme).toMatchObject({ number: 2, state: 'TO_COME' });
  expect(await inForce('2026-12-31')).toEqual({ number: 1, state: 'IN_FORCE', followedOn: '2027-01-01' });
  expect(await inForce('2027-01-01')).toMatchObject({ number: 2 });
  world.clock.set('2027-01-04T08:00:00.000Z');
  expect(await inForce('2026-12-31')).toMatchObject({ number: 1, state: 'PAST' });
  const { programmeEditions } = await council.get(
    '{ programmeEditions { totalCount nodes { number state } } }',
  );
  expect(programmeEditions).toEqual({
    totalCount: 2,
    nodes: [
      { number: 2, state: 'IN_FORCE' },
      { number: 1, state: 'PAST' },
    ],
  });
});

test('before its day an edition is taken back, once; the one in force is not', async () => {
  const { programme } = await adopt({ inForceFrom: '2028-01-01' });
  expect((await withdraw(programme.id)).programme.state).toBe('WITHDRAWN');
  expect(faults(await withdraw(programme.id))).toEqual([]);
  expect(await inForce('2028-02-01')).toMatchObject({ number: 2, followedOn: null });
  const { id } = (await council.get('{ programme { id } }')).programme;
  expect(faults(await withdraw(id))).toEqual(['WRONG_STATE']);
  expect((await adopt({ inForceFrom: '2028-01-01' })).programme).toMatchObject({
    number: 4,
    state: 'TO_COME',
  });
});

test('others do not: a colleague who manages nothing, another partner’s manager, a tool', async () => {
  const colleague = await (await councilOf(world)).member({ roles: ['COORDINATOR'] });
  const stranger = await (await world.organisation({ kind: 'PLIE' })).member();
  for (const each of [colleague, stranger]) {
    expect(faults(await adopt({ inForceFrom: '2031-01-01' }, each))).toEqual(['NOT_ALLOWED']);
    const { programme } = await council.get('{ programme(on: "2028-06-01") { id } }');
    expect(faults(await withdraw(programme.id, each))).toEqual(['NOT_ALLOWED']);
  }
});

test('two adopted at once for one day: one is, the other hears why', async () => {
  const answers = await Promise.all([1, 2, 3].map(() => adopt({ inForceFrom: '2032-01-01' })));
  expect(answers.map(faults).flat().sort()).toEqual([
    'INVALID_INPUT inForceFrom',
    'INVALID_INPUT inForceFrom',
  ]);
});

test.each([
  [{ title: 'x' }, 'title'],
  [{ untilYear: 2025 }, 'untilYear'],
  [{ untilYear: 2036 }, 'untilYear'],
  [{ inForceFrom: '2026-12-31' }, 'inForceFrom'],
  [{ inForceFrom: '2032-01-01' }, 'inForceFrom'],
  [{ axes: [] }, 'axes'],
  [{ axes: [axis, axis] }, 'axes'],
  [{ axes: [{ ...axis, objectives: [] }] }, 'axes.0.objectives'],
  [{ axes: [{ ...axis, code: 'a b' }] }, 'axes.0.code'],
  [{ axes: [{ ...axis, objectives: [{ ...objective, purposes: [] }] }] }, 'axes.0.objectives.0.purposes'],
  [{ axes: [{ ...axis, objectives: [{ ...objective, purposes: ['SOCIAL', 'SOCIAL'] }] }] }, 'axes.0.objectives.0.purposes'],
  [{ targets: [{ indicator: 'BENEFICIARIES_IN_ACTION', year: 2025, value: 1 }] }, 'targets.0.year'],
  [{ targets: [{ indicator: 'BENEFICIARIES_IN_ACTION', year: 2026, value: -1 }] }, 'targets.0.value'],
  [{ weights: [{ criterion: 'WISH', points: 101 }] }, 'weights.0.points'],
  [{ weights: [{ criterion: 'WISH', points: 1 }, { criterion: 'WISH', points: 2 }] }, 'weights'],
  [{ priorityPublics: ['RSA', 'RSA'] }, 'priorityPublics'],
])('is refused %j', async (over, field) => {
  expect(faults(await adopt({ inForceFrom: '2040-01-01', ...over }))).toEqual([`INVALID_INPUT ${field}`]);
}); // prettier-ignore
