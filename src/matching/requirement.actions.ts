import { allow } from '../auth/policy.ts';
import type { Transaction } from '../db/transaction.ts';
import { sameVersion } from '../kernel/refusal.ts';
import { recordOffer } from '../offers/offer.actions.ts';
import { offerMoves } from '../offers/offer.rules.ts';
import { lockOffer, saveOffer } from '../offers/offer.store.ts';
import { recordVacancy } from '../vacancies/history.actions.ts';
import { lockVacancy } from '../vacancies/places.ts';
import { vacancyMoves } from '../vacancies/vacancy.rules.ts';
import { saveVacancy } from '../vacancies/vacancy.store.ts';
import { checkSaid, saidOf } from './requirement.rules.ts';
import { saveRequirement } from './requirement.store.ts';
import type { OfferRequirement, VacancyRequirement } from './requirement.type.ts';

/** What was sent before keeps the verdicts it was sent with. */
export async function setOfferRequirement(tx: Transaction, input: OfferRequirement) {
  const offer = await lockOffer(tx, input.offer, 'offer');
  allow(tx.viewer, 'publish', offer.organisationId);
  sameVersion(offer, input.version);
  offerMoves.next(offer.state, 'update', 'PROVIDER');
  const said = saidOf(input);
  checkSaid(said);
  await saveRequirement(tx, { id: offer.id, offerId: offer.id }, said);
  // as with any change of a published offer, who makes it has looked at it
  const confirmedAt = offer.state === 'DRAFT' ? offer.confirmedAt : tx.now;
  await recordOffer(tx, 'offer.updated', await saveOffer(tx, offer.id, { confirmedAt }));
  return { id: offer.id };
}

export async function setVacancyRequirement(tx: Transaction, input: VacancyRequirement) {
  const vacancy = await lockVacancy(tx, input.vacancy, 'vacancy');
  allow(tx.viewer, 'publish', vacancy.organisationId);
  sameVersion(vacancy, input.version);
  vacancyMoves.next(vacancy.state, 'update', 'PROVIDER');
  const said = saidOf(input);
  checkSaid(said);
  await saveRequirement(tx, vacancy, said);
  await recordVacancy(tx, 'vacancy.updated', await saveVacancy(tx, vacancy.id, {}));
  return { id: vacancy.id };
}
