import sql from 'sql-template-tag';
import { firstRow } from '../db/reader.ts';
import type { Transaction } from '../db/transaction.ts';

/** One who begins after the other: the second finds what the first has made. */
export async function beginAlone(tx: Transaction): Promise<void> {
  await tx.rows(sql`select pg_advisory_xact_lock(hashtextextended('passerelle.first', 0))`);
}

export async function hasPartners(tx: Transaction): Promise<boolean> {
  return (await firstRow(tx, sql`select id from organisation limit 1`)) !== null;
}

/** The organisation of this number that the member of this address manages; null when there is none. */
export async function managedBy(tx: Transaction, siret: string, email: string): Promise<string | null> {
  const row = await firstRow<{ id: string }>(
    tx,
    sql`select organisation.id from organisation join member on organisation_id = organisation.id
      where siret = ${siret} and lower(member.email) = lower(${email}) and 'MANAGER' = any(roles) and member.state = 'ACTIVE'`,
  );
  return row?.id ?? null;
}
