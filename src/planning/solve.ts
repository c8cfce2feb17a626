import { createHash } from 'node:crypto';
import { bestAssignment, type Assignment, type AssignmentProblem } from '../matching/assignment.ts';
import { fairnessOf, type FloorPrice, type GroupShare } from './fairness.rules.ts';
import { problemOf, type RunFacts } from './problem.rules.ts';
import { repaired, repairing, type Stood } from './repair.rules.ts';
import type { RunStage, Terms } from './run.rules.ts';

/** All there is to know to solve a run: it crosses to the thread as it is. */
export interface Task {
  facts: RunFacts;
  terms: Terms;
  /** Where the plan is to change as little as can be: the lines that stood. */
  before: readonly Stood[] | null;
  seconds: number;
}

export interface Solution {
  assignment: Assignment;
  hash: string;
  pairs: number;
  groups: GroupShare[];
  prices: FloorPrice[];
}

/** Judges every pair, finds the best plan, and says what it means for each group. Neither clock nor database. */
export async function solve(task: Task, onStage: (stage: RunStage) => void = () => {}): Promise<Solution> {
  const { facts, terms } = task;
  onStage('JUDGING');
  const problem = problemOf(facts, terms);
  onStage('SOLVING');
  const assignment = await best(problem, task);
  onStage('PRICING');
  return {
    ...{ assignment, hash: hashOf(problem), pairs: problem.scores.length },
    groups: assignment.status === 'INFEASIBLE' ? [] : fairnessOf(facts, assignment.lines),
    prices: await pricesOf(problem, { task, assignment }),
  };
}

async function best(problem: AssignmentProblem, { before, seconds }: Task): Promise<Assignment> {
  if (before === null) return bestAssignment(problem, { branchFor: seconds });
  return repaired(await bestAssignment(repairing(problem, before), { branchFor: seconds }), problem);
}

/** The same for the same problem, whoever asks it and in whatever order. */
function hashOf(problem: AssignmentProblem): string {
  return createHash('sha256').update(JSON.stringify(problem)).digest('hex');
}

/** Floors that bind are paid for; where no plan holds or none was proven, what one would cost is not known. */
async function pricesOf(
  problem: AssignmentProblem,
  { task, assignment }: { task: Task; assignment: Assignment },
): Promise<FloorPrice[]> {
  if (!assignment.optimal || task.before !== null) return [];
  const prices: FloorPrice[] = [];
  for (const { public: group, least } of task.terms.floors) {
    const floors = problem.floors!.filter((each) => each.group !== group);
    const without = await bestAssignment({ ...problem, floors }, { branchFor: task.seconds });
    if (!without.optimal) continue;
    const placedMore = without.placed - assignment.placed;
    prices.push({ public: group, least, placedMore, totalMore: without.total - assignment.total });
  }
  return prices;
}
