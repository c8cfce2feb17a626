import sql, { join } from 'sql-template-tag';
import { byId as byIdOrder } from '../db/list.ts';
import { insertMany } from '../db/many.ts';
import { assignments, everyone, table } from '../db/table.ts';
import type { Reader } from '../db/reader.ts';
import type { Transaction } from '../db/transaction.ts';
import { edge } from '../graphql/lists.ts';
import { NoticeRow } from './notice.row.ts';
import { lease } from './time.rules.ts';

/** An organisation's own; the interface shows a member theirs alone. */
export const notices = table('notice', NoticeRow, (viewer) =>
  viewer.kind === 'HUB' ? everyone() : sql`notice.organisation_id = ${viewer.organisation}`,
);
export const noticesOf = edge(notices, 'memberId', byIdOrder('notice', true));

const born = ['id', 'eventId', 'kind', 'memberId', 'organisationId', 'subjectType', 'subjectId', 'referralId', 'delivery', 'state', 'dueAt', 'createdAt', 'closedAt'] as const; // prettier-ignore

/** Makes what is not made yet, and answers how many. */
export function saveNotices(tx: Transaction, rows: readonly Partial<NoticeRow>[]): Promise<number> {
  if (rows.length === 0) return Promise.resolve(0);
  return tx.change(sql`${insertMany(notices, born, rows)} on conflict on constraint notice_once do nothing`);
}

/**
 * Takes what is due of some members, and keeps it from other processes while it is sent. What waits for the morning is
 * taken whole, so that it goes in one message.
 */
export function claimDue(tx: Transaction, most: number): Promise<NoticeRow[]> {
  const until = new Date(Date.parse(tx.now) + lease).toISOString();
  return tx.rows<NoticeRow>(sql`
    with due as (
      select id from notice where state = 'WAITING' and due_at <= ${tx.now} order by due_at, member_id, id
      limit ${most} for update skip locked)
    update notice set attempts = attempts + 1, due_at = ${until} from due where notice.id = due.id
    returning ${notices.columns}`);
}

export function saveNotice(tx: Transaction, ids: readonly string[], change: Partial<NoticeRow>): Promise<number> {
  return tx.change(sql`update notice set ${assignments(change)} where id in (${join(ids)}) and state = 'WAITING'`);
} // prettier-ignore

export async function forgetOldNotices(tx: Transaction, most: number): Promise<number> {
  const [row] = await tx.rows<{ gone: number }>(sql`select app.forget_notices(${most}) as gone`);
  return row!.gone;
}

/** The notice of a link, as the hub. */
export async function noticeById(reader: Reader, id: string): Promise<NoticeRow | null> {
  const [row] = await reader.rows<NoticeRow>(sql`select ${notices.columns} from notice where id = ${id}`);
  return row ?? null;
}
