import sql, { raw } from 'sql-template-tag';
import { allow } from '../auth/policy.ts';
import type { Transaction } from '../db/transaction.ts';
import { Refusal, sameVersion } from '../kernel/refusal.ts';
import { dropReserved, holdPlace, releaseHeldPlace } from '../vacancies/places.ts';
import type { VacancyRow } from '../vacancies/vacancy.row.ts';
import { dueAt, reservedUntil } from './clock.rules.ts';
import { placeOf } from './history.store.ts';
import { tell } from './move.actions.ts';
import type { PlaceSkipping, ReferralCommand } from './referral.inputs.ts';
import type { ReferralRow } from './referral.row.ts';
import { acceptedStates } from './referral.rules.ts';
import { waitReminder } from './reminder.rules.ts';
import { lockReferral, quoted, saveReferral } from './referral.store.ts';
import { firstWaiting, lastReserved } from './waiting.store.ts';

/** docs/domain.md §3: a freed place is reserved for the first of the list; the hub never accepts by itself. */
export function offerFreedPlaces(tx: Transaction, vacancy: VacancyRow): Promise<void> {
  return tx.asHub('vacancy.place_freed', async () => {
    for (let free = vacancy.free ?? 0; free > 0; free--) {
      const first = await firstWaiting(tx, vacancy.id);
      if (!first) return;
      await holdPlace(tx, vacancy);
      await reserve(tx, first);
    }
  });
}

/** The receiver will not have this person on the freed place: the next on the list is offered it. */
export async function skipWaitlistedReferral(tx: Transaction, input: PlaceSkipping) {
  const row = await lockReferral(tx, input.referral, 'referral');
  allow(tx.viewer, 'answer', row.receiverId);
  sameVersion(row, input.version);
  if (row.state !== 'WAITLISTED' || !row.holdsPlace)
    throw new Refusal('WRONG_STATE', { state: row.state, reason: 'NO_PLACE_OFFERED' });
  return skipPlace(tx, row, input.reason);
}

/** Every so often the sender says that the person still waits; unsaid, the wait ends. */
export async function reconfirmWait(tx: Transaction, input: ReferralCommand): Promise<ReferralRow> {
  const row = await lockReferral(tx, input.referral, 'referral');
  allow(tx.viewer, 'refer', row.followerId ?? row.senderId);
  sameVersion(row, input.version);
  if (row.state !== 'WAITLISTED') throw new Refusal('WRONG_STATE', { state: row.state });
  const until = dueAt(row.state, tx.now, await placeOf(tx, row), row)!;
  const change = { dueAt: until, reminderDueAt: waitReminder(until), reminders: 0 };
  const after = await saveReferral(tx, row.id, change);
  await tell(tx, after, 'wait_reconfirmed', { until });
  return after;
}

/** It stays on the list with its rank. The place passes to the next without being free for a moment. */
export async function skipPlace(tx: Transaction, row: ReferralRow, reason: string): Promise<ReferralRow> {
  const after = await saveReferral(tx, row.id, {
    holdsPlace: false,
    placeOfferedUntil: null,
    placeSkippedAt: tx.now,
  });
  await tell(tx, after, 'place_skipped', { reason });
  await tx.asHub('referral.place_skipped', async () => {
    const next = await firstWaiting(tx, row.vacancyId!);
    if (next) await reserve(tx, next);
    else await releaseHeldPlace(tx, row.vacancyId!);
  });
  return after;
}

/** A provider that offers fewer places takes back those only reserved, the last one first: who waits keeps the rank. */
export function takeBackReserved(tx: Transaction, vacancy: VacancyRow, count: number): Promise<void> {
  return tx.asHub('vacancy.places_lowered', async () => {
    for (const row of await lastReserved(tx, vacancy.id, count)) {
      const after = await saveReferral(tx, row.id, { holdsPlace: false, placeOfferedUntil: null });
      await tell(tx, after, 'place_skipped', { reason: 'PLACE_WITHDRAWN' });
      await dropReserved(tx, vacancy.id);
    }
  });
}

/** Who was accepted while places were not counted holds one as soon as they are: nobody comes after them for it. */
export function holdForAccepted(
  tx: Transaction,
  vacancy: VacancyRow,
  inUse: { held: number },
): Promise<void> {
  return tx.asHub('vacancy.places_counted', async () => {
    inUse.held = await tx.change(sql`update referral set holds_place = true
      where vacancy_id = ${vacancy.id} and state in (${raw(quoted(acceptedStates))})`);
  });
}

async function reserve(tx: Transaction, row: ReferralRow): Promise<void> {
  const until = reservedUntil(tx.now, await placeOf(tx, row));
  const offered = await saveReferral(tx, row.id, { holdsPlace: true, placeOfferedUntil: until });
  await tell(tx, offered, 'place_offered', { until });
}
