import { allow } from '../auth/policy.ts';
import type { Transaction } from '../db/transaction.ts';
import { parisDay } from '../kernel/clock.ts';
import { newId } from '../kernel/ids.ts';
import { Refusal } from '../kernel/refusal.ts';
import { knownOffer } from '../offers/offer.store.ts';
import { checkExternalReference } from '../partners/organisation.rules.ts';
import { refuseNir } from '../people/nir.rules.ts';
import { lockPerson } from '../people/person.store.ts';
import { hasVacancies, shareOffers } from '../referrals/destination.store.ts';
import { refuseTwice, requireFollowing } from '../referrals/move.actions.ts';
import { lockLiveOf } from '../referrals/others.actions.ts';
import type { ReferralRow } from '../referrals/referral.row.ts';
import { saveNewReferral } from '../referrals/referral.store.ts';
import { agreed, destination } from '../referrals/send.actions.ts';
import { takePlace } from '../vacancies/places.ts';
import type { DirectPlacement } from './placement.inputs.ts';
import { checkStart } from './placement.rules.ts';
import { beginPlacement, contractOf, mayOverlap } from './start.actions.ts';

/**
 * Somebody nobody referred: the provider recruited them, they came by themselves, or were there when the hub opened.
 * Receiver and sender are one; the referral stands in PLACED, was never waited for, and counts in no answer rate.
 */
export async function recordDirectPlacement(tx: Transaction, input: DirectPlacement) {
  allow(tx.viewer, 'place');
  checkExternalReference(input.externalReference);
  refuseNir({ externalReference: input.externalReference });
  const person = await lockPerson(tx, input.person, 'person');
  await requireFollowing(tx, person.id);
  await shareOffers(tx, { offers: [input.offer], vacancy: input.vacancy });
  await lockLiveOf(tx, person.id, input.vacancy);
  const to = await destination(tx, input);
  allow(tx.viewer, 'place', to.receiverId);
  if (to.vacancyId === null && (await hasVacancies(tx, to.offerId)))
    throw new Refusal('VACANCY_REQUIRED', {}, 'vacancy');
  const offer = await knownOffer(tx, to.offerId, 'offer');
  checkStart(input.startedOn, parisDay(tx.now), input.origin);
  const contract = contractOf(input, offer);
  await mayOverlap(tx, offer, person.id, input);
  const referral = await enter(tx, { ...to, personId: person.id }, input);
  const takesPlace = to.vacancyId !== null && (await takePlace(tx, to.vacancyId)).places !== null;
  return beginPlacement(tx, referral, { ...input, offer, contract, takesPlace });
}

/** The referral behind a direct entry: by its receiver, agreed to by the person, accepted by the fact. */
async function enter(
  tx: Transaction,
  to: Pick<ReferralRow, 'personId' | 'offerId' | 'vacancyId' | 'receiverId'>,
  input: DirectPlacement,
): Promise<ReferralRow> {
  const agreement = agreed(tx, input.personAgreement);
  if (!agreement.agreementOn) throw new Refusal('AGREEMENT_MISSING', {}, 'personAgreement');
  const referral = await saveNewReferral(tx, {
    id: newId('Referral'),
    version: 0,
    ...{ ...to, ...agreement, senderId: to.receiverId, followerId: to.receiverId },
    senderMemberId: tx.viewer.member,
    state: 'ACCEPTED',
    origin: input.origin,
    disclose: 'AT_ACKNOWLEDGEMENT',
    externalReference: input.externalReference ?? null,
    sentAt: tx.now,
  });
  await refuseTwice(tx, referral);
  return referral;
}
