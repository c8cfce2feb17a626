import fc from 'fast-check';
import { bestAssignment, type AssignmentProblem } from '../../src/matching/assignment.ts';
import { changesIn, repaired, repairing, type Stood } from '../../src/planning/repair.rules.ts';
import { plansOf } from '../kit/assignment.ts';

const people = ['p0', 'p1', 'p2', 'p3'];
const places = ['q0', 'q1', 'q2'];

/** A few people and places, and a plan that stood when there were other places: not all of it is possible any more. */
const broken: fc.Arbitrary<{ problem: AssignmentProblem; before: Stood[] }> = fc.record({
  problem: fc.record({
    people: fc.constant(people),
    places: fc.tuple(...places.map((id) => fc.record({ id: fc.constant(id), capacity: fc.integer({ min: 0, max: 2 }) }))),
    scores: fc
      .tuple(...people.flatMap((person) => places.map((place) => fc.option(fc.integer({ min: 0, max: 9 }).map((score) => ({ person, place, score })), { freq: 4 }))))
      .map((pairs) => pairs.filter((pair) => pair !== null)),
    groups: fc.record({ a: fc.subarray(people), b: fc.subarray(people) }),
    caps: fc.array(fc.record({ places: fc.subarray(places), max: fc.integer({ min: 0, max: 2 }) }), { maxLength: 1 }),
    ceilings: fc.array(fc.record({ group: fc.constantFrom('a', 'b'), max: fc.integer({ min: 0, max: 2 }) }), { maxLength: 1 }),
  }),
  before: fc
    .tuple(...people.map((person) => fc.option(fc.constantFrom(...places, 'gone').map((place) => ({ person, place })))))
    .map((lines) => lines.filter((line) => line !== null)),
}); // prettier-ignore

test('a repair places as many as can be placed, with the fewest changes, then the greatest total, as trying everything shows', async () => {
  await fc.assert(
    fc.asyncProperty(broken, async ({ problem, before }) => {
      const found = repaired(await bestAssignment(repairing(problem, before)), problem);
      const tried = plansOf(problem).map((lines) => ({
        placed: lines.length,
        changes: changesIn(lines, before),
        total: lines.reduce((sum, { score }) => sum + score, 0),
      }));
      const most = Math.max(...tried.map(({ placed }) => placed));
      const fewest = Math.min(...tried.filter(({ placed }) => placed === most).map(({ changes }) => changes));
      const best = tried.filter(({ placed, changes }) => placed === most && changes === fewest);
      expect({ placed: found.placed, changes: changesIn(found.lines, before), total: found.total }).toEqual({
        ...{ placed: most, changes: fewest, total: Math.max(...best.map(({ total }) => total)) },
      });
      expect(found).toMatchObject({ status: 'OPTIMAL', bound: found.total });
    }),
    { numRuns: 60 },
  );
});

test('who moves along is one change; who comes in for whoever drops out are two', () => {
  const before = [{ person: 'p0', place: 'q0' }, { person: 'p1', place: 'q1' }];
  expect(changesIn([{ person: 'p0', place: 'q2' }, { person: 'p1', place: 'q1' }], before)).toBe(1);
  expect(changesIn([{ person: 'p2', place: 'q0' }, { person: 'p1', place: 'q1' }], before)).toBe(2);
  expect(changesIn(before, before)).toBe(0);
}); // prettier-ignore
