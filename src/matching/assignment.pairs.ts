import { fixedOf } from './assignment.rules.ts';
import type { AssignmentLine, AssignmentProblem } from './problem.rules.ts';
import { lotsOf } from './lot.rules.ts';
import { pairsWhere, pairTable, type PairTable } from './pair-table.ts';

/** What holds the number of chosen pairs of some people or places: a cap, a floor, a ceiling. */
export interface Side {
  /** Of a floor: the group it is named by. */
  floor: string | null;
  least: number;
  most: number;
  /** Which people, or which places, by their index. */
  people: ReadonlySet<number> | null;
  places: ReadonlySet<number> | null;
}

/**
 * The pairs still to choose from once the fixed lines have taken their room: the same whatever the order of the input.
 */
export interface OpenPairs extends PairTable {
  lot: Float64Array;
  people: readonly string[];
  /** Room left, by place. */
  room: readonly number[];
  sides: readonly Side[];
  /** The greatest score. */
  top: number;
  line(pair: number): AssignmentLine;
}

/** Throws a RangeError for a score that is none, of nobody known, or that stands twice. */
export function openPairs(problem: AssignmentProblem): OpenPairs {
  const { placed, taken } = standing(problem);
  const people = [...problem.people].sort();
  const places = problem.places.map(({ id }) => id).sort();
  const index = { people: indexOf(people), places: indexOf(places) };
  const capacity = new Map(problem.places.map((place) => [place.id, place.capacity]));
  const room = places.map((id) => capacity.get(id)! - (taken.get(id) ?? 0));
  const sides = sidesOf(problem, index);
  const shut = sides.filter(({ most }) => most === 0);
  const gone = {
    people: new Set([
      ...[...placed].map((id) => index.people.get(id)!),
      ...shut.flatMap(({ people }) => [...(people ?? [])]),
    ]),
    places: new Set(shut.flatMap(({ places }) => [...(places ?? [])])),
  };
  const all = pairTable(problem.scores, index);
  const open = pairsWhere(all, (pair) => {
    const place = all.place[pair]!;
    return room[place]! > 0 && !gone.places.has(place) && !gone.people.has(all.person[pair]!);
  });
  const { person, place, score } = open;
  const lots = people.map(lotsOf);
  return {
    ...{ ...open, people, room },
    lot: score.map((_, pair) => lots[person[pair]!]!(places[place[pair]!]!)),
    sides: sides.filter((side) => binds(side, room)),
    top: score.reduce((top, each) => Math.max(top, each), 0),
    line: (pair) => ({ person: people[person[pair]!]!, place: places[place[pair]!]!, score: score[pair]! }),
  };
}

/** What the fixed lines have taken. */
function standing(problem: AssignmentProblem) {
  const taken = new Map<string, number>();
  const fixed = fixedOf(problem);
  for (const { place } of fixed) taken.set(place, (taken.get(place) ?? 0) + 1);
  return { placed: new Set(fixed.map(({ person }) => person)), taken };
}

type Index = { people: ReadonlyMap<string, number>; places: ReadonlyMap<string, number> };

/** Caps in the order given, then floors and ceilings in the order of their groups: what they hold is what is left of them. */
function sidesOf(problem: AssignmentProblem, index: Index): Side[] {
  const { groups = {}, caps = [], floors = [], ceilings = [] } = problem;
  const fixed = fixedOf(problem);
  const left = (ids: readonly string[], side: 'person' | 'place') => {
    const within = new Set(ids);
    return fixed.filter((line) => within.has(line[side])).length;
  };
  const among = (ids: readonly string[], known: ReadonlyMap<string, number>) =>
    new Set(ids.map((id) => known.get(id)).filter((each) => each !== undefined));
  const people = (group: string) => ({ people: among(groups[group]!, index.people), places: null });
  const bySide = [
    ...caps.map(({ places, max }) => ({
      ...{ floor: null, least: 0, most: max - left(places, 'place') },
      ...{ people: null, places: among(places, index.places) },
    })),
    ...floors.map(({ group, min }) => ({
      ...{ floor: group, least: min - left(groups[group]!, 'person'), most: Infinity },
      ...people(group),
    })),
    ...ceilings.map(({ group, max }) => ({
      ...{ floor: null, least: 0, most: max - left(groups[group]!, 'person') },
      ...people(group),
    })),
  ];
  const key = ({ floor, most, people, places }: Side) =>
    JSON.stringify([floor, most, [...(people ?? [])].sort(), [...(places ?? [])].sort()]);
  return bySide.sort((one, other) => (key(one) < key(other) ? -1 : 1));
}

/** What no choice can pass holds nothing. */
function binds({ least, most, people, places }: Side, room: readonly number[]): boolean {
  const reach = places ? [...places].reduce((sum, each) => sum + room[each]!, 0) : people!.size;
  return least > 0 || most < reach;
}

function indexOf(ids: readonly string[]): ReadonlyMap<string, number> {
  return new Map(ids.map((id, at) => [id, at]));
}
