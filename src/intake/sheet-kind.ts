import type { Transaction } from '../db/transaction.ts';
import type { LegalBasis } from '../people/person.rules.ts';
import type { Upserted } from '../people/upsert.rules.ts';
import type { Cells } from './cell.rules.ts';
import type { Column } from './columns.ts';
import type { Step } from './intake.store.ts';

/** What is said once for all rows of a file. */
export interface Defaults {
  legalBasis?: LegalBasis;
}

export interface RowDone {
  outcome: Upserted;
  steps: Step[];
}

/** One kind of file a partner may import: its columns, what tells its rows apart, and what a row does. */
export interface SheetKind {
  name: 'people' | 'placements' | 'hours';
  columns: readonly Column[];
  /** What stands once in a file; null while the row does not say it. */
  keyOf: (cells: Cells) => string | null;
  /** The actions that the mutations run, as the viewer of the transaction. */
  act: (tx: Transaction, cells: Cells, defaults: Defaults) => Promise<RowDone>;
}
