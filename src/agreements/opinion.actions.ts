import type { Transaction } from '../db/transaction.ts';
import { addDays, parisDay } from '../kernel/clock.ts';
import { newId } from '../kernel/ids.ts';
import { invalid } from '../kernel/refusal.ts';
import { knownOrganisation } from '../partners/organisation.store.ts';
import { checkPaper } from './agreement.rules.ts';
import type { NewOpinion, OpinionRequest, ReservationFollowing } from './agreement.inputs.ts';
import { saveAgreement } from './agreement.store.ts';
import { moving } from './moving.actions.ts';
import { checkAsking, checkOpinion, mostDaysAhead } from './opinion.rules.ts';
import { knownReservation, saveOpinion, saveReservation } from './opinion.store.ts';
import { tellAgreement } from './telling.actions.ts';

/** The State lays its convention before the IAE council, for a session; after a deferral, for another one. */
export async function requestOpinion(tx: Transaction, input: OpinionRequest) {
  const { agreement, state } = await moving(tx, input, { act: 'leadAgreements', move: 'requestOpinion' });
  checkAsking(agreement);
  const { sessionOn } = input;
  const today = parisDay(tx.now);
  if (sessionOn < today) throw invalid('sessionOn', 'PAST');
  if (sessionOn > parisDay(addDays(tx.now, mostDaysAhead)))
    throw invalid('sessionOn', 'TOO_FAR_AHEAD', { days: mostDaysAhead });
  const { id: council, kind } = await knownOrganisation(tx, input.council, 'council');
  if (kind !== 'IAE_COUNCIL') throw invalid('council', 'KIND');
  if (agreement.opinion === 'DEFERRED' && sessionOn <= agreement.sessionOn!)
    throw invalid('sessionOn', 'AFTER_LAST_SESSION', { on: agreement.sessionOn! });
  const readers = [...new Set([...agreement.readers, council])].sort();
  const asked = { state, councilId: council, sessionOn, readers };
  const saved = await saveAgreement(tx, agreement.id, asked);
  return tellAgreement(tx, saved, 'opinion_requested', { session: sessionOn });
}

/** The council says what it thinks, once a session; only a deferral leaves room for another opinion. */
export async function giveOpinion(tx: Transaction, input: NewOpinion) {
  const { agreement } = await moving(tx, input, { act: 'giveOpinion', move: 'giveOpinion' });
  const { opinion, reservations } = input;
  checkAsking(agreement);
  if (agreement.sessionOn! > parisDay(tx.now)) throw invalid('agreement', 'SESSION_TO_COME');
  checkOpinion(opinion, reservations);
  const given = { id: newId('AgreementOpinion'), agreementId: agreement.id, opinion };
  const by = { organisationId: tx.viewer.organisation, sessionOn: agreement.sessionOn!, givenAt: tx.now };
  const said = reservations.map((reservation, at) => ({
    ...{ id: newId('AgreementReservation'), agreementId: agreement.id, opinionId: given.id, nth: at + 1 },
    ...{ reservation: reservation.trim(), state: 'OPEN' as const, metOn: null },
  }));
  await saveOpinion(tx, { ...given, ...by }, said);
  const saved = await saveAgreement(tx, agreement.id, { opinion });
  return tellAgreement(tx, saved, 'opinion_given', { opinion, session: agreement.sessionOn });
}

/** What was reserved is met, or is not after all; by who signs, or who reserved it. */
export async function followReservation(tx: Transaction, input: ReservationFollowing) {
  const { id, agreementId } = await knownReservation(tx, input.reservation, 'reservation');
  const named = { agreement: agreementId };
  const { agreement } = await moving(tx, named, { act: 'followReservations', move: 'followReservation' });
  const { state } = input;
  const on = input.on ?? parisDay(tx.now);
  checkPaper('on', on, { today: parisDay(tx.now) });
  await saveReservation(tx, id, { state, metOn: state === 'MET' ? on : null });
  const saved = await saveAgreement(tx, agreement.id, {});
  return tellAgreement(tx, saved, 'reservation_followed', { reservation: id, reservationState: state });
}
