/** Where something stands in the journal: its transaction, then its place among that transaction's lines. */
export interface Position {
  readonly tx: bigint;
  readonly pos: bigint;
}

const last = 2n ** 63n - 1n;

export function isAfter(one: Position, other: Position): boolean {
  return one.tx === other.tx ? one.pos > other.pos : one.tx > other.tx;
}

/** Behind all that transactions below this one have written. */
export function below(horizon: bigint): Position {
  return { tx: horizon - 1n, pos: last };
}

export function furthest(one: Position, other: Position): Position {
  return isAfter(one, other) ? one : other;
}
