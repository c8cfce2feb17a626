import sql, { join, raw } from 'sql-template-tag';
import type { Listing } from '../db/list.ts';
import { firstRow } from '../db/reader.ts';
import { insertInto, table } from '../db/table.ts';
import type { Transaction } from '../db/transaction.ts';
import type { Batch } from '../graphql/loaders.ts';
import type { PersonLinkRow } from '../doubles/link.row.ts';
import { links } from '../doubles/link.store.ts';
import { versionOf } from '../people/person.store.ts';
import { acceptedStates, openStates } from '../referrals/referral.rules.ts';
import { quoted } from '../referrals/referral.store.ts';
import { ErasureRow } from './erasure.row.ts';

const erasures = table('erasure', ErasureRow, (viewer) =>
  viewer.kind === 'HUB' ? sql`true` : sql`${viewer.organisation} = any(erasure.told)`,
);

/** The latest first, of the people whose data the viewer's organisation had received. */
export const erasureList: Listing<ErasureRow> = {
  table: erasures,
  where: [],
  order: {
    name: 'NEWEST',
    keys: [
      { by: sql`erasure.at`, type: 'timestamptz' },
      { by: sql`erasure.person_id`, type: 'text' },
    ],
    descending: true,
  },
};

/** A tombstone by the id of its person. */
export const erasureOf: Batch<string, ErasureRow | null> = {
  async load(reader, people) {
    const rows = await reader.rows<ErasureRow>(sql`select ${erasures.columns} from erasure
      where erasure.person_id = any(${[...people]}) and ${erasures.scope(reader.viewer)}`);
    const known = new Map(rows.map((row) => [row.personId, row]));
    return people.map((person) => known.get(person) ?? null);
  },
};

/** Every organisation that ever received data of the person: by a right it had, or as a party of what was sent. */
export async function receivedBy(tx: Transaction, person: string): Promise<string[]> {
  const rows = await tx.rows<{ id: string }>(sql`
    select organisation_id as id from person_access where person_id = ${person}
    union select organisation_id from access_log where person_id = ${person}
    union select party from referral, unnest(array[sender_id, receiver_id, follower_id]) party
      where person_id = ${person} and sent_at is not null and party is not null
    order by 1`);
  return rows.map(({ id }) => id);
}

/** Links that wait for a yes: there is soon nothing left to compare. What was found alike is forgotten with them. */
export async function proposedLinks(tx: Transaction, person: string): Promise<PersonLinkRow[]> {
  // found alike and not proposed yet: due, so that the next minute counts each for itself again
  await tx.change(sql`update person_count set found_id = null, found_by = null, due = true
    where found_id is not null and ${person} in (person_id, found_id)`);
  return tx.rows<PersonLinkRow>(sql`select ${links.columns} from person_link
    where state = 'PROPOSED' and ${person} in (person_id, into_id) order by id for update`);
}

/** Vacancies first, then referrals: what closes may free places, whose rows are locked in this order. */
export async function lockPlacesOf(tx: Transaction, person: string): Promise<void> {
  await tx.rows(sql`select 1 from vacancy where vacancy.id in (
      select vacancy_id from referral where person_id = ${person} and ${undecided})
    order by vacancy.id for update`);
}

/** What the erasure closes: drafts, what waits for an answer, what was accepted. A placement ends by itself. */
export const undecided = sql`referral.state in (${raw(quoted(['DRAFT', ...openStates, ...acceptedStates]))})`;

export async function isPlaced(tx: Transaction, records: readonly string[]): Promise<boolean> {
  const query = sql`select 1 from placement where person_id = any(${[...records]}) and state in ('STARTED', 'SUSPENDED') limit 1`;
  return (await firstRow(tx, query)) !== null;
}

/** What gave the rights that still run. */
export async function runningSources(tx: Transaction, person: string): Promise<string[]> {
  const rows = await tx.rows<{ source: string }>(sql`select distinct source_id as source from person_access
    where person_id = ${person} and (valid_until is null or valid_until > ${tx.now}) order by 1`);
  return rows.map(({ source }) => source);
}

export async function endReferent(tx: Transaction, person: string, today: string): Promise<void> {
  await tx.change(sql`update referent set until = greatest(since, ${today}::date)
    where person_id = ${person} and until is null`);
}

export async function saveErasure(tx: Transaction, row: ErasureRow): Promise<void> {
  await tx.change(insertInto(erasures, row), 1);
}

const emptied = ['person_identity', 'person_contact', 'person_profile', 'person_handle', 'person_number', 'rectification', 'referral_note', 'referral_verdict']; // prettier-ignore

/**
 * Empties all that tells who it is, through the one function that may, and fails unless that emptied exactly the rows
 * the hub itself counts. Answers the version the record now has.
 */
export async function anonymise(tx: Transaction, person: string, reference: string): Promise<number> {
  const count = (name: string) =>
    sql`(select count(*) from ${raw(name)} where person_id = ${person}) as ${raw(name)}`;
  const held = await firstRow<Record<string, number>>(tx, sql`select ${join(emptied.map(count))}`);
  const erasing = sql`select app.erase_person(${person}, ${reference}) as done`;
  const { done } = (await firstRow<{ done: Record<string, number> }>(tx, erasing))!;
  for (const [name, rows] of Object.entries({ ...held, person: 1 }))
    if (done[name] !== rows) throw new Error(`erasing ${person}: ${done[name]} of ${rows} rows of ${name}`);
  return versionOf(tx, person);
}
