import sql, { join, type Sql } from 'sql-template-tag';
import { firstRow } from '../db/reader.ts';
import { nobody, table } from '../db/table.ts';
import type { Transaction } from '../db/transaction.ts';
import { standingIn, type IaeStanding, type IaeWindow } from '../eligibility/eligibility.rules.ts';
import { grouped, type Batch } from '../graphql/loaders.ts';
import { parisDay } from '../kernel/clock.ts';
import { hasScope, type Viewer } from '../kernel/viewer.ts';
import type { KnownOf } from '../matching/known.rules.ts';
import type { Asked } from '../matching/requirement.rules.ts';
import type { AskedFor, Verdicts } from '../matching/verdict.rules.ts';
import { reaches } from '../people/access.ts';
import type { ReferralRow } from './referral.row.ts';
import { live } from './referral.store.ts';
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

/** The same windows as of today: what a receiver is told of the person's eligibility to insertion by work. */
export const iaeOfReferral: Batch<string, IaeStanding | null> = {
  async load(reader, referrals) {
    const today = parisDay(reader.now);
    const judged = await verdictsOfReferral.load(reader, referrals);
    return judged.map(([row]) => (row?.iae ? standingIn(row.iae, today) : null));
  },
};

type Judged = Omit<AskedFor, keyof Asked> &
  Omit<KnownOf, 'ageBand' | 'iae'> & { birthYear: number | null; asked: Asked };

/** What is asked and what is known, to be judged by the hub; what no verdict may rest on is not even read. */
export async function toJudge(
  tx: Transaction,
  { personId, offerId, vacancyId }: ReferralRow,
  today: string,
): Promise<Judged> {
  const judged = await firstRow<Judged>(
    tx,
    sql`select offer.publics, offer.siae_kind is not null as siae, coalesce(vacancy.weekly_hours, offer.weekly_hours) as "weeklyHours",
        person.birth_year as "birthYear", profile.weekly_hours_least as "weeklyHoursLeast",
        profile.weekly_hours_most as "weeklyHoursMost",
        profile.licences, profile.french_level as "frenchLevel",
        case when profile.stated ? 'AVAILABILITY' then profile.time_bands end as "timeBands",
        json_build_object('licences', coalesce(own.licences, asked.licences, '{}'),
          'frenchLevel', coalesce(own.french_level, asked.french_level),
          'timeBands', coalesce(own.time_bands, asked.time_bands, '{}')) as asked,
        array(select situation.public from person_situation situation where situation.person_id = person.id
          and situation.category not in (${join(neverJudged)}) and not situation.sensitive
          and situation.stated_on <= ${today}::date and coalesce(situation.until, 'infinity') >= ${today}::date) as situations
      from person join offer on offer.id = ${offerId} left join vacancy on vacancy.id = ${vacancyId}
        left join requirement asked on asked.subject_id = offer.id and asked.replaced_at is null
        left join requirement own on own.subject_id = vacancy.id and own.replaced_at is null
        left join person_profile profile on profile.person_id = person.id
      where person.id = ${personId}`,
  );
  return judged!;
}

const neverJudged = ['HEALTH', 'JUSTICE'];

interface Told {
  asked: Asked;
  verdicts: Verdicts;
  iae: readonly IaeWindow[] | null;
}

export async function saveVerdicts(tx: Transaction, referral: ReferralRow, told: Told): Promise<void> {
  const { id, personId, senderId, receiverId } = referral;
  await tx.change(
    sql`insert into referral_verdict (referral_id, person_id, sender_id, receiver_id, verdicts, asked, iae, judged_at)
      values (${id}, ${personId}, ${senderId}, ${receiverId}, ${JSON.stringify(told.verdicts)}, ${JSON.stringify(told.asked)},
        ${told.iae && JSON.stringify(told.iae)}, ${tx.now})
      on conflict (referral_id) do update set verdicts = excluded.verdicts, asked = excluded.asked, iae = excluded.iae,
        judged_at = excluded.judged_at`,
    1,
  );
}

/** Referrals of a person to a SIAE that are under way, as they were judged; what was never asked is not asked now. */
export function toJudgeAgain(tx: Transaction, person: string) {
  return tx.rows<Pick<ReferralVerdictRow, 'referralId' | 'receiverId'>>(sql`
    select judged.referral_id as "referralId", judged.receiver_id as "receiverId" from referral_verdict judged
      join referral on referral.id = judged.referral_id
    where judged.person_id = ${person} and judged.iae is not null and ${live}`);
}

export async function saveIae(
  tx: Transaction,
  referral: string,
  windows: readonly IaeWindow[],
): Promise<void> {
  const query = sql`update referral_verdict set iae = ${JSON.stringify(windows)} where referral_id = ${referral}`;
  await tx.change(query, 1);
}
