import sql from 'sql-template-tag';
import type { Transaction } from '../db/transaction.ts';
import { endAccess, openAccess } from '../people/access.ts';
import { holderOf } from '../people/holder.store.ts';
import { type Category } from '../people/access.rules.ts';
import { openedTo } from '../people/closed.rules.ts';
import type { Known } from './compare.store.ts';
import type { Grouped } from './group.rules.ts';
import type { PersonLinkRow } from './link.row.ts';

/** What a link opens: to who must decide, names and birth date; confirmed, the record to the person's referent. */

const toDecide = ['CORE', 'IDENTITY'] as const;

/** The name of the record typed last, to who is asked whether it is a person they follow; until they answer. */
export async function openToDecider(tx: Transaction, link: PersonLinkRow, { member }: Known): Promise<void> {
  if (link.deciderId === null) return;
  await openAccess(tx, {
    person: link.personId,
    organisation: link.deciderId,
    categories: toDecide,
    reason: 'LINK',
    source: link.id,
    member,
  });
}

export async function closeToDecider(tx: Transaction, link: PersonLinkRow): Promise<void> {
  await endAccess(tx, { source: link.id, reason: 'LINK' });
}

/** A right that a confirmed link gives: to the referent of the record a person is known by, on each other record. */
interface Sight {
  person: string;
  organisation: string;
  link: string;
}

interface Referring extends Sight {
  member: string | null;
  /** Registered by a social partner whose name alone would say too much. */
  discreet: boolean;
}

/** Opens and ends what the referents of these people see of their other records; what stays right is left alone. */
export async function refreshSight(tx: Transaction, groups: readonly Grouped[]): Promise<void> {
  await tx.asHub('person.linked', async () => {
    const due = await sightDue(tx, groups);
    for (const old of await sightNow(tx, groups.map(({ person }) => person)))
      if (!due.some((each) => same(each, old)))
        await endAccess(tx, { source: old.link, organisation: old.organisation, reason: 'SAME_PERSON' });
    for (const each of due) await openSight(tx, each);
  });
} // prettier-ignore

function same(one: Sight, other: Sight): boolean {
  return one.person === other.person && one.organisation === other.organisation && one.link === other.link;
}

async function openSight(tx: Transaction, { person, organisation, link, member, discreet }: Referring) {
  const narrow: readonly Category[] = ['CORE', 'IDENTITY', 'CONTACT'];
  const categories = discreet ? narrow : openedTo('REGISTRAR', await holderOf(tx, organisation));
  await openAccess(tx, { person, organisation, categories, reason: 'SAME_PERSON', source: link, member });
}

function sightDue(tx: Transaction, groups: readonly Grouped[]): Promise<Referring[]> {
  const joined = groups.filter(({ link }) => link !== null);
  return tx.rows<Referring>(sql`
    select given.person, given.link, referent.organisation_id as organisation, referent.member_id as member,
      registrar.sensitive as discreet
    from jsonb_to_recordset(${JSON.stringify(joined)}::jsonb) as given (person text, "sameAs" text, link text)
      join referent on referent.person_id = given."sameAs" and referent.until is null
      join person on person.id = given.person and person.erased_at is null
      join organisation registrar on registrar.id = person.registered_by
    order by given.person`);
}

function sightNow(tx: Transaction, people: readonly string[]): Promise<Sight[]> {
  return tx.rows<Sight>(sql`
    select distinct person_id as person, organisation_id as organisation, source_id as link from person_access
    where person_id = any(${[...people]}) and reason = 'SAME_PERSON' and valid_until is null order by 1, 2, 3`);
}
