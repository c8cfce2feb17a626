import { allow } from '../auth/policy.ts';
import type { Transaction } from '../db/transaction.ts';
import { Refusal, sameVersion } from '../kernel/refusal.ts';
import { lockRivals } from './choice.store.ts';
import { moveReferral } from './move.actions.ts';
import { lockReferralWithOthers } from './others.actions.ts';
import type { AcceptanceChoice } from './referral.inputs.ts';

/**
 * The sender keeps one of the acceptances of a person: of the others it asks to cancel, each by the ordinary move with
 * its own line and event. Their receivers read the reason, never which one was kept.
 */
export async function chooseAcceptance(tx: Transaction, input: AcceptanceChoice) {
  const kept = await lockReferralWithOthers(tx, input.keep, 'keep');
  allow(tx.viewer, 'refer', kept.followerId ?? kept.senderId);
  sameVersion(kept, input.version);
  const { state } = kept;
  if (state !== 'ACCEPTED') throw new Refusal('WRONG_STATE', { state, move: 'chooseAcceptance' }, 'keep');
  const others = await lockRivals(tx, kept);
  if (others.length === 0) throw new Refusal('WRONG_STATE', { state, reason: 'NOTHING_TO_CHOOSE' }, 'keep');
  for (const other of others) await moveReferral(tx, other, 'requestCancellation', { reason: input.reason });
  return kept;
}
