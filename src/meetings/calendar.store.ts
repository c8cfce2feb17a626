import sql from 'sql-template-tag';
import { firstRow, type Reader } from '../db/reader.ts';
import { assignments, everyone, insertInto, table } from '../db/table.ts';
import type { Transaction } from '../db/transaction.ts';
import { byId, type Batch } from '../graphql/loaders.ts';
import { addDays } from '../kernel/clock.ts';
import { subjectOf } from '../kernel/ids.ts';
import { found } from '../kernel/refusal.ts';
import { attendanceScope } from './attendance.store.ts';
import { CalendarFeedRow } from './calendar.row.ts';
import type { CalendarEntry, CalendarLanguage } from './calendar.rules.ts';
import { meetings } from './meeting.store.ts';

const feeds = table('calendar_feed', CalendarFeedRow, (viewer) =>
  viewer.kind === 'HUB' ? everyone() : sql`calendar_feed.organisation_id = ${viewer.organisation}`,
);
export const feedById = byId(feeds, 'CalendarFeed');
const open = sql`calendar_feed.revoked_at is null`;

/** The calendar a member has open. */
export const feedOfMember: Batch<string, CalendarFeedRow | null> = {
  async load(reader, members) {
    const rows = await reader.rows<CalendarFeedRow>(sql`select ${feeds.columns} from calendar_feed
      where calendar_feed.member_id = any(${[...members]}) and ${open} and ${feeds.scope(reader.viewer)}`);
    const known = new Map(rows.map((row) => [row.memberId, row]));
    return members.map((member) => known.get(member) ?? null);
  },
};

export async function lockFeed(tx: Transaction, id: string, field: string): Promise<CalendarFeedRow> {
  const query = sql`select ${feeds.columns} from calendar_feed
    where calendar_feed.id = ${id} and ${feeds.scope(tx.viewer)} for update`;
  return found(subjectOf(id) === 'CalendarFeed' ? await firstRow<CalendarFeedRow>(tx, query) : null, field);
}

/** A member has one address at a time: whoever holds the one before reads nothing any more. */
export async function closeFeeds(tx: Transaction, member: string): Promise<CalendarFeedRow[]> {
  await tx.rows(sql`select pg_advisory_xact_lock(hashtextextended(${member}, 0))`);
  return tx.rows(sql`update calendar_feed set ${assignments<CalendarFeedRow>({ revokedAt: tx.now, updatedAt: tx.now })},
      version = version + 1
    where calendar_feed.member_id = ${member} and ${open} returning ${feeds.columns}`);
}

export async function saveNewFeed(
  tx: Transaction,
  row: Partial<CalendarFeedRow> & { id: string },
): Promise<void> {
  await tx.change(insertInto(feeds, { ...row, createdAt: tx.now, updatedAt: tx.now }), 1);
}

const daysPast = 30;
const daysAhead = 365;
const most = 500;

/**
 * The meetings a member holds, and those of the referrals whose contact they are at the sender's, as far as they see them
 * today. Of an own meeting all people count, of another's those whose referral they see.
 */
export function entriesOf(reader: Reader): Promise<CalendarEntry[]> {
  const { viewer, now } = reader;
  return reader.rows(sql`select meeting.id, meeting.version, meeting.updated_at as "updatedAt", meeting.at, meeting.minutes,
      meeting.state, meeting.way, offer.title as offer, commune.name as commune,
      case when meeting.organisation_id = ${viewer.organisation} then meeting.seats_taken
        else (select count(*)::int from meeting_attendance where meeting_attendance.meeting_id = meeting.id
          and meeting_attendance.state in ('INVITED', 'HELD', 'NO_SHOW') and ${attendanceScope(viewer)}) end as people
    from meeting join offer on offer.id = meeting.offer_id
      left join site on site.id = meeting.site_id left join commune on commune.code = site.commune_code
    where (meeting.member_id = ${viewer.member} or meeting.id in (
        select invited.meeting_id from meeting_attendance invited join referral on referral.id = invited.referral_id
        where referral.sender_member_id = ${viewer.member} and invited.sender_id = ${viewer.organisation}
          and invited.state <> 'RESCHEDULED'))
      and meeting.at between ${addDays(now, -daysPast)} and ${addDays(now, daysAhead)}
      and ${meetings.scope(viewer)}
    order by meeting.at, meeting.id limit ${most}`);
}

export async function languageOf(reader: Reader): Promise<CalendarLanguage> {
  const query = sql`select calendar_feed.language from calendar_feed
    where calendar_feed.member_id = ${reader.viewer.member} and ${open}`;
  return (await firstRow<{ language: CalendarLanguage }>(reader, query))?.language ?? 'FR';
}
