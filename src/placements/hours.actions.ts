import type { Transaction } from '../db/transaction.ts';
import { parisDay } from '../kernel/clock.ts';
import { attendanceOf } from './attendance.store.ts';
import { checkStillWithin, checkWorked, type Dated, monthOf } from './hours.rules.ts';
import type { HoursRecord } from './hours.inputs.ts';
import { closeHours, hoursOf, hoursOfMonth, saveHours } from './hours.store.ts';
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
  const known = await hoursOfMonth(tx, { placementId, month });
  if (known === worked) return { id: placementId, outcome: 'UNCHANGED' as const };
  await saveHours(tx, { placementId, month, worked });
  const placement = await savePlacement(tx, placementId);
  await tell(tx, placement, 'hours_recorded', { corrected: known !== null });
  return { id: placementId, outcome: known !== null ? ('CHANGED' as const) : ('CREATED' as const) };
}

/** Hours of a month told by mistake: from now on nothing is known of that month; that they were believed stays readable. */
export async function withdrawHours(tx: Transaction, input: { placement: string; month: string }) {
  const before = await lockOwn(tx, input);
  placementMoves.next(before.state, 'recordHours', 'RECEIVER');
  await closeHours(tx, { placementId: before.id, month: monthOf(input.month) });
  const placement = await savePlacement(tx, before.id);
  await tell(tx, placement, 'hours_recorded', { corrected: true });
  return { id: before.id };
}

/** The dates of a placement are not moved away from what was worked, or from days on which somebody came. */
export async function keepWithin(tx: Transaction, placement: string, dates: Dated): Promise<void> {
  const [hours = []] = await hoursOf.load(tx, [placement]);
  const [halves = []] = await attendanceOf.load(tx, [placement]);
  const came = halves.filter(({ presence }) => presence === 'PRESENT').map(({ onDay }) => onDay);
  checkStillWithin({ hours, came }, { ...dates, today: parisDay(tx.now) });
}
