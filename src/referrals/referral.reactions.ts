import sql, { raw } from 'sql-template-tag';
import type { Reactions } from '../db/facts.ts';
import type { Transaction } from '../db/transaction.ts';
import { addDays } from '../kernel/clock.ts';
import { found, invalid, Refusal } from '../kernel/refusal.ts';
import { offerArchived, offerResumed, offerSuspended } from '../offers/offer.facts.ts';
import { endAccess, openAccess } from '../people/access.ts';
import { handlesOf } from '../people/count.store.ts';
import { referentAssigned } from '../people/referent.facts.ts';
import { sharingEnded } from '../sharing/sharing.facts.ts';
import { placeFreed, vacancyClosed } from '../vacancies/vacancy.facts.ts';
import type { VacancyRow } from '../vacancies/vacancy.row.ts';
import type { ClosingDecision } from '../vacancies/vacancy.rules.ts';
import { releaseHeldPlace } from '../vacancies/places.ts';
import { hasOpenVacancy } from './destination.store.ts';
import { openToSender } from './disclosure.rules.ts';
import { addToHistory, moveReferral, tell } from './move.actions.ts';
import type { ReferralRow } from './referral.row.ts';
import { acceptedStates, lateDays, openStates } from './referral.rules.ts';
import { lockWhere, live, quoted, saveReferral } from './referral.store.ts';
import { endWhatRested } from './resting.actions.ts';
import { restartAfterSuspension, stopForSuspension } from './suspension.actions.ts';
import { offerFreedPlaces } from './waiting.actions.ts';

/** What the facts of people, offers and vacancies do to referrals, in the same transaction. */
export function referralReactions(reactions: Reactions<Transaction>): Reactions<Transaction> {
  return reactions
    .on(offerSuspended, (tx, { offer }) => stopForSuspension(tx, offer))
    .on(offerResumed, (tx, { offer }) => restartAfterSuspension(tx, offer))
    .on(offerArchived, (tx, { offer }) => restartAfterSuspension(tx, offer))
    .on(placeFreed, (tx, { vacancy }) => offerFreedPlaces(tx, vacancy))
    .on(vacancyClosed, async (tx, { vacancy, decisions }) => {
      await settleAccepted(tx, vacancy, decisions);
      await tx.asHub('vacancy.closed', () => sendBack(tx, vacancy));
    })
    .on(referentAssigned, (tx, { person, after }) =>
      tx.asHub('person.referent_assigned', () => moveFollowing(tx, person, after.organisationId)),
    )
    .on(sharingEnded, (tx, end) => tx.asHub('grant.ended', () => endWhatRested(tx, end)));
}

/** Nobody accepted is forgotten: each has a decision, or the vacancy does not close. */
async function settleAccepted(
  tx: Transaction,
  vacancy: VacancyRow,
  decisions: readonly ClosingDecision[],
): Promise<void> {
  const accepted = await lockWhere(
    tx,
    sql`vacancy_id = ${vacancy.id} and state in (${raw(quoted(acceptedStates))})`,
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
  if (row.state === 'CANCELLATION_REQUESTED') await moveReferral(tx, row, 'confirmCancellation');
  else if (decided.reason) await moveReferral(tx, row, 'cancelAcceptance', { reason: decided.reason });
  else throw invalid(`decisions.${at}.reason`, 'REQUIRED');
}

/** Waiting and unanswered ones go back to the offer if it has another open vacancy, else they are withdrawn. */
async function sendBack(tx: Transaction, vacancy: VacancyRow): Promise<void> {
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

/**
 * docs/domain.md §10: the following moves to the new referent's organisation; the former keeps the rows, not the person. With
 * the live ones go those that may still come back to life: answered late, or reinstated.
 */
async function moveFollowing(tx: Transaction, person: string, organisation: string): Promise<void> {
  const revivable = sql`state in ('EXPIRED', 'LAPSED', 'WITHDRAWN', 'CANCELLED') and next_id is null
    and sent_at is not null and closed_at > ${addDays(tx.now, -lateDays)}`;
  const followed = await lockWhere(
    tx,
    sql`person_id = ${person} and follower_id <> ${organisation} and (${live} or (${revivable}))`,
  );
  for (const row of followed) {
    const former = row.followerId ?? row.senderId;
    const after = await saveReferral(tx, row.id, { followerId: organisation });
    if (former !== row.receiverId)
      await endAccess(tx, { source: row.id, organisation: former, reason: 'REFERRAL' });
    await openAccess(tx, {
      person,
      organisation,
      categories: openToSender(after),
      reason: 'REFERRAL',
      source: row.id,
    });
    await tell(tx, after, 'follower_changed', { former, follower: organisation });
  }
}
