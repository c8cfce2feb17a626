import { allow } from '../auth/policy.ts';
import type { Transaction } from '../db/transaction.ts';
import { Refusal, sameVersion } from '../kernel/refusal.ts';
import { holdPlace } from '../vacancies/places.ts';
import type { VacancyRow } from '../vacancies/vacancy.row.ts';
import { knownVacancy } from '../vacancies/vacancy.store.ts';
import { hasVacancies } from './destination.store.ts';
import { mayMove, moveReferral } from './move.actions.ts';
import type { ReferralCommand, ReferralDeclining } from './referral.inputs.ts';
import type { ReferralRow } from './referral.row.ts';
import type { ReferralMove } from './referral.rules.ts';
import { lockReferral } from './referral.store.ts';

/** What the receiver answers. */

export async function acknowledgeReferral(tx: Transaction, input: ReferralCommand) {
  const row = await toAnswer(tx, input, 'acknowledge');
  return moveReferral(tx, row, 'acknowledge', { change: inCharge(tx, row) });
}

export async function acceptReferral(tx: Transaction, input: ReferralCommand) {
  const row = await toAnswer(tx, input, 'accept');
  const holdsPlace = await placeFor(tx, row);
  return moveReferral(tx, row, 'accept', { change: { ...inCharge(tx, row), holdsPlace } });
}

export async function waitlistReferral(tx: Transaction, input: ReferralCommand) {
  const row = await toAnswer(tx, input, 'waitlist');
  if (row.vacancyId) checkAwaited(await knownVacancy(tx, row.vacancyId, 'vacancy'));
  return moveReferral(tx, row, 'waitlist', { change: { placeSkippedAt: null } });
}

export async function declineReferral(tx: Transaction, input: ReferralDeclining) {
  const row = await toAnswer(tx, input, 'decline');
  return moveReferral(tx, row, 'decline', { reason: input.reason });
}

async function toAnswer(tx: Transaction, input: ReferralCommand, move: ReferralMove): Promise<ReferralRow> {
  const row = await lockReferral(tx, input.referral, 'referral');
  allow(tx.viewer, 'answer', row.receiverId);
  sameVersion(row, input.version);
  mayMove(tx, row, move);
  return row;
}

/** Nobody waits for a vacancy that takes nobody any more. */
function checkAwaited({ state }: VacancyRow): void {
  if (state === 'CLOSED') throw new Refusal('WRONG_STATE', { state }, 'vacancy');
}

/** A named member commits the provider: that is what opens the person's name. A tool names the member it acts for. */
function inCharge(tx: Transaction, row: ReferralRow): Partial<ReferralRow> {
  if (row.acknowledgedAt !== null) return {};
  if (tx.viewer.member === null) throw new Refusal('NOT_ALLOWED', { reason: 'MEMBER_REQUIRED' });
  return { acknowledgedAt: tx.now, acknowledgedBy: tx.viewer.member };
}

/** The place the acceptance holds: the one reserved for it, or one it takes now; none where places are not counted. */
async function placeFor(tx: Transaction, row: ReferralRow): Promise<boolean> {
  if (row.holdsPlace) return true;
  if (row.vacancyId !== null) return (await holdPlace(tx, { id: row.vacancyId })).holds;
  if (await hasVacancies(tx, row.offerId)) throw new Refusal('VACANCY_REQUIRED', {}, 'referral');
  return false;
}
