import sql, { type Sql } from 'sql-template-tag';
import type { Database } from '../db/database.ts';
import { firstRow } from '../db/reader.ts';
import type { Transaction } from '../db/transaction.ts';
import { hubViewer } from '../kernel/viewer.ts';
import { moveReferral } from './move.actions.ts';
import type { ReferralReason } from './reason.rules.ts';
import type { ReferralRow } from './referral.row.ts';
import type { ReferralMove, ReferralState } from './referral.rules.ts';
import { lockReferral } from './referral.store.ts';
import { skipPlace } from './waiting.actions.ts';

/** How many referrals of each thing the hub did by itself. */
export interface Swept {
  expired: number;
  waitsEnded: number;
  lapsed: number;
  cancelled: number;
  placesSkipped: number;
  /** Left for the next sweep: their fault is handed to `onFault`. */
  failed: number;
}

const batch = 500;

const whenDue: Partial<Record<ReferralState, [ReferralMove, ReferralReason, keyof Swept]>> = {
  SENT: ['expire', 'NO_ANSWER', 'expired'],
  ACKNOWLEDGED: ['expire', 'NO_ANSWER', 'expired'],
  WAITLISTED: ['expire', 'WAIT_ENDED', 'waitsEnded'],
  ACCEPTED: ['lapse', 'HOLD_ENDED', 'lapsed'],
  CANCELLATION_REQUESTED: ['confirmCancellation', 'SILENCE', 'cancelled'],
};

/** Does what is due: each referral in its own transaction, as the hub, by the ordinary moves. Two may sweep at once. */
export async function sweepReferrals(
  db: Database,
  onFault: (error: unknown, referral: string) => void = () => {},
): Promise<Swept> {
  const swept: Swept = { expired: 0, waitsEnded: 0, lapsed: 0, cancelled: 0, placesSkipped: 0, failed: 0 };
  for (const { id } of await dueNow(db)) {
    try {
      const done = await db.write(hubViewer('referral.due'), (tx) => sweepOne(tx, id));
      if (done) swept[done]++;
    } catch (error) {
      swept.failed++;
      onFault(error, id);
    }
  }
  return swept;
}

const due = sql`(referral.due_at <= app.clock() or referral.place_offered_until <= app.clock())`;

function dueNow(db: Database): Promise<{ id: string }[]> {
  return db
    .as(hubViewer('referral.due'))
    .rows(
      sql`select id from referral where ${due} order by least(due_at, place_offered_until), id limit ${batch}`,
    );
}

async function sweepOne(tx: Transaction, id: string): Promise<keyof Swept | null> {
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

async function moveDue(tx: Transaction, row: ReferralRow): Promise<keyof Swept | null> {
  const planned = whenDue[row.state];
  if (!planned) return null;
  const [move, reason, counted] = planned;
  await moveReferral(tx, row, move, { reason });
  return counted;
}
