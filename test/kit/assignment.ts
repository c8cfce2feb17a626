import type { Assignment, AssignmentProblem } from '../../src/matching/assignment.ts';

interface Tried {
  placed: number;
  total: number;
}

type Lines = { person: string; place: string; score: number }[];

/** The best plan by trying every one there is; null where none holds. */
export function bestByTrying(problem: AssignmentProblem): Tried | null {
  let best: Tried | null = null;
  for (const lines of plansOf(problem)) {
    const total = lines.reduce((sum, { score }) => sum + score, 0);
    const better =
      !best || lines.length > best.placed || (lines.length === best.placed && total > best.total);
    if (better) best = { placed: lines.length, total };
  }
  return best;
}

/** Every plan there is that holds to all that was asked. */
export function plansOf(problem: AssignmentProblem): Lines[] {
  const { people, scores, fixed = [] } = problem;
  const ways = (person: string) => {
    const to = fixed.filter((each) => each.person === person).map(({ place }) => place);
    const open = scores.filter((each) => each.person === person);
    return to.length ? open.filter(({ place }) => to.every((each) => each === place)) : [null, ...open];
  };
  const plans: Lines[] = [];
  const go = (at: number, lines: Lines): void => {
    if (at === people.length) {
      if (holds(problem, lines)) plans.push(lines);
      return;
    }
    for (const way of ways(people[at]!)) go(at + 1, way ? [...lines, way] : lines);
  };
  go(0, []);
  return plans;
}

/** What a plan says of itself is so, and it holds to all it was asked. */
export function holdsTo(problem: AssignmentProblem, { status, lines, placed, total }: Assignment): void {
  if (status === 'INFEASIBLE') return expect(lines).toEqual([]);
  const known = problem.scores.map((each) => JSON.stringify(each));
  expect(known).toEqual(expect.arrayContaining(lines.map((each) => JSON.stringify(each))));
  expect(lines.map(({ person }) => person)).toEqual([...new Set(lines.map(({ person }) => person))].sort());
  expect({ placed, total }).toEqual({
    placed: lines.length,
    total: lines.reduce((sum, { score }) => sum + score, 0),
  });
  expect(holds(problem, lines)).toBe(true);
}

function holds(problem: AssignmentProblem, lines: readonly { person: string; place: string }[]): boolean {
  const { places, groups = {}, caps = [], floors = [], ceilings = [], fixed = [] } = problem;
  const at = (ids: readonly string[]) => lines.filter(({ place }) => ids.includes(place)).length;
  const of = (group: string) => lines.filter(({ person }) => groups[group]!.includes(person)).length;
  return (
    places.every(({ id, capacity }) => at([id]) <= capacity) &&
    caps.every((cap) => at(cap.places) <= cap.max) &&
    floors.every(({ group, min }) => of(group) >= min) &&
    ceilings.every(({ group, max }) => of(group) <= max) &&
    fixed.every(({ person, place }) => lines.some((line) => line.person === person && line.place === place))
  );
}
