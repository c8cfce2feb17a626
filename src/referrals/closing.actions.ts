import sql, { raw } from 'sql-template-tag';
import type { Transaction } from '../db/transaction.ts';
import { found, invalid, Refusal } from '../kernel/refusal.ts';
import { handlesOf } from '../people/count.store.ts';
import { holdPlace, releaseHeldPlace } from '../vacancies/places.ts';
import type { VacancyRow } from '../vacancies/vacancy.row.ts';
import type { ClosingDecision } from '../vacancies/vacancy.rules.ts';
import { knownVacancy } from '../vacancies/vacancy.store.ts';
import { dueAt } from './clock.rules.ts';
import { hasOpenVacancy } from './destination.store.ts';
import { placeOf } from './history.store.ts';
import { addToHistory, moveReferral, refuseTwice, tell } from './move.actions.ts';
import type { ReferralRow } from './referral.row.ts';
import { acceptedStates, openStates } from './referral.rules.ts';
import { live, lockWhere, quoted, saveReferral } from './referral.store.ts';

/** What becomes of the referrals of vacancies that close: accepted, waiting and unanswered. */

/** Nobody accepted is forgotten: each has a decision, or the vacancy does not close. */
export async function settleAccepted(
  tx: Transaction,
  vacancies: readonly VacancyRow[],
  decisions: readonly ClosingDecision[],
): Promise<void> {
  const accepted = await lockWhere(
    tx,
    sql`vacancy_id = any(${vacancies.map(({ id }) => id)}) and state in (${raw(quoted(acceptedStates))})`,
  );
  for (const [at, { referral }] of decisions.entries())
    found(
      accepted.find((row) => row.id === referral),
      `decisions.${at}.referral`,
    );
  for (const row of accepted) await settle(tx, row, decisions);
}

async function settle(
  tx: Transaction,
  row: ReferralRow,
  decisions: readonly ClosingDecision[],
): Promise<void> {
  const at = decisions.findIndex(({ referral }) => referral === row.id);
  const decided = decisions[at];
  if (!decided) throw new Refusal('PLACES_IN_USE', {}, 'decisions');
  if (decided.decision === 'KEEP') return;
  if (decided.decision === 'MOVE') return moveTo(tx, row, decided.vacancy!, `decisions.${at}.vacancy`);
  if (row.state === 'CANCELLATION_REQUESTED') await moveReferral(tx, row, 'confirmCancellation');
  else if (decided.reason) await moveReferral(tx, row, 'cancelAcceptance', { reason: decided.reason });
  else throw invalid(`decisions.${at}.reason`, 'REQUIRED');
}

/** It stays accepted: it takes a place where it goes before it gives back the one it had, so that nobody is left between. */
async function moveTo(tx: Transaction, row: ReferralRow, vacancy: string, field: string): Promise<void> {
  const target = await knownVacancy(tx, vacancy, field);
  if (target.offerId !== row.offerId) throw invalid(field, 'OTHER_OFFER');
  if (target.state === 'FILLED') throw new Refusal('NO_PLACE_LEFT', { places: target.places }, field);
  if (target.state !== 'OPEN') throw new Refusal('WRONG_STATE', { state: target.state }, field);
  const change = { vacancyId: target.id, holdsPlace: (await holdPlace(tx, target)).holds };
  await refuseTwice(tx, { ...row, ...change });
  const place = await placeOf(tx, { ...row, ...change });
  const due = row.state === 'ACCEPTED' ? dueAt(row.state, tx.now, place, row) : row.dueAt;
  const after = await saveReferral(tx, row.id, { ...change, dueAt: due, heldFrom: tx.now });
  await addToHistory(tx, { before: row, after, move: 'bind', reason: 'VACANCY_CLOSED' });
  await tell(tx, after, 'bound', { reason: 'VACANCY_CLOSED', from: row.vacancyId });
  if (row.holdsPlace) await releaseHeldPlace(tx, row.vacancyId!);
}

/** Waiting and unanswered ones go back to the offer if it has another open vacancy, else they are withdrawn. */
export async function sendBack(tx: Transaction, vacancy: VacancyRow): Promise<void> {
  const another = await hasOpenVacancy(tx, vacancy.offerId);
  const open = sql`vacancy_id = ${vacancy.id} and state in (${raw(quoted(['DRAFT', ...openStates]))})`;
  for (const row of await lockWhere(tx, open)) {
    if (another && !(await referredToOffer(tx, row))) await unbind(tx, row);
    else await moveReferral(tx, row, 'withdraw', { reason: 'VACANCY_CLOSED' });
  }
}

/** Unbound twice to the same offer would be the same referral twice. */
async function referredToOffer(tx: Transaction, row: ReferralRow): Promise<boolean> {
  const rows = await tx.rows(sql`select 1 from referral where person_id = any(${handlesOf(row.personId)})
    and offer_id = ${row.offerId} and vacancy_id is null and ${live}`);
  return rows.length > 0;
}

async function unbind(tx: Transaction, row: ReferralRow): Promise<void> {
  const after = await saveReferral(tx, row.id, {
    vacancyId: null,
    holdsPlace: false,
    placeOfferedUntil: null,
    placeSkippedAt: null,
  });
  await addToHistory(tx, { before: row, after, move: 'bind', reason: 'VACANCY_CLOSED' });
  await tell(tx, after, 'unbound', { reason: 'VACANCY_CLOSED', from: row.vacancyId });
  if (row.holdsPlace) await releaseHeldPlace(tx, row.vacancyId!);
}
