import sql, { raw } from 'sql-template-tag';
import type { Transaction } from '../db/transaction.ts';
import { handlesOf, inLine } from '../people/count.store.ts';
import { moveReferral } from './move.actions.ts';
import type { ReferralRow } from './referral.row.ts';
import { acceptedStates, isOneOf, openStates } from './referral.rules.ts';
import { knownReferral, live, lockReferral, lockWhere, quoted } from './referral.store.ts';

/**
 * Locks a referral that is about to start: its person's line, then every vacancy on which the person's live referrals
 * hold a place, under whichever record, so that closing the others afterwards asks for no lock out of order.
 */
export async function lockReferralWithOthers(
  tx: Transaction,
  id: string,
  field: string,
): Promise<ReferralRow> {
  const { personId } = await knownReferral(tx, id, field);
  await lockLiveOf(tx, personId);
  return lockReferral(tx, id, field);
}

/** The same before there is a referral: also the vacancy it will be for. */
export async function lockLiveOf(tx: Transaction, person: string, vacancy?: string | null): Promise<void> {
  await inLine(tx, person);
  await tx.asHub('referral.lock', () =>
    tx.rows(sql`select 1 from vacancy where vacancy.id = ${vacancy ?? null} or vacancy.id in (
        select vacancy_id from referral where person_id = any(${handlesOf(person)}) and ${live})
      order by vacancy.id for update`),
  );
}

/** The person has started: live referrals to other exclusive offers close, without telling where. */
export function closeOtherReferrals(
  tx: Transaction,
  person: string,
  exceptId: string,
  cause: string,
): Promise<ReferralRow[]> {
  return tx.asHub(cause, async () => {
    const others = await lockWhere(
      tx,
      sql`person_id = any(${handlesOf(person)}) and referral.id <> ${exceptId}
        and state in (${raw(quoted([...openStates, ...acceptedStates]))})
        and exists (select from offer where offer.id = referral.offer_id and offer.exclusive)`,
    );
    const closed: ReferralRow[] = [];
    for (const row of others) {
      const move = isOneOf(acceptedStates, row.state) ? 'cancel' : 'withdraw';
      closed.push(await moveReferral(tx, row, move, { reason: 'STARTED_ELSEWHERE' }));
    }
    return closed;
  });
}
