import sql, { join, type Sql } from 'sql-template-tag';
import { firstRow } from '../db/reader.ts';
import { nobody, table } from '../db/table.ts';
import type { Transaction } from '../db/transaction.ts';
import { grouped } from '../graphql/loaders.ts';
import { hasScope, type Viewer } from '../kernel/viewer.ts';
import type { AskedFor, KnownOf, Verdicts } from '../matching/verdict.rules.ts';
import { reaches } from '../people/access.ts';
import type { ReferralRow } from './referral.row.ts';
import { ReferralVerdictRow } from './verdict.row.ts';

/** Seen with the referral, by its parties and who follows the pathway, while the person is open to them. */
function scope(viewer: Viewer): Sql {
  if (viewer.kind === 'HUB') return sql`true`;
  if (!hasScope(viewer, 'referrals:read')) return nobody;
  const person = sql`referral_verdict.person_id`;
  return sql`((${viewer.organisation} in (referral_verdict.sender_id, referral_verdict.receiver_id)
    or ${reaches(viewer, person, 'PATHWAY')}) and ${reaches(viewer, person, 'CORE')})`;
}

const verdicts = table('referral_verdict', ReferralVerdictRow, scope);

export const verdictsOfReferral = grouped<ReferralVerdictRow, string>(
  (reader, referrals) =>
    reader.rows(sql`select ${verdicts.columns} from referral_verdict
      where referral_id = any(${[...referrals]}) and ${verdicts.scope(reader.viewer)}`),
  (row) => row.referralId,
);

type Judged = AskedFor & Omit<KnownOf, 'ageBand'> & { birthYear: number | null };

/** What is asked and what is known, to be judged by the hub; what no verdict may rest on is not even read. */
export async function toJudge(
  tx: Transaction,
  { personId, offerId, vacancyId }: ReferralRow,
  today: string,
): Promise<Judged> {
  const judged = await firstRow<Judged>(
    tx,
    sql`select offer.publics, coalesce(vacancy.weekly_hours, offer.weekly_hours) as "weeklyHours",
        person.birth_year as "birthYear", profile.weekly_hours_least as "weeklyHoursLeast",
        profile.weekly_hours_most as "weeklyHoursMost",
        array(select situation.public from person_situation situation where situation.person_id = person.id
          and situation.category not in (${join(neverJudged)}) and not situation.sensitive
          and situation.stated_on <= ${today}::date and coalesce(situation.until, 'infinity') >= ${today}::date) as situations
      from person join offer on offer.id = ${offerId} left join vacancy on vacancy.id = ${vacancyId}
        left join person_profile profile on profile.person_id = person.id
      where person.id = ${personId}`,
  );
  return judged!;
}

const neverJudged = ['HEALTH', 'JUSTICE'];

export async function saveVerdicts(tx: Transaction, referral: ReferralRow, judged: Verdicts): Promise<void> {
  const { id, personId, senderId, receiverId } = referral;
  await tx.change(
    sql`insert into referral_verdict (referral_id, person_id, sender_id, receiver_id, verdicts, judged_at)
      values (${id}, ${personId}, ${senderId}, ${receiverId}, ${JSON.stringify(judged)}, ${tx.now})
      on conflict (referral_id) do update set verdicts = excluded.verdicts, judged_at = excluded.judged_at`,
    1,
  );
}
