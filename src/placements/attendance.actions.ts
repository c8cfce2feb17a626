import type { Transaction } from '../db/transaction.ts';
import { parisDay } from '../kernel/clock.ts';
import type { Attended } from './attendance.inputs.ts';
import { checkAttended, halvesOf, refuseFund } from './attendance.rules.ts';
import { saveAttended } from './attendance.store.ts';
import { episodesOfOne } from './episode.store.ts';
import { lastContract } from './history.store.ts';
import { lockOwn, tell } from './moving.actions.ts';
import { placementMoves } from './placement.rules.ts';
import { savePlacement } from './placement.store.ts';

/** Who came, told by who receives: told again it is put right, and the same changes nothing. The event says that, never what. */
export async function recordAttendance(tx: Transaction, input: Attended) {
  const before = await lockOwn(tx, input);
  refuseFund(tx.viewer);
  placementMoves.next(before.state, 'recordAttendance', 'RECEIVER');
  const { id: placementId } = before;
  checkAttended(input.on, {
    ...before,
    today: parisDay(tx.now),
    underContract: (await lastContract(tx, placementId)) !== null,
    interruptions: await episodesOfOne(tx, placementId),
  });
  const { on: onDay, presence } = input;
  const halves = halvesOf(input.half);
  const changed = await saveAttended(tx, {
    placementId,
    onDay,
    presence,
    halves,
    memberId: tx.viewer.member,
  });
  if (changed) await tell(tx, await savePlacement(tx, placementId), 'attendance_recorded');
  return { id: placementId };
}
