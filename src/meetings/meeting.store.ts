import sql, { raw, type Sql } from 'sql-template-tag';
import { constraintMeans } from '../db/constraints.ts';
import type { Listing, Order } from '../db/list.ts';
import { firstRow, type Reader } from '../db/reader.ts';
import { assignments, insertInto, nobody, tableByWays, unseen, type Asked, type Ways } from '../db/table.ts';
import type { Transaction } from '../db/transaction.ts';
import { anyOf } from '../graphql/lists.ts';
import { byId } from '../graphql/loaders.ts';
import { subjectOf } from '../kernel/ids.ts';
import { found } from '../kernel/refusal.ts';
import { hasScope, type Viewer } from '../kernel/viewer.ts';
import { breadthOf } from '../people/breadth.ts';
import { sentOrFollowed } from './attendance.store.ts';
import type { MeetingFilter } from './meeting.inputs.ts';
import { MeetingRow } from './meeting.row.ts';

constraintMeans('meeting_seats_respected', 'NO_SEAT_LEFT', 'referrals');

/** Somebody whose referral the viewer sees is invited. Few are gathered by their own indexes; else each meeting is asked. */
function invited(viewer: Viewer, asked: Asked): Sql {
  const theirs = sql`meeting_attendance where ${sentOrFollowed(viewer, asked)}`;
  if (asked === 'OF_EACH')
    return sql`exists (select from ${theirs} and meeting_attendance.meeting_id = meeting.id offset 0)`;
  const ids = sql`select meeting_attendance.meeting_id from ${theirs}`;
  return asked === 'AS_FEW' ? sql`meeting.id = any(array(${ids}))` : sql`meeting.id in (${ids})`;
}

/** Who holds it; and who sees a referral invited to it. As the table's policy. */
const seen: Ways = {
  of(viewer, asked) {
    if (viewer.kind === 'HUB') return [sql`true`];
    if (!hasScope(viewer, 'referrals:read')) return [nobody];
    const organisation = asked === 'AS_ALL' ? sql`${viewer.organisation}` : unseen(viewer.organisation);
    return [
      sql`meeting.organisation_id = ${organisation}`,
      sql`(meeting.organisation_id <> ${organisation} and ${invited(viewer, asked)})`,
    ];
  },
  breadth: (reader) => breadthOf(reader, 'PATHWAY'),
};
export const meetings = tableByWays('meeting', MeetingRow, seen);
export const meetingById = byId(meetings, 'Meeting');

const keys = [
  { by: sql`meeting.at`, type: 'timestamptz' },
  { by: sql`meeting.id`, type: 'text' },
] as const;
const orders = {
  NEXT: { name: 'NEXT', keys },
  LATEST: { name: 'LATEST', keys, descending: true },
} satisfies Record<string, Order>;

/** The viewer's own meetings whose hour has passed and of whom somebody's coming is not recorded. */
const toRecord = (viewer: Viewer) => sql`meeting.organisation_id = ${viewer.organisation}
  and meeting.state = 'PLANNED' and meeting.at <= app.clock()`;

export function meetingList(
  viewer: Viewer,
  filter: MeetingFilter,
  orderBy: keyof typeof orders,
): Listing<MeetingRow> {
  return { table: meetings, where: conditions(viewer, filter), order: orders[orderBy] };
}

function conditions(viewer: Viewer, filter: MeetingFilter): Sql[] {
  const is = (column: string, value: string | null | undefined) =>
    value == null ? [] : [sql`${raw(`meeting.${column}`)} = ${value}`];
  return [
    ...is('organisation_id', filter.organisation),
    ...is('offer_id', filter.offer),
    ...is('vacancy_id', filter.vacancy),
    ...is('member_id', filter.member),
    ...anyOf('meeting.state', filter.states),
    ...(filter.from ? [sql`meeting.at >= ${filter.from}`] : []),
    ...(filter.until ? [sql`meeting.at < ${filter.until}`] : []),
    ...(filter.toRecord ? [toRecord(viewer)] : []),
  ];
}

export async function knownMeeting(reader: Reader, id: string, field: string): Promise<MeetingRow> {
  if (subjectOf(id) !== 'Meeting') return found<MeetingRow>(null, field);
  return found(await firstRow<MeetingRow>(reader, one(reader, id)), field);
}

/** The last lock of all: whoever takes it has its referrals already. */
export async function lockMeeting(tx: Transaction, id: string, field: string): Promise<MeetingRow> {
  if (subjectOf(id) !== 'Meeting') return found<MeetingRow>(null, field);
  return found(await firstRow<MeetingRow>(tx, sql`${one(tx, id)} for update`), field);
}

function one(reader: Reader, id: string): Sql {
  return sql`select ${meetings.columns} from meeting
    where meeting.id = ${id} and ${meetings.scope(reader.viewer)}`;
}

/** Several, in the order in which they are to be locked. */
export function lockMeetings(tx: Transaction, ids: readonly string[]): Promise<MeetingRow[]> {
  return tx.rows(sql`select ${meetings.columns} from meeting
    where meeting.id = any(${[...ids]}) order by meeting.id for update`);
}

export async function saveNewMeeting(
  tx: Transaction,
  row: Omit<Partial<MeetingRow>, 'version' | 'createdAt' | 'updatedAt'> & { id: string },
): Promise<MeetingRow> {
  const insert = insertInto(meetings, { ...row, createdAt: tx.now, updatedAt: tx.now });
  return found(await firstRow<MeetingRow>(tx, sql`${insert} returning ${meetings.columns}`));
}

/** Saves a change of a locked meeting and answers the row as it now is. */
export async function saveMeeting(
  tx: Transaction,
  id: string,
  change: Partial<MeetingRow>,
): Promise<MeetingRow> {
  const row = await firstRow<MeetingRow>(
    tx,
    sql`update meeting set ${assignments({ ...change, updatedAt: tx.now })}, version = version + 1
      where meeting.id = ${id} returning ${meetings.columns}`,
  );
  if (!row) throw new Error(`meeting ${id} is locked but cannot be changed by ${tx.viewer.kind}`);
  return row;
}

/** Takes or frees seats by one guarded statement: as many people as there are seats, whoever asks at the same time. */
export async function takeSeats(tx: Transaction, id: string, count: number): Promise<MeetingRow> {
  const row = await firstRow<MeetingRow>(
    tx,
    sql`update meeting set seats_taken = seats_taken + ${count}, version = version + 1, updated_at = ${tx.now}
      where meeting.id = ${id} returning ${meetings.columns}`,
  );
  if (!row) throw new Error(`the seats of meeting ${id} cannot be changed by ${tx.viewer.kind}`);
  return row;
}
