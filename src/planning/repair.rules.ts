import type { Assignment, AssignmentProblem } from '../matching/problem.rules.ts';

export interface Stood {
  person: string;
  place: string;
}

/**
 * The same problem, in which not to change anybody's place counts more than all scores together. As many are placed as can
 * be; among such plans the fewest people have another place than before (or one more, or none any more); then comes the total.
 *
 * With as many placed, each who keeps their place saves a change, and each who had none and gets one is a change: kept lines
 * weigh two, those who move one, those who come in nothing.
 */
export function repairing(problem: AssignmentProblem, before: readonly Stood[]): AssignmentProblem {
  const stood = new Map(before.map(({ person, place }) => [person, place]));
  const weight = weightOf(problem);
  const worth = (person: string, place: string) =>
    stood.get(person) === place ? 2 : stood.has(person) ? 1 : 0;
  return {
    ...problem,
    scores: problem.scores.map(({ person, place, score }) => ({
      ...{ person, place, score: worth(person, place) * weight + score },
    })),
  };
}

/** The plan that was found for it, in its own scores; how much more another could reach is known where it is proven alone. */
export function repaired(found: Assignment, problem: AssignmentProblem): Assignment {
  const scores = new Map(problem.scores.map(({ person, place, score }) => [`${person} ${place}`, score]));
  const lines = found.lines.map((line) => ({ ...line, score: scores.get(`${line.person} ${line.place}`)! }));
  const total = lines.reduce((sum, { score }) => sum + score, 0);
  const most = (problem.scores.length ? topOf(problem) : 0) * lines.length;
  return { ...found, lines, total, bound: found.optimal ? total : most };
}

/** How many people have another place than before, none any more, or one for the first time. */
export function changesIn(lines: readonly Stood[], before: readonly Stood[]): number {
  const now = new Map(lines.map(({ person, place }) => [person, place]));
  const stood = new Map(before.map(({ person, place }) => [person, place]));
  return [...new Set([...now.keys(), ...stood.keys()])].filter((each) => now.get(each) !== stood.get(each)).length;
} // prettier-ignore

/** More than all the scores of a plan. */
function weightOf(problem: AssignmentProblem): number {
  return problem.people.length * topOf(problem) + 1;
}

const topOf = ({ scores }: AssignmentProblem) => scores.reduce((top, { score }) => Math.max(top, score), 0);
