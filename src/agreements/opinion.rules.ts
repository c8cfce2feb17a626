import { invalid, Refusal } from '../kernel/refusal.ts';
import { type Vocabulary, vocabulary } from '../kernel/vocabulary.ts';
import { checkLength } from '../partners/organisation.rules.ts';
import type { AgreementKind } from './agreement.rules.ts';

export const Opinion = vocabulary({
  FAVOURABLE: 'For it (avis favorable)',
  WITH_RESERVATIONS:
    'For it, if its reservations are met; each is followed up (avis favorable avec réserves)',
  UNFAVOURABLE: 'Against it: signing then needs a reason (avis défavorable)',
  DEFERRED: 'Put off to another session (ajourné)',
});
export type Opinion = Vocabulary<typeof Opinion>;

export const ReservationState = vocabulary({
  OPEN: 'To be met (à lever)',
  MET: 'Met (levée)',
});
export type ReservationState = Vocabulary<typeof ReservationState>;

const mostReservations = 20;
const longest = 500;
/** A session is planned within the year. */
export const mostDaysAhead = 366;

/** Reservations are what an opinion with reservations says, and no other. */
export function checkOpinion(opinion: Opinion, reservations: readonly string[]): void {
  if (opinion === 'WITH_RESERVATIONS' && reservations.length === 0) throw invalid('reservations', 'REQUIRED');
  if (opinion !== 'WITH_RESERVATIONS' && reservations.length > 0)
    throw invalid('reservations', 'NO_RESERVATIONS', { opinion });
  if (reservations.length > mostReservations)
    throw invalid('reservations', 'TOO_MANY', { most: mostReservations });
  reservations.forEach((each, at) => checkLength(`reservations.${at}`, each, 2, longest));
}

/** Only the State’s convention is laid before the council; after an opinion only another session of a deferred one. */
export function checkAsking({ kind, opinion }: { kind: AgreementKind; opinion: Opinion | null }): void {
  if (kind !== 'IAE_CONVENTION')
    throw new Refusal('WRONG_STATE', { state: kind, reason: 'NO_OPINION_ASKED' });
  if (opinion !== null && opinion !== 'DEFERRED')
    throw new Refusal('WRONG_STATE', { state: opinion, reason: 'OPINION_GIVEN' });
}

export interface Signing {
  kind: AgreementKind;
  opinion: Opinion | null;
  reason: string | null;
}

/** The State signs with the opinion before it, and against an unfavourable one says why. */
export function checkSigning({ kind, opinion, reason }: Signing): void {
  if (reason !== null) checkLength('reason', reason, 10, longest);
  if (kind === 'IAE_CONVENTION' && (opinion === null || opinion === 'DEFERRED'))
    throw new Refusal('OPINION_REQUIRED');
  if (opinion === 'UNFAVOURABLE' && reason === null) throw invalid('reason', 'AGAINST_OPINION');
}
