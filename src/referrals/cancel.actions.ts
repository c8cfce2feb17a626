import { allow } from '../auth/policy.ts';
import type { Transaction } from '../db/transaction.ts';
import { Refusal, sameVersion } from '../kernel/refusal.ts';
import { knownVacancy } from '../vacancies/vacancy.store.ts';
import { startClock } from './clock.actions.ts';
import { hasOpenVacancy } from './destination.store.ts';
import { mayMove, moveReferral, requireFollowing } from './move.actions.ts';
import type {
  AcceptanceCancellation,
  CancellationRequest,
  ReferralCommand,
  ReferralWithdrawal,
} from './referral.inputs.ts';
import type { ReferralRow } from './referral.row.ts';
import { lockReferral, lockToRun } from './referral.store.ts';
import { stopIfSuspended } from './suspension.actions.ts';

/** What is taken back, by one side or the other. */

export async function withdrawReferral(tx: Transaction, input: ReferralWithdrawal) {
  return moveReferral(tx, await bySender(tx, input), 'withdraw', { reason: input.reason });
}

export async function cancelAcceptance(tx: Transaction, input: AcceptanceCancellation) {
  return moveReferral(tx, await byReceiver(tx, input), 'cancelAcceptance', { reason: input.reason });
}

/** Cancelled at once when it is the person who refuses or cannot; otherwise the receiver is asked. */
export async function requestReferralCancellation(tx: Transaction, input: CancellationRequest) {
  return moveReferral(tx, await bySender(tx, input), 'requestCancellation', { reason: input.reason });
}

export async function confirmReferralCancellation(tx: Transaction, input: ReferralCommand) {
  return moveReferral(tx, await byReceiver(tx, input), 'confirmCancellation');
}

export async function keepReferral(tx: Transaction, input: ReferralCommand) {
  return moveReferral(tx, await bySender(tx, input), 'keep');
}

/** Back to the last open state, with new deadlines; on the waiting list when its places have gone meanwhile. */
export async function reinstateReferral(tx: Transaction, input: ReferralCommand) {
  const row = await bySender(tx, input, lockToRun);
  mayMove(tx, row, 'reinstate');
  await requireFollowing(tx, row.personId);
  const change = { ...(await reclaimed(tx, row)), ...(await startClock(tx, row)) };
  return stopIfSuspended(tx, await moveReferral(tx, { ...row, ...change }, 'reinstate', { change }));
}

async function reclaimed(tx: Transaction, row: ReferralRow): Promise<Partial<ReferralRow>> {
  const lastOpenState = row.lastOpenState ?? 'SENT';
  if (row.vacancyId === null) return { lastOpenState };
  const { state } = await knownVacancy(tx, row.vacancyId, 'vacancy');
  if (state === 'FILLED')
    return { lastOpenState: 'WAITLISTED', waitlistedAt: row.waitlistedAt ?? tx.now, placeSkippedAt: null };
  if (state === 'OPEN') return { lastOpenState };
  if (!(await hasOpenVacancy(tx, row.offerId))) throw new Refusal('WRONG_STATE', { state }, 'vacancy');
  return { lastOpenState, vacancyId: null };
}

async function bySender(
  tx: Transaction,
  input: ReferralCommand,
  lock: typeof lockReferral | typeof lockToRun = lockReferral,
): Promise<ReferralRow> {
  const row = await lock(tx, input.referral, 'referral');
  allow(tx.viewer, 'refer', row.followerId ?? row.senderId);
  sameVersion(row, input.version);
  return row;
}

async function byReceiver(tx: Transaction, input: ReferralCommand): Promise<ReferralRow> {
  const row = await lockReferral(tx, input.referral, 'referral');
  allow(tx.viewer, 'answer', row.receiverId);
  sameVersion(row, input.version);
  return row;
}
