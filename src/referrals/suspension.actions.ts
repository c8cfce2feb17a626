import sql, { raw } from 'sql-template-tag';
import type { Transaction } from '../db/transaction.ts';
import { endOfDay } from '../kernel/calendar.ts';
import { addDays } from '../kernel/clock.ts';
import type { OfferRow } from '../offers/offer.row.ts';
import { knownOffer } from '../offers/offer.store.ts';
import { restartClock, stopClock } from './clock.actions.ts';
import { tell } from './move.actions.ts';
import type { ReferralRow } from './referral.row.ts';
import { unansweredStates } from './referral.rules.ts';
import { lockWhere, quoted } from './referral.store.ts';

/** Calendar days after which time runs again though the offer is still suspended: nobody waits for ever. */
const longestWithoutEnd = 30;

/** What awaits an answer waits until the offer is to take people again. */
export function stopForSuspension(tx: Transaction, offer: OfferRow): Promise<void> {
  return tx.asHub('offer.suspended', async () => {
    for (const row of await unanswered(tx, offer.id))
      await tellMoved(tx, row, await stopClock(tx, row, stopOf(tx, offer)));
  });
}

/** What is taken up again waits as the others do, where its offer is suspended meanwhile. */
export async function stopIfSuspended(tx: Transaction, row: ReferralRow): Promise<ReferralRow> {
  const offer = await knownOffer(tx, row.offerId, 'referral');
  if (offer.state !== 'SUSPENDED') return row;
  const stopped = await stopClock(tx, row, stopOf(tx, offer));
  await tellMoved(tx, row, stopped);
  return stopped;
}

function stopOf(tx: Transaction, { id, suspendedUntil }: OfferRow) {
  const until = suspendedUntil === null ? addDays(tx.now, longestWithoutEnd) : endOfDay(suspendedUntil);
  return { cause: 'OFFER_SUSPENDED', source: id, until } as const;
}

export function restartAfterSuspension(tx: Transaction, { id }: OfferRow): Promise<void> {
  return tx.asHub('offer.resumed', async () => {
    for (const row of await unanswered(tx, id))
      await tellMoved(tx, row, await restartClock(tx, row, { cause: 'OFFER_SUSPENDED', source: id }));
  });
}

function unanswered(tx: Transaction, offer: string) {
  return lockWhere(tx, sql`offer_id = ${offer} and state in (${raw(quoted(unansweredStates))})`);
}

async function tellMoved(tx: Transaction, before: ReferralRow, after: ReferralRow): Promise<void> {
  if (after.version !== before.version)
    await tell(tx, after, 'deadline_moved', { cause: 'OFFER_SUSPENDED', until: after.dueAt });
}
