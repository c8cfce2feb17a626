import type { Reactions } from '../db/facts.ts';
import type { Transaction } from '../db/transaction.ts';
import { referentAssigned } from '../people/referent.facts.ts';
import type { ReferentRow } from '../people/referent.row.ts';
import { tell } from './pathway.actions.ts';
import { openPathway, savePathway, saveStep } from './pathway.store.ts';

/** What the facts of people do to pathways, in the same transaction. */
export function pathwayReactions(reactions: Reactions<Transaction>): Reactions<Transaction> {
  return reactions.on(referentAssigned, (tx, { person, after }) =>
    tx.asHub('person.referent_assigned', () => goOnWith(tx, person, after)),
  );
}

/** A person has one referent: an open pathway goes on with whoever follows now, however they were named. */
async function goOnWith(tx: Transaction, person: string, named: ReferentRow): Promise<void> {
  const open = await openPathway(tx, person);
  const { organisationId: referentOrganisationId, memberId: referentMemberId } = named;
  if (!open) return;
  const elsewhere = open.referentOrganisationId !== referentOrganisationId;
  if (!elsewhere && open.referentMemberId === referentMemberId) return;
  const after = await savePathway(tx, open, { referentOrganisationId, referentMemberId });
  if (elsewhere) await saveStep(tx, after, { kind: 'HANDED_OVER', onDay: named.since });
  await tell(tx, after, 'pathway.handed_over');
}
