/** What becomes of one row of an import. */
export type Outcome = 'CREATED' | 'CHANGED' | 'UNCHANGED' | 'REFUSED';

export interface Decision {
  outcome: Outcome;
  /** Why it is refused, or what was left out of it. */
  notes: readonly string[];
}

export interface Verdict {
  file: string;
  row: number;
  line: number;
  source: string | null;
  id: string | null;
  outcome: Outcome;
  /** Empty when there is nothing to say. */
  reason: string;
}

export type Counts = Record<Lowercase<Outcome>, number>;

export const noCounts = (): Counts => ({ created: 0, changed: 0, unchanged: 0, refused: 0 });

export function count(into: Counts, outcome: Outcome): void {
  into[outcome.toLowerCase() as keyof Counts]++;
}
