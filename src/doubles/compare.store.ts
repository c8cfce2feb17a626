import sql from 'sql-template-tag';
import { behind, type DueRow } from '../db/due.ts';
import { firstRow, type Reader } from '../db/reader.ts';
import type { Transaction } from '../db/transaction.ts';
import type { LinkGround } from './link.rules.ts';

/**
 * As the hub: notes whom the record resembles. It asks and writes as much whether it resembles somebody or nobody, so
 * that registering neither answers nor lasts differently.
 */
export async function compare(tx: Transaction, person: string): Promise<void> {
  await tx.rows(sql`select app.compare_person(${person})`);
}

interface Finding {
  foundId: string | null;
  foundBy: LinkGround | null;
}

/** Records to look at, those compared first before. */
export function comparedNow(reader: Reader, after: DueRow | null, most: number): Promise<DueRow[]> {
  return reader.rows(sql`select person_id as id, compared_at::text as at from person_count
    where due and ${behind(after, sql`compared_at`, sql`person_id`)} order by compared_at, person_id limit ${most}`);
}

/** What was found, taken once. */
export function takeFinding(tx: Transaction, person: string): Promise<Finding | null> {
  return firstRow<Finding>(
    tx,
    sql`update person_count set due = false, found_id = null, found_by = null
      from (select person_id as id, found_id, found_by from person_count where person_id = ${person} for update) before
      where person_id = before.id and due returning before.found_id as "foundId", before.found_by as "foundBy"`,
  );
}

/** The record a person is known by, and who decides about it: its referent's organisation, else the council. */
export interface Known {
  id: string;
  organisation: string | null;
  member: string | null;
}

export async function knownAs(tx: Transaction, person: string): Promise<Known> {
  const row = await firstRow<Known>(
    tx,
    sql`select person.id, referent.member_id as member,
        coalesce(referent.organisation_id, (select id from organisation where kind = 'COUNCIL')) as organisation
      from person left join referent on referent.person_id = person.id and referent.until is null
      where person.id = coalesce((select same_as from person_count where person_id = ${person}), ${person})`,
  );
  return row!;
}
