import { brokenByFixed, checkAssignment, fixedOf } from './assignment.rules.ts';
import { pairUp, pairsUp } from './assignment.matrix.ts';
import { openPairs, type OpenPairs } from './assignment.pairs.ts';
import { search } from './assignment.search.ts';
import type { Assignment, AssignmentProblem, Solved } from './problem.rules.ts';

export type { Assignment, AssignmentLine, AssignmentProblem } from './problem.rules.ts';

/**
 * Places as many people as can be placed, then reaches the greatest sum of scores. Among equal plans it takes the one with
 * the greatest sum of lots, a number drawn from the two ids alone (`lotOf`): it is the same at each run and whatever the
 * order of the input, and no name comes first for its letter. Where whole numbers must be branched for (groups that
 * overlap), equal plans are not told apart by lot; it is still the same one at each run that is not cut short.
 *
 * Throws a RangeError for what is not a problem at all (an unknown id, a negative score), and an AssignmentTimeout when
 * branching found no plan in time.
 */
export async function bestAssignment(
  problem: AssignmentProblem,
  /** Branching, which most problems never need, ends after so many seconds with the best plan found. */
  { branchFor = 55 }: { branchFor?: number } = {},
): Promise<Assignment> {
  checkAssignment(problem);
  const open = openPairs(problem);
  const broken = brokenByFixed(problem);
  if (broken.length) return infeasible(broken);
  const solved = pairsUp(open) ? pairUp(open) : await search(open, branchFor);
  return Array.isArray(solved) ? infeasible(solved) : planOf(problem, open, solved);
}

function planOf(problem: AssignmentProblem, open: OpenPairs, solved: Solved): Assignment {
  const kept = new Map(fixedOf(problem).map(({ person, place }) => [person, place]));
  const lines = [
    ...(kept.size ? problem.scores : []).filter(({ person, place }) => kept.get(person) === place),
    ...solved.chosen.map((pair) => open.line(pair)),
  ]
    .map(({ person, place, score }) => ({ person, place, score }))
    .sort((one, other) => (one.person < other.person ? -1 : 1));
  const total = lines.reduce((sum, { score }) => sum + score, 0);
  const ofOpen = solved.chosen.reduce((sum, pair) => sum + open.score[pair]!, 0);
  return {
    ...{ lines, placed: lines.length, total, optimal: solved.optimal, unmet: [] },
    bound: solved.optimal ? total : total - ofOpen + solved.bound,
    status: solved.optimal ? 'OPTIMAL' : 'FEASIBLE',
  };
}

function infeasible(unmet: string[]): Assignment {
  return { lines: [], placed: 0, total: 0, optimal: false, bound: 0, status: 'INFEASIBLE', unmet };
}
