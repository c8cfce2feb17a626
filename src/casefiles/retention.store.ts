import sql, { type Sql } from 'sql-template-tag';
import { behind, type DueRow } from '../db/due.ts';
import type { Listing } from '../db/list.ts';
import { firstRow, type Reader } from '../db/reader.ts';
import { insertInto, table } from '../db/table.ts';
import type { Transaction } from '../db/transaction.ts';
import type { Batch } from '../graphql/loaders.ts';
import { parisDay } from '../kernel/clock.ts';
import { followed } from '../people/access.ts';
import { live } from '../referrals/referral.store.ts';
import { keptSince } from './retention.rules.ts';
import { RetentionNoticeRow } from './retention.row.ts';

/** Notices are for who follows the person. As the table's policy. */
const notices = table('retention_notice', RetentionNoticeRow, (viewer) =>
  followed(viewer, sql`retention_notice.person_id`, 'CORE'),
);
const open = sql`retention_notice.state = 'OPEN'`;

export function noticeList(dueBefore: string | null | undefined): Listing<RetentionNoticeRow> {
  return {
    table: notices,
    where: [open, ...(dueBefore ? [sql`retention_notice.erase_on < ${dueBefore}`] : [])],
    order: {
      name: 'DUE',
      keys: [
        { by: sql`retention_notice.erase_on`, type: 'date' },
        { by: sql`retention_notice.id`, type: 'text' },
      ],
    },
  };
}

/** The notice that runs for a person, as the viewer may see it. */
export const openNoticeOf: Batch<string, RetentionNoticeRow | null> = {
  async load(reader, people) {
    const rows = await reader.rows<RetentionNoticeRow>(sql`select ${notices.columns} from retention_notice
      where retention_notice.person_id = any(${[...people]}) and ${open} and ${notices.scope(reader.viewer)}`);
    const known = new Map(rows.map((row) => [row.personId, row]));
    return people.map((person) => known.get(person) ?? null);
  },
};

/** The ids of all records of the person of this row. */
const records = sql`array(select person.id union select other.person_id from person_count mine
    join person_count other on other.same_as = mine.same_as where mine.person_id = person.id)`;

/**
 * The last act of a professional on the person of this row, in whichever of their records it was written: what the hub
 * does by itself is no contact, but a referral or placement that ran until then holds the clock until it closed.
 */
const lastContactIn = (records: Sql) => sql`(select max(greatest(one.updated_at,
    (select max(updated_at) from need where person_id = one.id),
    (select max(updated_at) from person_situation where person_id = one.id),
    (select max(updated_at) from iae_pass where person_id = one.id),
    (select max(updated_at) from iae_diagnosis where person_id = one.id),
    (select max(updated_at) from pathway where person_id = one.id),
    (select max(updated_at) from engagement where person_id = one.id),
    (select max(greatest(referral.closed_at, acts.at, notes.at)) from referral
      left join lateral (select max(at) as at from referral_move
        where referral_move.referral_id = referral.id and actor_kind <> 'HUB') acts on true
      left join lateral (select max(created_at) as at from referral_note
        where referral_note.referral_id = referral.id) notes on true
      where referral.person_id = one.id),
    (select max(greatest(created_at, case when member_id is not null then recorded_at end)) from meeting_attendance
      where person_id = one.id),
    (select max(updated_at) from placement where person_id = one.id),
    (select max(created_at) from sharing_grant where person_id = one.id),
    (select max(broken_at) from broken_glass where person_id = one.id),
    (select max(closed_at) from retention_notice where person_id = one.id and state = 'KEPT')))
  from person one where one.erased_at is null and one.id = any(${records}))`;
export const lastContact = lastContactIn(records);
/** The same in the record of this row alone: all that its followers may know of. */
const ownContact = lastContactIn(sql`array[person.id]`);

/**
 * Whether somebody acted since the notice of this row was given. What came before it is at least two years old, so a day
 * suffices to tell an act that waited for the person's line at that moment.
 */
const actedSince = sql`${lastContact} > retention_notice.created_at - interval '1 day'`;

/** Whether something still runs for the person of this row: the clock then stands still. */
export const running = sql`(exists (select from referral where referral.person_id = any(${records}) and ${live})
  or exists (select from placement where placement.person_id = any(${records}) and state in ('STARTED', 'SUSPENDED'))
  or exists (select from pathway where pathway.person_id = any(${records}) and pathway.ended_on is null)
  or exists (select from entitlement_period where entitlement_period.person_id = any(${records}) and known_until is null
    and until_day is null and entitlement_period.state in ('OPEN', 'SUSPENDED')))`;

/** People nobody has acted on for as long as they are kept, and no notice was given of. */
export function quietNow(reader: Reader, after: DueRow | null, most: number): Promise<DueRow[]> {
  const day = keptSince(parisDay(reader.now));
  return reader.rows(sql`select id, updated_at::text as at from person
    where erased_at is null and updated_at < ${day}::date and ${behind(after, sql`updated_at`, sql`id`)} and not ${running}
      and ${lastContact} < ${day}::date and not exists (select from retention_notice
        where retention_notice.person_id = person.id and ${open})
    order by updated_at, id limit ${most}`);
}

export interface Contact {
  at: string;
  /** In this record alone. */
  own: string;
  running: boolean;
}

/** When somebody last acted on a person; null when they are erased. */
export function contactOf(tx: Transaction, person: string): Promise<Contact | null> {
  return firstRow(
    tx,
    sql`select ${lastContact} as at, ${ownContact} as own, ${running} as running from person where id = ${person} and erased_at is null`,
  );
}

/** Whose notice is over: the day has come, or something happened since it was given. */
export function endingNotices(reader: Reader, after: DueRow | null, most: number): Promise<DueRow[]> {
  return reader.rows(sql`select person.id, erase_on::text as at
    from retention_notice join person on person.id = retention_notice.person_id
    where ${open} and (erase_on <= ${parisDay(reader.now)} or ${running} or ${actedSince} or person.erased_at is not null)
      and ${behind(after, sql`erase_on`, sql`person.id`)}
    order by erase_on, person.id limit ${most}`);
}

export async function saveNotice(tx: Transaction, row: Partial<RetentionNoticeRow>): Promise<void> {
  await tx.change(insertInto(notices, row), 1);
}

/** Closes the notice that runs. */
export async function closeNotice(
  tx: Transaction,
  person: string,
  { state, reason = null, organisationId = null }: Partial<RetentionNoticeRow>,
): Promise<void> {
  await tx.change(
    sql`update retention_notice set state = ${state}, reason = ${reason}, organisation_id = ${organisationId},
      closed_at = ${tx.now} where person_id = ${person} and ${open}`,
    1,
  );
}
