import sql from 'sql-template-tag';
import type { Reactions } from '../db/facts.ts';
import type { Transaction } from '../db/transaction.ts';
import { personNamed } from '../people/person.facts.ts';
import { referentAssigned } from '../people/referent.facts.ts';
import type { ReferentRow } from '../people/referent.row.ts';
import { compare } from './compare.store.ts';
import { announce, showToReferent } from './link.actions.ts';
import type { PersonLinkRow } from './link.row.ts';
import { links, saveLink } from './link.store.ts';
import { closeToDecider, openToDecider } from './sight.actions.ts';

/** What the facts of people do to the links between their records, in the same transaction. */
export function doubleReactions(reactions: Reactions<Transaction>): Reactions<Transaction> {
  return reactions
    .on(personNamed, (tx, { person }) => tx.asHub('person.named', () => compare(tx, person)))
    .on(referentAssigned, (tx, { person, after }) =>
      tx.asHub('person.referent_assigned', () => moveDeciding(tx, person, after)),
    );
}

/** Who follows the person from now on decides what waits, and sees the person's other records; who did no longer does. */
async function moveDeciding(tx: Transaction, person: string, after: ReferentRow): Promise<void> {
  const all = await tx.rows<PersonLinkRow>(sql`select ${links.columns} from person_link
    where person_id = ${person} or into_id = ${person} order by id for update`);
  if (!all.length) return;
  for (const link of all) if (link.intoId === person) await handOver(tx, link, after);
  await showToReferent(tx, person);
}

async function handOver(tx: Transaction, before: PersonLinkRow, after: ReferentRow): Promise<void> {
  const { organisationId: organisation, memberId: member } = after;
  const link = await saveLink(tx, before.id, { deciderId: organisation });
  if (link.state !== 'PROPOSED') return;
  await closeToDecider(tx, before);
  await openToDecider(tx, link, { id: link.intoId, organisation, member });
  await announce(tx, link, 'person.link_proposed');
}
