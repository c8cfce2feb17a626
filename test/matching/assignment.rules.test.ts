import fc from 'fast-check';
import {
  bestAssignment,
  type Assignment,
  type AssignmentLine,
  type AssignmentProblem,
} from '../../src/matching/assignment.ts';
import { AssignmentTimeout } from '../../src/matching/assignment.search.ts';
import { lotOf } from '../../src/matching/lot.rules.ts';
import { bestByTrying, holdsTo } from '../kit/assignment.ts';

const ids = (letter: string, count: number) => Array.from({ length: count }, (_, n) => `${letter}${n}`);

/** Small enough to be tried out whole: groups and caps overlap, so that whole numbers must be branched for at times. */
const problems: fc.Arbitrary<AssignmentProblem> = fc
  .record({
    people: fc.integer({ min: 0, max: 5 }),
    places: fc.integer({ min: 0, max: 4 }),
    tight: fc.boolean(),
  })
  .chain(({ people: p, places: q, tight }) => {
    const [people, places] = [ids('p', p), ids('q', q)];
    const some = (of: string[]) => fc.subarray(of);
    const limit = fc.integer({ min: 0, max: tight ? 2 : 4 });
    const group = fc.constantFrom('a', 'b', 'c');
    return fc.record({
      people: fc.shuffledSubarray(people, { minLength: p }),
      places: fc.tuple(
        ...places.map((id) => fc.record({ id: fc.constant(id), capacity: fc.integer({ min: 0, max: 3 }) })),
      ),
      scores: fc
        .tuple(...people.flatMap((person) => places.map((place) => scored(person, place))))
        .map((pairs) => pairs.filter((pair) => pair !== null)),
      groups: fc.record({ a: some(people), b: some(people), c: some(people) }),
      caps: fc.array(fc.record({ places: some(places), max: limit }), { maxLength: 2 }),
      floors: fc.array(fc.record({ group, min: limit }), { maxLength: 2 }),
      ceilings: fc.array(fc.record({ group, max: limit }), { maxLength: 2 }),
    });
  })
  .chain((problem) =>
    fc
      .subarray(problem.scores, { maxLength: Math.min(1, problem.scores.length) })
      .map((pairs) => ({ ...problem, fixed: pairs.map(({ person, place }) => ({ person, place })) })),
  );

function scored(person: string, place: string) {
  return fc.option(
    fc.integer({ min: 0, max: 9 }).map((score) => ({ person, place, score })),
    { freq: 3 },
  );
}

const worth = ({ status, placed, total }: Assignment) => ({ status, placed, total });

test('places as many as can be placed, then reaches the greatest total, as trying everything shows', async () => {
  await fc.assert(
    fc.asyncProperty(problems, async (problem) => {
      const found = await bestAssignment(problem);
      const best = bestByTrying(problem);
      expect(worth(found)).toEqual(best ? { status: 'OPTIMAL', ...best } : infeasible);
      expect(found.optimal).toBe(best !== null);
      if (best) expect(found.bound).toBe(best.total);
      holdsTo(problem, found);
    }),
    { numRuns: 150 },
  );
}, 120_000);

const infeasible = { status: 'INFEASIBLE', placed: 0, total: 0 };

test('floors that cannot hold are named: without them there is a plan, with them alone there is none', async () => {
  await fc.assert(
    fc.asyncProperty(
      problems.filter(({ fixed }) => !fixed!.length),
      async (problem) => {
        const { status, unmet } = await bestAssignment(problem);
        if (status !== 'INFEASIBLE') return expect(unmet).toEqual([]);
        const floors = problem.floors!;
        const without = floors.filter(({ group }) => !unmet.includes(group));
        const alone = floors.filter(({ group }) => unmet.includes(group));
        expect(alone).not.toEqual([]);
        expect((await bestAssignment({ ...problem, floors: without })).status).toBe('OPTIMAL');
        expect((await bestAssignment({ ...problem, floors: alone })).status).toBe('INFEASIBLE');
      },
    ),
    { numRuns: 40 },
  );
}, 60_000);

test('the order of the input changes nothing, not even between equal plans', async () => {
  const shuffled = problems.chain((problem) =>
    fc.record({
      problem: fc.constant(problem),
      people: fc.shuffledSubarray([...problem.people], { minLength: problem.people.length }),
      places: fc.shuffledSubarray([...problem.places], { minLength: problem.places.length }),
      scores: fc.shuffledSubarray([...problem.scores], { minLength: problem.scores.length }),
      caps: fc.constant([...problem.caps!].reverse()),
      floors: fc.constant([...problem.floors!].reverse()),
    }),
  );
  await fc.assert(
    fc.asyncProperty(shuffled, async ({ problem, ...order }) => {
      expect(await bestAssignment({ ...problem, ...order })).toEqual(await bestAssignment(problem));
    }),
    { numRuns: 25 },
  );
}, 60_000);

