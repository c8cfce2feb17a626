import loadHighs from 'highs';
import type { OpenPairs } from './assignment.pairs.ts';
import { compileSolver, of, type Compiled } from './solver.ts';
import { Programme, type Branched, type Found } from './assignment.programme.ts';
import type { Solved } from './problem.rules.ts';

/** Branching found no plan in the time it had: neither that there is one, nor that there is none. */
export class AssignmentTimeout extends Error {
  override name = 'AssignmentTimeout';
}

/** Its types are those of its CommonJS twin. */
const load = loadHighs as unknown as typeof loadHighs.default;
let compiled: Promise<Compiled> | undefined;

/** How many times the greatest score it is worth to place somebody, at first. */
const placingAtFirst = 16;

/** The plan, or the groups whose floors cannot hold together. */
export async function search(open: OpenPairs, branchFor: number): Promise<Solved | string[]> {
  const required = open.sides.filter(({ least }) => least > 0).map(({ floor }) => floor!);
  if (!open.count) return required.length ? required : { chosen: [], optimal: true, bound: 0 };
  const highs = await load(of(await (compiled ??= compileSolver()))); // anew each time: what it took of the memory goes with it
  return highs.withModel((model) => {
    const until = () => Date.now() + branchFor * 1000;
    const programme = new Programme(highs, model, open);
    return wholeOrDivided(programme, until) ?? conflicts(programme, until);
  });
}

/**
 * Solved as if people could be divided; nearly always nobody is. To place one more is worth some times the greatest score,
 * which is quick; whether more could be placed is then looked at, which is quicker still, and the worth raised if so.
 */
function wholeOrDivided(programme: Programme, until: () => number): Solved | null {
  const { open } = programme;
  for (let times = placingAtFirst; ; times *= 1024) {
    const worth = worthOf(open, times * (open.top + 1));
    const found = programme.reach(worth);
    if (!found) return null;
    const most = sum(programme.reach(ones(open))!.values);
    if (!found.whole) return branch(programme, Math.floor(most + 1e-6), until());
    if (Math.round(sum(found.values)) < Math.round(most) && times <= open.people.length) continue;
    return { chosen: drawn(programme, worth, found), optimal: true, bound: 0 };
  }
}

/** Among the plans that are worth as much, the one with the greatest sum of lots. */
function drawn(programme: Programme, worth: Float64Array, found: Found): number[] {
  programme.reach(worth);
  programme.holdToLast();
  const drawn = programme.reach(programme.open.lot);
  const same = drawn?.whole && gain(worth, drawn.values) === gain(worth, found.values);
  return chosenOf(same ? drawn.values : found.values);
}

/** Most people first, then the greatest total of as many. */
function branch(programme: Programme, mostOfAll: number, until: number): Solved | null {
  const { open } = programme;
  const worth = worthOf(open, placingAtFirst * (open.top + 1));
  const first = programme.branch(worth, until, null);
  if (!first) return null;
  if (first.values && sum(first.values) === mostOfAll) return solvedBy(first, open, worth);
  const most = programme.branch(ones(open), until, first.values)!;
  const values = most.values ?? first.values;
  if (!values) throw new AssignmentTimeout('no plan was found in time');
  if (first.values && sum(first.values) === sum(values))
    return solvedBy({ ...first, proven: first.proven && most.proven }, open, worth);
  if (!most.proven) return solvedBy({ ...first, values, proven: false }, open, worth);
  programme.place(sum(values));
  const second = programme.branch(open.score, until, values)!;
  return solvedBy({ ...second, values: second.values ?? values }, open, open.score);
}

/** What the bound of a sum of worths says of the total of a plan that places as many people. */
function solvedBy({ values, bound, proven }: Branched, open: OpenPairs, worth: Float64Array): Solved {
  const forPlacing = gain(worth, values!) - gain(open.score, values!);
  return { chosen: chosenOf(values!), optimal: proven, bound: bound - forPlacing };
}

/**
 * The groups whose floors cannot hold together. Floors are asked for one after the other, by name; one that cannot be added
 * is named together with those it cannot stand beside, and let go.
 */
function conflicts(programme: Programme, until: () => number): string[] {
  const floors = [...programme.floors].sort((one, other) => (one.group < other.group ? -1 : 1));
  const named = new Set<string>();
  const kept: typeof floors = [];
  for (const { row } of floors) programme.require(row, false);
  for (const floor of floors) {
    programme.require(floor.row, true);
    if (holds(programme, until())) {
      kept.push(floor);
      continue;
    }
    named.add(floor.group);
    for (const each of kept) {
      programme.require(each.row, false);
      if (!holds(programme, until())) continue; // it is not for this one
      named.add(each.group);
      programme.require(each.row, true);
    }
    for (const each of kept) programme.require(each.row, true);
    programme.require(floor.row, false);
  }
  return [...named].sort();
}

function holds(programme: Programme, until: number): boolean {
  const nothing = new Float64Array(programme.open.count);
  const found = programme.reach(nothing);
  return found !== null && (found.whole || programme.branch(nothing, until, null) !== null);
}

const worthOf = ({ score }: OpenPairs, placing: number) => score.map((each) => each + placing);
const ones = ({ count }: OpenPairs) => new Float64Array(count).fill(1);
const sum = (values: Float64Array) => values.reduce((total, each) => total + each, 0);

function gain(worth: Float64Array, values: Float64Array): number {
  return values.reduce((total, each, pair) => total + Math.round(each) * worth[pair]!, 0);
}

function chosenOf(values: Float64Array): number[] {
  return [...values.keys()].filter((pair) => values[pair]! > 0.5);
}
