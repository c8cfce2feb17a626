import munkres from 'munkres';
import type { OpenPairs } from './assignment.pairs.ts';
import type { Solved } from './problem.rules.ts';
import { lots } from './lot.rules.ts';

/** Larger ones go to the other solver, which keeps the possible pairs alone. */
const cellsAtMost = 4_000_000;

/** Whether only people and places count, few enough for a table of all pairs, in sums that stay exact. */
export function pairsUp(open: OpenPairs): boolean {
  const width = columnsOf(open).length;
  return !open.sides.length && open.people.length * width <= cellsAtMost && lotBits(open, width) >= 0;
}

/**
 * The Hungarian algorithm (munkres) on a table of people and single places. To place somebody is worth more than all the
 * scores together, a score more than all the lots; an impossible pair is worth nothing, and is not chosen.
 */
export function pairUp(open: OpenPairs): Solved {
  const columns = columnsOf(open);
  const first = new Map<number, number>();
  columns.forEach((place, column) => first.has(place) || first.set(place, column));
  const lines = linesOf(open, columns.length);
  const bits = lotBits(open, columns.length);
  const costs = open.people.map(() => new Float64Array(columns.length));
  const pairAt = open.people.map(() => new Int32Array(columns.length).fill(-1));
  for (let pair = 0; pair < open.count; pair++) {
    const [row, place] = [open.person[pair]!, open.place[pair]!];
    const lot = Math.floor(open.lot[pair]! / (lots / 2 ** bits));
    const worth = (placing(open, lines) + open.score[pair]!) * lines * 2 ** bits + lot;
    for (let column = first.get(place)!; columns[column] === place; column++) {
      costs[row]![column] = -worth;
      pairAt[row]![column] = pair;
    }
  }
  const chosen = open.count ? munkres(costs).map(([row, column]) => pairAt[row]![column]!) : [];
  return { chosen: chosen.filter((pair) => pair >= 0), optimal: true, bound: 0 };
}

/** How many lines there can be at most. */
const linesOf = ({ people }: OpenPairs, columns: number) => Math.max(1, Math.min(people.length, columns));

/** More than all the scores of a plan. */
const placing = ({ top }: OpenPairs, lines: number) => lines * top + 1;

/** As fine as the lots can be told apart in exact sums; below zero where not even the scores can. */
function lotBits(open: OpenPairs, columns: number): number {
  const lines = linesOf(open, columns);
  const greatest = (placing(open, lines) + open.top + 1) * lines * lines;
  return Math.min(Math.log2(lots), Math.floor(Math.log2(Number.MAX_SAFE_INTEGER / greatest)));
}

/** Each place as often as it has room for somebody who could go there. */
function columnsOf({ place, room }: OpenPairs): number[] {
  const asked = new Int32Array(room.length);
  for (const each of place) asked[each]!++;
  return room.flatMap((most, each) => Array<number>(Math.min(asked[each]!, Math.max(0, most))).fill(each));
}
