import { waits } from '../referrals/decline.rules.ts';
import { DeclineReason } from '../referrals/reason.rules.ts';
import type { Told } from './referral.rows.ts';

/** Who was sent again to an offer that had declined them not long before was sent with a reason, as anybody must be. */
export function sayWhyAgain(told: readonly Told[]): void {
  const declined = new Map<string, { reason: DeclineReason; on: string }>();
  const sent = told.filter(({ row }) => row.sentAt !== null);
  for (const { row } of [...sent].sort((one, other) => (one.row.sentAt! < other.row.sentAt! ? -1 : 1))) {
    const there = `${row.personId} ${row.offerId}`;
    const before = declined.get(there);
    const on = row.sentAt!.slice(0, 10);
    if (before && before.on <= on && waits({ ...before, since: [] }, on))
      row.despiteRefusal = 'SITUATION_CHANGED';
    if (row.state === 'DECLINED' && row.reason! in DeclineReason)
      declined.set(there, { reason: row.reason as DeclineReason, on: row.closedAt!.slice(0, 10) });
  }
}
