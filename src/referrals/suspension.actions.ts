import sql, { raw } from 'sql-template-tag';
import type { Transaction } from '../db/transaction.ts';
import { endOfDay } from '../kernel/calendar.ts';
import { addDays } from '../kernel/clock.ts';
import type { OfferRow } from '../offers/offer.row.ts';
import { knownOffer } from '../offers/offer.store.ts';
import { restartClocks, stopClock, stopClocks } from './clock.actions.ts';
import { tell, tellMoved } from './move.actions.ts';
import type { ReferralRow } from './referral.row.ts';
import { unansweredStates } from './referral.rules.ts';
import { lockWhere, quoted } from './referral.store.ts';

/** Calendar days after which time runs again though the offer is still suspended: nobody waits for ever. */
const longestWithoutEnd = 30;
const cause = 'OFFER_SUSPENDED';

/** What awaits an answer waits until the offer is to take people again. */
export function stopForSuspension(tx: Transaction, offer: OfferRow): Promise<void> {
  return tx.asHub('offer.suspended', async () => {
    const before = await unanswered(tx, offer.id);
    await tellMoved(tx, { before, after: await stopClocks(tx, before, stopOf(tx, offer)), cause });
  });
}

/** What is taken up again waits as the others do, where its offer is suspended meanwhile: locked, it stays what it is read to be. */
export async function stopIfSuspended(tx: Transaction, row: ReferralRow): Promise<ReferralRow> {
  const offer = await knownOffer(tx, row.offerId, 'referral');
  if (offer.state !== 'SUSPENDED') return row;
  const stopped = await stopClock(tx, row, stopOf(tx, offer));
  if (stopped.version !== row.version)
    await tell(tx, stopped, 'deadline_moved', { cause, until: stopped.dueAt });
  return stopped;
}

function stopOf(tx: Transaction, { id, suspendedUntil }: OfferRow) {
  const until = suspendedUntil === null ? addDays(tx.now, longestWithoutEnd) : endOfDay(suspendedUntil);
  return { cause, source: id, until } as const;
}

export function restartAfterSuspension(tx: Transaction, { id }: OfferRow): Promise<void> {
  return tx.asHub('offer.resumed', async () => {
    const before = await unanswered(tx, id);
    await tellMoved(tx, { before, after: await restartClocks(tx, before, { cause, source: id }), cause });
  });
}

function unanswered(tx: Transaction, offer: string) {
  return lockWhere(tx, sql`offer_id = ${offer} and state in (${raw(quoted(unansweredStates))})`);
}
