import sql, { raw, type Sql } from 'sql-template-tag';
import { constraintMeans } from '../db/constraints.ts';
import { firstRow } from '../db/reader.ts';
import { assignments, insertInto, nobody, table, type Asked } from '../db/table.ts';
import type { Transaction } from '../db/transaction.ts';
import { grouped } from '../graphql/loaders.ts';
import { hasScope, type Viewer } from '../kernel/viewer.ts';
import { reaches } from '../people/access.ts';
import { AttendanceRow } from './attendance.row.ts';

constraintMeans('meeting_planned_once', 'MEETING_PLANNED', 'referrals');

/** As the referral it hangs on: both parties, for life, and who follows the person's pathway. As the table's policy. */
export function attendanceScope(viewer: Viewer): Sql {
  if (viewer.kind === 'HUB') return sql`true`;
  if (!hasScope(viewer, 'referrals:read')) return nobody;
  return sql`(meeting_attendance.receiver_id = ${viewer.organisation} or ${sentOrFollowed(viewer, 'OF_EACH')})`;
}

/** Every way but that of the receiver, who holds the meeting itself. */
export function sentOrFollowed(viewer: Viewer, asked: Asked): Sql {
  return sql`(meeting_attendance.sender_id = ${viewer.organisation}
    or ${reaches(viewer, sql`meeting_attendance.person_id`, 'PATHWAY', asked)})`;
}

export const attendances = table('meeting_attendance', AttendanceRow, attendanceScope);

/** Who is, or was, invited to each meeting, as far as the viewer sees the referrals: in the order they were invited. */
export const attendancesOf = grouped<AttendanceRow, string>(
  (reader, meetings) =>
    reader.rows(sql`select ${attendances.columns} from meeting_attendance
      where meeting_attendance.meeting_id = any(${[...meetings]}) and ${attendances.scope(reader.viewer)}
      order by meeting_attendance.id`),
  (row) => row.meetingId,
);

/** The meetings a referral's person was invited to, oldest first: a short list, without pages. */
export const attendancesOfReferral = grouped<AttendanceRow, string>(
  (reader, referrals) =>
    reader.rows(sql`select ${attendances.columns} from meeting_attendance
      where meeting_attendance.referral_id = any(${[...referrals]}) and ${attendances.scope(reader.viewer)}
      order by meeting_attendance.id`),
  (row) => row.referralId,
);

/** The last word on a referral's attendance of a meeting. Its referral must be locked. */
export function attendanceAt(tx: Transaction, meeting: string, referral: string) {
  return firstRow<AttendanceRow>(
    tx,
    sql`select ${attendances.columns} from meeting_attendance
      where meeting_id = ${meeting} and referral_id = ${referral} and ${attendances.scope(tx.viewer)}
      order by id desc limit 1`,
  );
}

/** Where a referral's person is invited now. Its referral must be locked. */
export function attendanceOf(tx: Transaction, referral: string): Promise<AttendanceRow | null> {
  return firstRow<AttendanceRow>(
    tx,
    sql`select ${attendances.columns} from meeting_attendance
      where referral_id = ${referral} and state = 'INVITED' and ${attendances.scope(tx.viewer)}`,
  );
}

/** Those still invited to a meeting. */
export function invitedTo(tx: Transaction, meeting: string): Promise<AttendanceRow[]> {
  return tx.rows(sql`select ${attendances.columns} from meeting_attendance
    where meeting_id = ${meeting} and state = 'INVITED' and ${attendances.scope(tx.viewer)} order by referral_id`);
}

export async function saveAttendance(
  tx: Transaction,
  row: Omit<AttendanceRow, 'createdAt'>,
): Promise<AttendanceRow> {
  const insert = insertInto(attendances, { ...row, createdAt: tx.now });
  return (await firstRow<AttendanceRow>(tx, sql`${insert} returning ${attendances.columns}`))!;
}

export async function changeAttendance(
  tx: Transaction,
  id: string,
  change: Partial<AttendanceRow>,
): Promise<void> {
  await tx.change(sql`update meeting_attendance set ${assignments(change)} where id = ${id}`, 1);
}

/** Whoever is invited comes at the meeting's new time. */
export function moveAttendances(tx: Transaction, { id, at }: { id: string; at: string }): Promise<number> {
  return tx.change(
    sql`update meeting_attendance set at = ${at} where meeting_id = ${id} and state = 'INVITED'`,
  );
}

/** As the hub: whoever of these was invited somewhere is so no longer; answers the meeting of each. */
export async function leaveMeetings(tx: Transaction, referrals: readonly string[]): Promise<string[]> {
  const left = await tx.rows<{ meeting: string }>(sql`update meeting_attendance
    set state = 'CANCELLED', recorded_at = ${tx.now}
    where referral_id = any(${[...referrals]}) and state = 'INVITED' returning meeting_id as meeting`);
  return left.map(({ meeting }) => meeting);
}

/** As the hub: the meetings these are invited to. */
export async function meetingsPlannedOf(tx: Transaction, referrals: readonly string[]): Promise<string[]> {
  const rows = await tx.rows<{ meeting: string }>(sql`select distinct meeting_id as meeting
    from meeting_attendance where referral_id = any(${[...referrals]}) and state = 'INVITED' order by 1`);
  return rows.map(({ meeting }) => meeting);
}

/** As the hub: with the record ends what is kept of whether its person came. */
export function forgetAttendance(tx: Transaction, person: string): Promise<number> {
  return tx.change(sql`update meeting_attendance set state = 'FORGOTTEN'
    where person_id = ${person} and state in (${raw(`'HELD', 'NO_SHOW', 'RESCHEDULED'`)})`);
}
