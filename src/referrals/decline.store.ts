import sql from 'sql-template-tag';
import { firstRow } from '../db/reader.ts';
import type { Transaction } from '../db/transaction.ts';
import { type Changed, type Declined, sinceOf } from './decline.rules.ts';
import type { ReferralRow } from './referral.row.ts';
import { referrals } from './referral.store.ts';

/** Of a declined `referral`: why, on which day, and what has changed of its person since. */
export const changesSince = sql`referral.reason, (referral.closed_at at time zone 'Europe/Paris')::date as on,
  exists (select from rectification changed where changed.person_id = referral.person_id
    and changed.category = 'PROFILE' and changed.at > referral.closed_at) as "NEW_PROFILE",
  exists (select from iae_pass where iae_pass.person_id = referral.person_id and iae_pass.updated_at > referral.closed_at)
    or exists (select from iae_diagnosis where iae_diagnosis.person_id = referral.person_id
      and iae_diagnosis.updated_at > referral.closed_at) as "ELIGIBILITY_CHANGED",
  exists (select from need where need.person_id = referral.person_id and need.closed_on is not null
    and need.updated_at > referral.closed_at) as "NEED_CLOSED"`;

/**
 * The last refusal of this person by this offer, as the sender may know of it: its own, or one of a person whose pathway
 * it sees. Another partner's refusal stays unknown, and so does whether there was one.
 */
export async function lastDeclined(
  tx: Transaction,
  { personId, offerId }: ReferralRow,
): Promise<Declined | null> {
  const row = await firstRow<Omit<Declined, 'since'> & Changed>(
    tx,
    sql`select ${changesSince} from referral where referral.person_id = ${personId} and referral.offer_id = ${offerId}
        and referral.state = 'DECLINED' and ${referrals.scope(tx.viewer)}
      order by referral.closed_at desc limit 1`,
  );
  return row && { reason: row.reason, on: row.on, since: sinceOf(row) };
}
