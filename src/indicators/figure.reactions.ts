import type { Reactions } from '../db/facts.ts';
import type { Transaction } from '../db/transaction.ts';
import { recordsGrouped } from '../doubles/double.facts.ts';
import { rightsTold } from '../entitlements/entitlement.facts.ts';
import { offerChanged } from '../offers/offer.facts.ts';
import { pathwayTold } from '../pathway/pathway.facts.ts';
import { personHoused } from '../people/person.facts.ts';
import { placementTold } from '../placements/placement.facts.ts';
import { countable, peopleIn, recount } from './figure.store.ts';

/** Whatever changes a figure counts the people it is about anew, in the same transaction: no figure lags behind its facts. */
export function figureReactions(reactions: Reactions<Transaction>): Reactions<Transaction> {
  return reactions
    .on(placementTold, (tx, { person }) => countAnew(tx, [person]))
    .on(pathwayTold, (tx, { person }) => countAnew(tx, [person]))
    .on(personHoused, (tx, { person }) => countAnew(tx, [person]))
    .on(rightsTold, async (tx, { people }) => countAnew(tx, await countable(tx, people)))
    .on(recordsGrouped, (tx, { people }) => countAnew(tx, people))
    .on(offerChanged, async (tx, { offer }) => countAnew(tx, await peopleIn(tx, offer)));
}

const key = 'figures';

/** Once, when all else is written, however many steps were about them. */
export async function countAnew(tx: Transaction, people: readonly string[]): Promise<void> {
  if (!people.length) return;
  const due = (tx.remembered.get(key) as Set<string> | undefined) ?? new Set<string>();
  for (const person of people) due.add(person);
  tx.remembered.set(key, due);
  tx.lastly(key, () => recount(tx, [...due]));
}
