import sql, { type Sql } from 'sql-template-tag';
import { behind, type DueRow, eachDue } from '../db/due.ts';
import { firstRow } from '../db/reader.ts';
import type { Transaction } from '../db/transaction.ts';
import { moveReferral } from './move.actions.ts';
import type { ReferralReason } from './reason.rules.ts';
import type { ReferralRow } from './referral.row.ts';
import type { ReferralMove, ReferralState } from './referral.rules.ts';
import { lockReferral } from './referral.store.ts';
import { skipPlace } from './waiting.actions.ts';

/** What the hub does by itself, as it is counted. */
type Done = 'expired' | 'waitsEnded' | 'lapsed' | 'cancelled' | 'placesSkipped' | 'draftsDropped';

const whenDue: Partial<Record<ReferralState, [ReferralMove, ReferralReason, Done]>> = {
  DRAFT: ['withdraw', 'NEVER_SENT', 'draftsDropped'],
  SENT: ['expire', 'NO_ANSWER', 'expired'],
  ACKNOWLEDGED: ['expire', 'NO_ANSWER', 'expired'],
  WAITLISTED: ['expire', 'WAIT_ENDED', 'waitsEnded'],
  ACCEPTED: ['lapse', 'HOLD_ENDED', 'lapsed'],
  CANCELLATION_REQUESTED: ['confirmCancellation', 'SILENCE', 'cancelled'],
};

const due = sql`(referral.due_at <= app.clock() or referral.place_offered_until <= app.clock())`;
const since = sql`least(due_at, place_offered_until)`;

/** Does what is due: each referral in its own transaction, as the hub, by the ordinary moves. */
export const sweepReferrals = eachDue({
  cause: 'referral.due',
  counts: ['expired', 'waitsEnded', 'lapsed', 'cancelled', 'placesSkipped', 'draftsDropped'],
  next: (reader, after, most) =>
    reader.rows<DueRow>(sql`select id, ${since}::text as at from referral
      where ${due} and ${behind(after, since, sql`id`)} order by ${since}, id limit ${most}`),
  turn: sweepOne,
});

async function sweepOne(tx: Transaction, id: string): Promise<Done | null> {
  if (!(await free(tx, id, due))) return null;
  const row = await lockReferral(tx, id, 'referral');
  if (row.dueAt !== null && row.dueAt <= tx.now) return moveDue(tx, row);
  if (row.placeOfferedUntil === null || row.placeOfferedUntil > tx.now) return null;
  await skipPlace(tx, row, 'NO_ANSWER');
  return 'placesSkipped';
}

/**
 * Skips what somebody is moving at this moment. Asking for the person's line rather than `for update skip locked`
 * keeps the order of locks: the referral's row comes after its vacancy's.
 */
export async function free(tx: Transaction, id: string, due: Sql): Promise<boolean> {
  const row = await firstRow<{ got: boolean }>(
    tx,
    sql`select pg_try_advisory_xact_lock(hashtextextended(coalesce(person_count.same_as, referral.person_id), 0)) as got
      from referral left join person_count using (person_id) where referral.id = ${id} and ${due}`,
  );
  return row?.got ?? false;
}

async function moveDue(tx: Transaction, row: ReferralRow): Promise<Done | null> {
  const planned = whenDue[row.state];
  if (!planned) return null;
  const [move, reason, counted] = planned;
  await moveReferral(tx, row, move, { reason });
  return counted;
}
