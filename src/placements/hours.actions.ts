import sql from 'sql-template-tag';
import { firstRow } from '../db/reader.ts';
import { insertInto } from '../db/table.ts';
import type { Transaction } from '../db/transaction.ts';
import { parisDay } from '../kernel/clock.ts';
import { checkWorked, monthOf } from './hours.rules.ts';
import { workedHours } from './history.store.ts';
import type { HoursRecord } from './hours.inputs.ts';
import { lockOwn, tell } from './moving.actions.ts';
import { placementMoves } from './placement.rules.ts';
import { savePlacement } from './placement.store.ts';

/** Hours of a month, told by the provider; told again they are corrected, and the same ones change nothing. */
export async function recordHours(tx: Transaction, input: HoursRecord) {
  const before = await lockOwn(tx, input);
  placementMoves.next(before.state, 'recordHours', 'RECEIVER');
  checkWorked(input, { ...before, today: parisDay(tx.now) });
  const { id: placementId } = before;
  const month = monthOf(input.month);
  const worked = Math.round(input.worked * 100) / 100;
  const current = sql`placement_id = ${placementId} and month = ${month} and known_until is null`;
  const known = await firstRow<{ worked: number }>(
    tx,
    sql`select worked::float8 as worked from worked_hours where ${current}`,
  );
  if (known?.worked === worked) return { id: placementId };
  await tx.change(sql`update worked_hours set known_until = ${tx.now} where ${current}`);
  await tx.change(insertInto(workedHours, { placementId, month, worked, knownFrom: tx.now }), 1);
  const placement = await savePlacement(tx, placementId);
  await tell(tx, placement, 'hours_recorded', { corrected: known !== null });
  return { id: placementId };
}
