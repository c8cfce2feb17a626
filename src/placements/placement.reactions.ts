import type { Reactions } from '../db/facts.ts';
import type { Transaction } from '../db/transaction.ts';
import { referentAssigned } from '../people/referent.facts.ts';
import { placesCounted, replacementOpened } from '../vacancies/vacancy.facts.ts';
import { closeToFormer } from './disclosure.actions.ts';
import { takePlaces } from './placement.store.ts';
import { replace } from './replacement.actions.ts';

/** What the facts of people and vacancies do to placements, in the same transaction. */
export function placementReactions(reactions: Reactions<Transaction>): Reactions<Transaction> {
  return reactions
    .on(referentAssigned, (tx, { person, after }) => closeToFormer(tx, person, after.organisationId))
    .on(replacementOpened, replace)
    .on(placesCounted, (tx, { vacancy, inUse }) =>
      tx.asHub('vacancy.places_counted', async () => {
        inUse.taken = await takePlaces(tx, vacancy.id);
      }),
    );
}
