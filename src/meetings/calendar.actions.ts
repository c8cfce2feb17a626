import { allow, holds } from '../auth/policy.ts';
import { hashKey, newSecret } from '../auth/tokens.ts';
import type { Transaction } from '../db/transaction.ts';
import { record } from '../events/journal.ts';
import { newId } from '../kernel/ids.ts';
import { Refusal, sameVersion } from '../kernel/refusal.ts';
import type { CalendarFeedRow } from './calendar.row.ts';
import { closeFeeds, lockFeed, saveNewFeed } from './calendar.store.ts';
import type { CalendarFeedRevocation, NewCalendarFeed } from './calendar.type.ts';

/** The secret leaves with this answer and is nowhere kept; the address there was opens nothing from now on. */
export async function createCalendarFeed(tx: Transaction, { language }: NewCalendarFeed) {
  allow(tx.viewer, 'openCalendar');
  const memberId = tx.viewer.member!;
  for (const former of await closeFeeds(tx, memberId)) await tell(tx, former, 'revoked');
  const secret = newSecret();
  const row = { id: newId('CalendarFeed'), organisationId: tx.viewer.organisation, version: 1 };
  await saveNewFeed(tx, { ...row, memberId, language, secretHash: hashKey(secret) });
  await tell(tx, row, 'opened');
  return { id: row.id, secret };
}

export async function revokeCalendarFeed(tx: Transaction, { feed: id, version }: CalendarFeedRevocation) {
  const feed = await lockFeed(tx, id, 'feed');
  const { viewer } = tx;
  allow(viewer, 'openCalendar', feed.organisationId);
  if (feed.memberId !== viewer.member && !holds(viewer, 'manageMembers'))
    throw new Refusal('NOT_ALLOWED', { act: 'openCalendar' });
  sameVersion(feed, version);
  if (feed.revokedAt !== null) return { id };
  for (const closed of await closeFeeds(tx, feed.memberId)) await tell(tx, closed, 'revoked');
  return { id };
}

function tell(
  tx: Transaction,
  { id, organisationId, version }: Pick<CalendarFeedRow, 'id' | 'organisationId' | 'version'>,
  happened: 'opened' | 'revoked',
) {
  const subject = { type: 'CalendarFeed', id, version };
  return record(tx, { type: `calendar.${happened}`, subject, audience: [organisationId] });
}
