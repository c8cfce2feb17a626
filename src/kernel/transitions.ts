import { Refusal } from './refusal.ts';

/** One line of a table of moves: from these states, this move, to that state, by these actors. */
export interface Move<State extends string, Name extends string, Actor extends string> {
  from: readonly State[];
  move: Name;
  /** `SAME` leaves the state as it is (binding a referral to a vacancy). */
  to: State | 'SAME';
  by: readonly Actor[];
}

/** A table of moves is the whole truth about a life cycle: what is not in it refuses. */
export class Transitions<State extends string, Name extends string, Actor extends string> {
  constructor(readonly table: readonly Move<State, Name, Actor>[]) {}

  find(from: State, move: Name): Move<State, Name, Actor> | undefined {
    return this.table.find((line) => line.move === move && line.from.includes(from));
  }

  /** The state after the move, or a refusal: WRONG_STATE before NOT_ALLOWED, since a state is seen by both sides. */
  next(from: State, move: Name, actor: Actor): State {
    const line = this.table.find(
      (each) => each.move === move && each.from.includes(from) && each.by.includes(actor),
    );
    if (line) return line.to === 'SAME' ? from : line.to;
    if (!this.find(from, move)) throw new Refusal('WRONG_STATE', { state: from, move });
    throw new Refusal('NOT_ALLOWED', { move });
  }

  /** All moves of the table, once each, in the order of the table. */
  get moves(): Name[] {
    return [...new Set(this.table.map((line) => line.move))];
  }
}
