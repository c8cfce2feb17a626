import type { Reactions } from '../db/facts.ts';
import type { Transaction } from '../db/transaction.ts';
import { offerArchived } from '../offers/offer.facts.ts';
import { closeAll } from './closing.actions.ts';

/** What the vacancies do when something happens to their offer. */
export function vacancyReactions(reactions: Reactions<Transaction>): Reactions<Transaction> {
  return reactions.on(offerArchived, (tx, { offer }) => closeAll(tx, offer.id));
}
