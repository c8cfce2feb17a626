import type { Transaction } from '../db/transaction.ts';
import { Refusal } from '../kernel/refusal.ts';
import { disclose } from './move.actions.ts';
import type { ReferralRow } from './referral.row.ts';
import { saveReferral } from './referral.store.ts';

/**
 * The person of a locked referral was met for the first time: by a named member, as taking charge is, for it opens the
 * name to the provider where the sender disclosed at the meeting. A tool names the member it acts for.
 */
export async function meetReferral(tx: Transaction, row: ReferralRow): Promise<ReferralRow> {
  if (row.metAt !== null) return row;
  if (tx.viewer.member === null) throw new Refusal('NOT_ALLOWED', { reason: 'MEMBER_REQUIRED' });
  const after = await saveReferral(tx, row.id, { metAt: tx.now, metBy: tx.viewer.member });
  await disclose(tx, row, after);
  return after;
}
