import type { Highs, Model } from 'highs';
import type { OpenPairs } from './assignment.pairs.ts';

/** What the solver takes for zero. */
const nothing = 1e-6;
/** Costs above are brought down to it, by a power of two: the solver's tolerances are made for such numbers. */
const greatestCost = 2 ** 24;

/** In seconds. */
const forever = 1e9;

export interface Found {
  /** By pair, from 0 to 1. */
  values: Float64Array;
  /** Nobody was divided. */
  whole: boolean;
}

export interface Branched {
  /** 0 or 1 by pair; null where nothing was found in time. */
  values: Float64Array | null;
  /** No plan is worth more. */
  bound: number;
  proven: boolean;
}

interface Row {
  least: number;
  most: number;
  /** The group, of a floor. */
  floor: string | null;
}

/**
 * The open pairs as a linear programme (HiGHS): a column a pair, a row for each person, place, cap, floor and ceiling. Solved
 * again for another aim, it goes on from where it stands.
 */
export class Programme {
  readonly floors: readonly { group: string; row: number; least: number }[];
  private readonly every: { kind: 'range'; from: number; to: number };
  private readonly rows: Row[];

  constructor(
    private readonly highs: Highs,
    private readonly model: Model,
    readonly open: OpenPairs,
  ) {
    const { rows, starts, indices } = matrixOf(open);
    this.rows = rows;
    this.every = { kind: 'range', from: 0, to: open.count - 1 };
    this.floors = rows.flatMap(({ floor, least }, row) =>
      floor === null ? [] : [{ group: floor, row, least }],
    );
    model.options.set('output_flag', false);
    model.passModel({
      ...{ numCols: open.count, numRows: rows.length, sense: highs.constants.objectiveSense.maximize },
      colCost: new Float64Array(open.count),
      colLower: new Float64Array(open.count),
      colUpper: new Float64Array(open.count).fill(1),
      rowLower: rows.map(({ least }) => (least > 0 ? least : -highs.infinity)),
      rowUpper: rows.map(({ most }) => (most === Infinity ? highs.infinity : most)),
      matrix: {
        ...{ format: 'csc', numCols: open.count, numRows: rows.length, starts, indices },
        values: new Float64Array(indices.length).fill(1),
      },
    });
  }

  /** What reaches the greatest sum of these worths; null where nothing holds to all rows. */
  reach(worth: Float64Array): Found | null {
    this.aim(worth);
    if (this.run() === 'INFEASIBLE') return null;
    const values = this.model.getSolution().colValue;
    return { values, whole: values.every((each) => Math.abs(each - Math.round(each)) < nothing) };
  }

  /** The same of whole people, by branch and bound, until then: the best found, and what no other passes. */
  branch(worth: Float64Array, until: number, from: Float64Array | null): Branched | null {
    const { model, highs } = this;
    const { integer } = highs.constants.variableType;
    model.changeColsIntegrality(this.every, new Int32Array(this.open.count).fill(integer));
    const scale = this.aim(worth);
    // all worths are whole numbers: what is nearer than one is the same
    model.options.set({ mip_rel_gap: 0, mip_abs_gap: scale / 2 });
    model.options.set('time_limit', model.getRunTime() + Math.max(0.1, (until - Date.now()) / 1000));
    if (from) model.setSolution({ colValue: from });
    const ended = this.run();
    model.options.set('time_limit', forever);
    if (ended === 'INFEASIBLE') return (model.clearIntegrality(), null);
    const found = model.info.get('primal_solution_status') === highs.constants.solutionStatus.feasible;
    const values = found ? model.getSolution().colValue.map(Math.round) : null;
    const bound = Math.floor(Number(model.info.get('mip_dual_bound')) / scale + nothing);
    model.clearIntegrality();
    return { values, bound, proven: ended === 'OPTIMAL' };
  }

  /** From here on only what reaches as much as the last aim did (complementary slackness). */
  holdToLast(): void {
    const { colValue, colDual, rowValue, rowDual } = this.model.getSolution();
    const lower = this.rows.map(({ least }) => this.lowest(least));
    const upper = this.rows.map(({ most }) => this.highest(most));
    const at = (value: number, dual: number, otherwise: number) =>
      Math.abs(dual) > nothing ? Math.round(value) : otherwise;
    this.model.changeColsBounds(
      this.every,
      colValue.map((value, pair) => at(value, colDual[pair]!, 0)),
      colValue.map((value, pair) => at(value, colDual[pair]!, 1)),
    );
    this.model.changeRowsBounds(
      { kind: 'range', from: 0, to: this.rows.length - 1 },
      lower.map((least, row) => at(rowValue[row]!, rowDual[row]!, least)),
      upper.map((most, row) => at(rowValue[row]!, rowDual[row]!, most)),
    );
  }

  /** From here on only what places so many people. */
  place(people: number): void {
    const indices = Int32Array.from({ length: this.open.count }, (_, pair) => pair);
    this.model.addRow(people, this.highs.infinity, {
      indices,
      values: new Float64Array(indices.length).fill(1),
    });
  }

  /** Asks no more, or again, that a floor is reached. */
  require(row: number, asked: boolean): void {
    const { least, most } = this.rows[row]!;
    this.model.changeRowBounds(row, this.lowest(asked ? least : 0), this.highest(most));
  }

  /** Answers what the costs were scaled by. */
  private aim(worth: Float64Array): number {
    const greatest = worth.reduce((most, each) => Math.max(most, each), 1);
    const scale = 2 ** -Math.max(0, Math.ceil(Math.log2(greatest / greatestCost)));
    this.model.changeColsCost(
      this.every,
      worth.map((each) => each * scale),
    );
    return scale;
  }

  private run(): 'OPTIMAL' | 'INFEASIBLE' | 'OUT_OF_TIME' {
    this.model.run();
    const { optimal, infeasible, unboundedOrInfeasible, timeLimit } = this.highs.constants.modelStatus;
    const status = this.model.getModelStatus();
    if (status === optimal) return 'OPTIMAL';
    // nothing here is without bound
    if (status === infeasible || status === unboundedOrInfeasible) return 'INFEASIBLE';
    if (status === timeLimit) return 'OUT_OF_TIME';
    throw new Error(`the solver ended with status ${status}`);
  }

  private lowest = (least: number) => (least > 0 ? least : -this.highs.infinity);
  private highest = (most: number) => (most < Infinity ? most : this.highs.infinity);
}

/** A row for each person, place and side, and in which of them each pair counts. */
function matrixOf({ count, person, place, people, room, sides }: OpenPairs) {
  const rows: Row[] = [];
  const add = (row: Row) => rows.push(row) - 1;
  const ofPerson = people.map(() => [add({ least: 0, most: 1, floor: null })]);
  const ofPlace = room.map((most) => [add({ least: 0, most, floor: null })]);
  for (const side of sides) {
    const row = add(side);
    for (const each of side.people ?? []) ofPerson[each]!.push(row);
    for (const each of side.places ?? []) ofPlace[each]!.push(row);
  }
  const starts = new Int32Array(count + 1);
  const indices: number[] = [];
  for (let pair = 0; pair < count; pair++) {
    indices.push(...ofPerson[person[pair]!]!, ...ofPlace[place[pair]!]!);
    starts[pair + 1] = indices.length;
  }
  return { rows, starts, indices: Int32Array.from(indices) };
}