test('a place for three is worth what three places for one are; a constant added to all of a person’s scores moves the total by it', async () => {
  const plain = problems.map(({ people, places, scores }) => ({ people, places, scores }));
  await fc.assert(
    fc.asyncProperty(plain, async (problem) => {
      const found = await bestAssignment(problem);
      const apart = problem.places.flatMap(({ id, capacity }) =>
        ids(`${id}-`, capacity).map((each) => ({ id: each, of: id, capacity: 1 })),
      );
      const single = await bestAssignment({
        people: problem.people,
        places: apart,
        scores: apart.flatMap(({ id, of }) =>
          problem.scores.filter(({ place }) => place === of).map((each) => ({ ...each, place: id })),
        ),
      });
      expect(worth(single)).toEqual(worth(found));
      const raised = await bestAssignment({
        ...problem,
        scores: problem.scores.map((each) => ({ ...each, score: each.score + 100 })),
      });
      expect([raised.placed, raised.total]).toEqual([found.placed, found.total + 100 * found.placed]);
    }),
    { numRuns: 100 },
  );
}, 60_000);

test('where people would have to be divided, whole ones are found and proven', async () => {
  const people = ['a', 'b', 'c'];
  const ceilings = ['ab', 'bc', 'ac'].map((group) => ({ group, max: 1 }));
  const found = await bestAssignment({
    people,
    places: [{ id: 'q', capacity: 3 }],
    scores: people.map((person, score) => ({ person, place: 'q', score })),
    groups: Object.fromEntries(ceilings.map(({ group }) => [group, [...group]])),
    ceilings,
  });
  expect(found).toMatchObject({ status: 'OPTIMAL', placed: 1, total: 2, bound: 2 });
});

/** Of each pair who cannot both come, at most one: where three exclude each other, halves of people would be best. */
function excluding(seed: number, count: number, chance: number): AssignmentProblem {
  const next = numbers(seed);
  const people = ids('p', count);
  const pairs = people.flatMap((one, n) => people.slice(n + 1).map((other) => [one, other]));
  const groups = Object.fromEntries(
    pairs.filter(() => next(chance) === 0).map((pair) => [pair.join('-'), pair]),
  );
  return {
    people,
    places: [{ id: 'q', capacity: count }],
    scores: people.map((person) => ({ person, place: 'q', score: next(10) })),
    groups: { ...groups, early: people.slice(0, 3) },
    ceilings: Object.keys(groups).map((group) => ({ group, max: 1 })),
    floors: [{ group: 'early', min: next(3) }],
  };
}

test('so they are wherever groups overlap, as trying everything shows', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer(), fc.integer({ min: 3, max: 8 }), async (seed, count) => {
      const problem = excluding(seed, count, 2);
      const best = bestByTrying(problem);
      expect(worth(await bestAssignment(problem))).toEqual(
        best ? { status: 'OPTIMAL', ...best } : infeasible,
      );
    }),
    { numRuns: 15 },
  );
}, 60_000);

test('cut short, it says what it found and how far another plan could be better', async () => {
  const problem = excluding(4, 60, 4);
  const whole = await bestAssignment(problem);
  expect(whole.status).toBe('OPTIMAL');
  const cut = await bestAssignment(problem, { branchFor: 0 }).catch((error: Error) => error);
  if (cut instanceof Error) return expect(cut).toBeInstanceOf(AssignmentTimeout);
  holdsTo(problem, cut);
  expect(cut.placed).toBeLessThanOrEqual(whole.placed);
  if (cut.placed === whole.placed) expect(cut.bound).toBeGreaterThanOrEqual(whole.total);
  expect(cut.optimal).toBe(cut.status === 'OPTIMAL');
}, 60_000);

