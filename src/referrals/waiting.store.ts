import sql from 'sql-template-tag';
import { firstRow } from '../db/reader.ts';
import type { Transaction } from '../db/transaction.ts';
import type { ReferralRow } from './referral.row.ts';
import { referrals } from './referral.store.ts';

/** The first of a waiting list that no place is reserved for and that was not skipped; the vacancy is locked. */
export function firstWaiting(tx: Transaction, vacancy: string): Promise<ReferralRow | null> {
  return firstRow<ReferralRow>(
    tx,
    sql`select ${referrals.columns} from referral
      where vacancy_id = ${vacancy} and state = 'WAITLISTED' and not holds_place and place_skipped_at is null
      order by waitlisted_at, id limit 1 for update`,
  );
}

/** Those a freed place is reserved for, the last of the list first. */
export function lastReserved(tx: Transaction, vacancy: string, count: number): Promise<ReferralRow[]> {
  return tx.rows<ReferralRow>(
    sql`select ${referrals.columns} from referral
      where vacancy_id = ${vacancy} and state = 'WAITLISTED' and holds_place
      order by waitlisted_at desc, id desc limit ${count} for update`,
  );
}
