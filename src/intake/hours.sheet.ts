import type { Transaction } from '../db/transaction.ts';
import { invalid } from '../kernel/refusal.ts';
import { recordHours } from '../placements/hours.actions.ts';
import { knownPlacement } from '../placements/placement.store.ts';
import { type Cells, monthIn, numberIn, required } from './cell.rules.ts';
import { placementIn } from './named.store.ts';
import type { RowDone, SheetKind } from './sheet-kind.ts';

/** Hours worked, month by month, as a provider tells them. */
export const hoursSheet: SheetKind = {
  name: 'hours',
  columns: [
    { name: 'placement', headings: ['parcours', 'placement'], required: true },
    { name: 'month', headings: ['mois', 'month'], required: true },
    { name: 'worked', headings: ['heures', 'worked'], required: true },
  ],
  keyOf: ({ placement, month }) => (placement && month ? `${placement} ${month}` : null),
  act: importHours,
};

async function importHours(tx: Transaction, cells: Cells): Promise<RowDone> {
  const month = monthIn(cells, 'month');
  const worked = numberIn(cells, 'worked');
  if (worked === undefined) throw invalid('worked', 'REQUIRED');
  const placement = await placementIn(tx, required(cells, 'placement'), 'placement');
  const { id, outcome } = await recordHours(tx, { placement, month, worked });
  if (outcome === 'UNCHANGED') return { outcome, steps: [] };
  const { version } = await knownPlacement(tx, id, 'placement');
  return { outcome, steps: [{ subject: id, month, version, made: outcome === 'CREATED' }] };
}
