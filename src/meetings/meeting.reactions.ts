import type { Reactions } from '../db/facts.ts';
import type { Transaction } from '../db/transaction.ts';
import { referralLeft } from '../referrals/referral.facts.ts';
import { leaves } from './leaving.actions.ts';

/** What the facts of referrals do to meetings, in the same transaction. */
export function meetingReactions(reactions: Reactions<Transaction>): Reactions<Transaction> {
  return reactions.on(referralLeft, (tx, { referral }) => Promise.resolve(leaves(tx, referral.id)));
}