test('what cannot stand is said: floors beyond reach by their groups, fixed lines by their people', async () => {
  const two: AssignmentProblem = {
    people: ['a', 'b', 'c'],
    places: [{ id: 'q', capacity: 1 }],
    scores: ['a', 'b'].map((person) => ({ person, place: 'q', score: 1 })),
    groups: { young: ['a'], old: ['b'], none: ['c', 'unknown'] },
  };
  const unmet = async (more: Partial<AssignmentProblem>) => (await bestAssignment({ ...two, ...more })).unmet;
  const floor = (group: string) => ({ group, min: 1 });
  expect(await unmet({ floors: [floor('old'), floor('young')] })).toEqual(['old', 'young']);
  expect(await unmet({ floors: [floor('old'), floor('none')] })).toEqual(['none']);
  const fix = (...fixed: string[]) => unmet({ fixed: fixed.map((person) => ({ person, place: 'q' })) });
  expect(await fix('a')).toEqual([]);
  expect(await fix('a', 'a')).toEqual([]);
  expect(await fix('b', 'a')).toEqual(['a', 'b']);
  expect(await fix('c')).toEqual(['c']);
});

const none: AssignmentProblem = { people: [], places: [], scores: [] };
const one = { ...none, people: ['a'], places: [{ id: 'q', capacity: 1 }], groups: { g: ['a'] } };
const score = (value: number) => ({ person: 'a', place: 'q', score: value });
test.each<[string, AssignmentProblem]>([
  ['the person a stands twice', { ...none, people: ['a', 'a'] }],
  ['no such place: r', { ...one, scores: [{ ...score(1), place: 'r' }] }],
  ['no such person: b', { ...one, fixed: [{ person: 'b', place: 'q' }] }],
  ['the score of a and q is no whole number: -1', { ...one, scores: [score(-1)] }],
  ['the score of a and q is no whole number: 0.5', { ...one, scores: [score(0.5)] }],
  ['a score is at most 1000000000', { ...one, scores: [score(1_000_000_001)] }],
  ['two scores for a and q', { ...one, scores: [score(1), score(2)] }],
  ['the capacity of q is no whole number: -1', { ...none, places: [{ id: 'q', capacity: -1 }] }],
  ['no such group: h', { ...one, floors: [{ group: 'h', min: 1 }] }],
  ['the ceiling of g is no whole number: NaN', { ...one, ceilings: [{ group: 'g', max: NaN }] }],
  ['no such place: r', { ...one, caps: [{ places: ['r'], max: 1 }] }],
])('%s: refused', async (reason, problem) => {
  await expect(bestAssignment(problem)).rejects.toThrow(reason);
});

test('nobody, nowhere, nothing possible: an empty plan, and a proven one', async () => {
  const empty = { status: 'OPTIMAL', lines: [], placed: 0, total: 0, bound: 0, optimal: true, unmet: [] };
  expect(await bestAssignment(none)).toEqual(empty);
  expect(await bestAssignment(one)).toEqual(empty);
});

/** A cap that holds nothing back would be dropped; this one is a hair short of doing so, and sends it to the other solver. */
test('both solvers agree, also on whom the lot falls', async () => {
  const larger = fc
    .record({
      seed: fc.integer(),
      people: fc.integer({ min: 10, max: 40 }),
      places: fc.integer({ min: 5, max: 20 }),
    })
    .map(({ seed, people: p, places: q }) => sparse(seed, p, q));
  await fc.assert(
    fc.asyncProperty(larger, async (problem) => {
      const byTable = await bestAssignment(problem);
      const spare = { id: 'spare', capacity: 2 };
      const byProgramme = await bestAssignment({
        ...problem,
        people: [...problem.people, 'x0', 'x1'],
        places: [...problem.places, spare],
        scores: [
          ...problem.scores,
          { person: 'x0', place: 'spare', score: 1 },
          { person: 'x1', place: 'spare', score: 0 },
        ],
        caps: [{ places: ['spare'], max: 1 }],
      });
      const lines = byProgramme.lines.filter(({ place }) => place !== 'spare');
      expect(said(lines)).toEqual(said(byTable.lines));
    }),
    { numRuns: 25 },
  );
}, 60_000);

const said = (lines: AssignmentLine[]) => ({
  placed: lines.length,
  total: lines.reduce((sum, { score }) => sum + score, 0),
  lots: lines.reduce((sum, { person, place }) => sum + lotOf(person, place), 0),
});

/** Few different scores: many plans are equal. */
function sparse(seed: number, people: number, places: number): AssignmentProblem {
  const next = numbers(seed);
  const [persons, spots] = [ids('p', people), ids('q', places)];
  return {
    people: persons,
    places: spots.map((id) => ({ id, capacity: 1 + next(3) })),
    scores: persons.flatMap((person) =>
      spots.filter(() => next(3) === 0).map((place) => ({ person, place, score: next(3) })),
    ),
  };
}

function numbers(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => ((state = (state * 1664525 + 1013904223) >>> 0) >>> 8) % below;
}
