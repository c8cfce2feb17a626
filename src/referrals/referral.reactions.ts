import sql from 'sql-template-tag';
import type { Reactions } from '../db/facts.ts';
import type { Transaction } from '../db/transaction.ts';
import { eligibilityChanged } from '../eligibility/eligibility.facts.ts';
import { addDays } from '../kernel/clock.ts';
import { offerArchived, offerResumed, offerSuspended } from '../offers/offer.facts.ts';
import { closureChanged } from '../partners/closure.facts.ts';
import { endAccess, openAccess } from '../people/access.ts';
import { referentAssigned } from '../people/referent.facts.ts';
import { sharingEnded } from '../sharing/sharing.facts.ts';
import { placeFreed, placesCounted, placesWantedBack, vacanciesClosed } from '../vacancies/vacancy.facts.ts';
import { sendBack, settleAccepted } from './closing.actions.ts';
import { followClosures } from './closure.actions.ts';
import { openToSender } from './disclosure.rules.ts';
import { tell } from './move.actions.ts';
import { lateDays } from './referral.rules.ts';
import { lockWhere, live, saveReferral } from './referral.store.ts';
import { endWhatRested } from './resting.actions.ts';
import { restartAfterSuspension, stopForSuspension } from './suspension.actions.ts';
import { holdForAccepted, offerFreedPlaces, takeBackReserved } from './waiting.actions.ts';
import { judgeEligibilityAgain } from './verdict.actions.ts';

/** What the facts of people, offers and vacancies do to referrals, in the same transaction. */
export function referralReactions(reactions: Reactions<Transaction>): Reactions<Transaction> {
  return reactions
    .on(closureChanged, (tx, { organisation }) => followClosures(tx, organisation))
    .on(offerSuspended, (tx, { offer }) => stopForSuspension(tx, offer))
    .on(offerResumed, (tx, { offer }) => restartAfterSuspension(tx, offer))
    .on(offerArchived, (tx, { offer }) => restartAfterSuspension(tx, offer))
    .on(placeFreed, (tx, { vacancy }) => offerFreedPlaces(tx, vacancy))
    .on(placesCounted, (tx, { vacancy, inUse }) => holdForAccepted(tx, vacancy, inUse))
    .on(placesWantedBack, (tx, { vacancy, count }) => takeBackReserved(tx, vacancy, count))
    .on(vacanciesClosed, async (tx, { vacancies, decisions }) => {
      await settleAccepted(tx, vacancies, decisions);
      await tx.asHub('vacancy.closed', async () => {
        for (const vacancy of vacancies) await sendBack(tx, vacancy);
      });
    })
    .on(referentAssigned, (tx, { person, after }) =>
      tx.asHub('person.referent_assigned', () => moveFollowing(tx, person, after.organisationId)),
    )
    .on(eligibilityChanged, (tx, { person }) =>
      tx.asHub('eligibility', () => judgeEligibilityAgain(tx, person)),
    )
    .on(sharingEnded, (tx, end) => tx.asHub('grant.ended', () => endWhatRested(tx, end)));
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
