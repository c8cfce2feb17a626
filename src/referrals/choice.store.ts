import sql, { empty, type Sql } from 'sql-template-tag';
import { byId, type Listing } from '../db/list.ts';
import type { Transaction } from '../db/transaction.ts';
import { grouped } from '../graphql/loaders.ts';
import type { Viewer } from '../kernel/viewer.ts';
import type { PersonRow } from '../people/person.row.ts';
import { people } from '../people/person.store.ts';
import type { ReferralRow } from './referral.row.ts';
import { lockWhere, referrals } from './referral.store.ts';

/** Accepted by an exclusive offer, and the viewer's to follow: what one of two acceptances of a person excludes. */
function accepted(viewer: Viewer): Sql {
  return sql`referral.follower_id = ${viewer.organisation} and referral.state = 'ACCEPTED'
    and exists (select from offer where offer.id = referral.offer_id and offer.exclusive)`;
}

/** People of whom the viewer's organisation follows two such acceptances or more (docs/domain.md §4). */
export function peopleToChooseFor(viewer: Viewer): Listing<PersonRow> {
  const twice = sql`select referral.person_id from referral
    where ${accepted(viewer)} and ${referrals.scope(viewer)} group by referral.person_id having count(*) > 1`;
  return { table: people, join: empty, where: [sql`person.id in (${twice})`], order: byId('person') };
}

export const acceptancesOf = grouped<ReferralRow, string>(
  (reader, ids) =>
    reader.rows(sql`select ${referrals.columns} from referral where referral.person_id = any(${[...ids]})
      and ${accepted(reader.viewer)} and ${referrals.scope(reader.viewer)} order by referral.accepted_at, referral.id`),
  (row) => row.personId,
);

/** The other acceptances this one excludes, locked; none where its own offer excludes nothing. */
export function lockRivals(tx: Transaction, row: ReferralRow): Promise<ReferralRow[]> {
  return lockWhere(
    tx,
    sql`referral.person_id = ${row.personId} and referral.id <> ${row.id} and ${accepted(tx.viewer)}
      and exists (select from offer where offer.id = ${row.offerId} and offer.exclusive)`,
  );
}
