import type { AssignmentLine, AssignmentProblem } from './problem.rules.ts';

/** Greater scores would leave no room for exact sums. */
const greatestScore = 1_000_000_000;

/** What is no problem at all is refused with a RangeError that names it. */
export function checkAssignment(problem: AssignmentProblem): void {
  const { places, groups = {}, caps = [], floors = [], ceilings = [], fixed = [] } = problem;
  const people = distinct('person', problem.people);
  const known = distinct(
    'place',
    places.map(({ id }) => id),
  );
  for (const { id, capacity } of places) whole(`the capacity of ${id}`, capacity);
  for (const each of caps) {
    whole('the most of a cap', each.max);
    for (const place of each.places) among('place', place, known);
  }
  const named = new Set(Object.keys(groups));
  for (const { group, min } of floors) {
    among('group', group, named);
    whole(`the floor of ${group}`, min);
  }
  for (const { group, max } of ceilings) {
    among('group', group, named);
    whole(`the ceiling of ${group}`, max);
  }
  for (const { person, place } of fixed) {
    among('person', person, people);
    among('place', place, known);
  }
}

/** That of a pair: one to a pair, of a known person and place. */
export function checkScore({ person, place, score }: AssignmentLine): void {
  // the text is made for a fault alone: there may be a million scores
  if (!isWhole(score)) whole(`the score of ${person} and ${place}`, score);
  if (score > greatestScore) throw new RangeError(`a score is at most ${greatestScore}`);
}

/**
 * The people of the fixed lines that cannot stand, sorted: the pair is impossible, the person is fixed in two places, or a
 * place, a cap or a ceiling would hold more than it may.
 */
export function brokenByFixed(problem: AssignmentProblem): string[] {
  const fixed = fixedOf(problem);
  if (!fixed.length) return [];
  const wanted = new Map(fixed.map(({ person, place }) => [person, place]));
  const twice = new Set(
    fixed.filter(({ person, place }) => wanted.get(person) !== place).map(({ person }) => person),
  );
  const possible = new Set(
    problem.scores.filter(({ person, place }) => wanted.get(person) === place).map(({ person }) => person),
  );
  const broken = [
    ...fixed.filter(({ person }) => twice.has(person) || !possible.has(person)),
    ...limitsOf(problem).flatMap(({ of, most }) => {
      const within = fixed.filter(of);
      return within.length > most ? within : [];
    }),
  ];
  return [...new Set(broken.map(({ person }) => person))].sort();
}

type Pair = { person: string; place: string };

/** All that holds a number of lines down. */
function limitsOf({ places, groups = {}, caps = [], ceilings = [] }: AssignmentProblem) {
  return [
    ...places.map(({ id, capacity }) => limit([id], capacity, ({ place }) => place)),
    ...caps.map((cap) => limit(cap.places, cap.max, ({ place }) => place)),
    ...ceilings.map(({ group, max }) => limit(groups[group]!, max, ({ person }) => person)),
  ];
}

function limit(ids: readonly string[], most: number, side: (pair: Pair) => string) {
  const within = new Set(ids);
  return { most, of: (pair: Pair) => within.has(side(pair)) };
}

/** Each fixed line once. */
export function fixedOf({ fixed = [] }: AssignmentProblem): readonly { person: string; place: string }[] {
  return [...new Map(fixed.map((each) => [`${each.person}\0${each.place}`, each])).values()];
}

function distinct(what: string, ids: readonly string[]): ReadonlySet<string> {
  const set = new Set<string>();
  for (const id of ids) {
    if (set.has(id)) throw new RangeError(`the ${what} ${id} stands twice`);
    set.add(id);
  }
  return set;
}

export function among(what: string, id: string, known: { has(id: string): boolean }): void {
  if (!known.has(id)) throw new RangeError(`no such ${what}: ${id}`);
}

function whole(what: string, value: number): void {
  if (!isWhole(value)) throw new RangeError(`${what} is no whole number: ${value}`);
}

const isWhole = (value: number) => Number.isInteger(value) && value >= 0;
