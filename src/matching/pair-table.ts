import { among, checkScore } from './assignment.rules.ts';
import type { AssignmentProblem } from './problem.rules.ts';

/** Pairs as columns, since there may be a million of them: by person, then by place, in the order of their ids. */
export interface PairTable {
  count: number;
  person: Int32Array;
  place: Int32Array;
  score: Float64Array;
}

type Index = { people: ReadonlyMap<string, number>; places: ReadonlyMap<string, number> };

/** Throws a RangeError for a score that is none, of nobody known, or that stands twice. */
export function pairTable(scores: AssignmentProblem['scores'], { people, places }: Index): PairTable {
  const count = scores.length;
  const person = new Int32Array(count);
  const place = new Int32Array(count);
  const score = new Float64Array(count);
  scores.forEach((each, at) => {
    checkScore(each);
    score[at] = each.score;
    person[at] = people.get(each.person) ?? -1;
    place[at] = places.get(each.place) ?? -1;
    if (person[at]! < 0) among('person', each.person, people);
    if (place[at]! < 0) among('place', each.place, places);
  });
  const byPlace = sortedBy(place, upTo(count), places.size);
  const order = sortedBy(person, byPlace, people.size);
  const sorted = {
    count,
    person: taken(person, order),
    place: taken(place, order),
    score: taken(score, order),
  };
  for (let at = 1; at < count; at++)
    if (sorted.person[at] === sorted.person[at - 1] && sorted.place[at] === sorted.place[at - 1]) {
      const twice = scores[order[at]!]!;
      throw new RangeError(`two scores for ${twice.person} and ${twice.place}`);
    }
  return sorted;
}

/** Only those pairs. */
export function pairsWhere(
  { count, person, place, score }: PairTable,
  keep: (pair: number) => boolean,
): PairTable {
  const kept = upTo(count).filter(keep);
  if (kept.length === count) return { count, person, place, score };
  return {
    count: kept.length,
    person: taken(person, kept),
    place: taken(place, kept),
    score: taken(score, kept),
  };
}

function taken<Column extends Int32Array | Float64Array>(column: Column, order: Int32Array): Column {
  const result = new (column.constructor as new (length: number) => Column)(order.length);
  for (let at = 0; at < order.length; at++) result[at] = column[order[at]!]!;
  return result;
}

function upTo(count: number): Int32Array {
  const numbers = new Int32Array(count);
  for (let at = 0; at < count; at++) numbers[at] = at;
  return numbers;
}

/** Sorted by counting: those of the same key stay in the order they are in. */
function sortedBy(keys: Int32Array, order: Int32Array, most: number): Int32Array {
  const starts = new Int32Array(most + 1);
  for (const key of keys) starts[key + 1]!++;
  for (let key = 0; key < most; key++) starts[key + 1]! += starts[key]!;
  const sorted = new Int32Array(order.length);
  for (const at of order) sorted[starts[keys[at]!]!++] = at;
  return sorted;
}
