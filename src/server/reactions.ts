import { Reactions } from '../db/facts.ts';
import type { Transaction } from '../db/transaction.ts';
import { referralReactions } from '../referrals/referral.reactions.ts';
import { vacancyReactions } from '../vacancies/vacancy.reactions.ts';

/** Which upper slice acts upon which fact of a lower one, in the order they run. */
export function reactions(): Reactions<Transaction> {
  return referralReactions(vacancyReactions(new Reactions<Transaction>()));
}
