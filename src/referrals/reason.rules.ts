import { invalid } from '../kernel/refusal.ts';
import { meaningsOf, type Vocabulary, vocabulary } from '../kernel/vocabulary.ts';
import type { ReferralActor, ReferralMove } from './referral.rules.ts';

/** Codes of les-emplois, with the reason DORA gives beside each. */
export const DeclineReason = vocabulary({
  DID_NOT_COME: 'The person could not be reached (candidat non joignable)',
  DID_NOT_COME_TO_INTERVIEW: 'The person did not come to the interview (absent à l’entretien)',
  HIRED_ELSEWHERE: 'Not available: in a job (indisponible : en emploi)',
  TRAINING: 'Not available: in training (indisponible : en formation)',
  NON_ELIGIBLE: 'Not eligible for this offer (non éligible)',
  NOT_MOBILE: 'Cannot travel there (non mobile)',
  NOT_INTERESTED: 'The person is not interested (non intéressé)',
  LACKING_SKILLS: 'Lacks the skills required (n’a pas les compétences requises)',
  INCOMPATIBLE: 'A need cannot be reconciled with this place (frein incompatible avec le poste)',
  PREVENT_OBJECTIVES: 'Would prevent the objectives agreed with the State (dialogue de gestion)',
  NO_POSITION: 'No recruitment under way, or the session is full (pas de recrutement en cours)',
  DUPLICATE: 'The same referral was sent twice (doublon)',
  OTHER: 'Another reason (autre)',
});
export type DeclineReason = Vocabulary<typeof DeclineReason>;

export const WithdrawReason = vocabulary({
  PERSON_REFUSES: 'The person no longer agrees; nobody may refuse it (la personne refuse)',
  PERSON_UNAVAILABLE: 'The person is no longer available (la personne n’est plus disponible)',
  BETTER_PROPOSAL: 'Another proposal suits the person better (autre proposition plus adaptée)',
  SITUATION_CHANGED: 'The situation of the person has changed (changement de situation)',
  MISTAKE: 'Sent by mistake (erreur)',
  OTHER: 'Another reason (autre)',
});
export type WithdrawReason = Vocabulary<typeof WithdrawReason>;

export const AcceptanceCancellationReason = vocabulary({
  SITE_CLOSED: 'The site has closed (chantier fermé)',
  FUNDING_ENDED: 'The funding has ended (fin de financement)',
  NOT_ELIGIBLE: 'The person turned out not to be eligible (non éligible)',
  DID_NOT_START: 'The person did not come on the first day (ne s’est pas présenté)',
  MISTAKE: 'Accepted by mistake (erreur)',
});
export type AcceptanceCancellationReason = Vocabulary<typeof AcceptanceCancellationReason>;

/** What the hub gives as a reason when it acts by itself. */
export const HubReason = vocabulary({
  STARTED_ELSEWHERE: 'The person has started elsewhere; not told where (a commencé ailleurs)',
  VACANCY_CLOSED: 'The vacancy was closed (recrutement ou session clos)',
  GRANT_ENDED: 'The sharing of the person’s data has ended (fin du partage)',
  PERSON_ERASED: 'The person’s record was erased (dossier effacé)',
  PERSON_LEFT_TERRITORY: 'The person has left the territory (départ du territoire)',
});
export type HubReason = Vocabulary<typeof HubReason>;

/** What the clock gives as a reason when a delay ends. */
export const ClockReason = vocabulary({
  NO_ANSWER: 'The delay to answer ended without an answer (sans réponse)',
  WAIT_ENDED: 'The time on the waiting list ended; never counted as unanswered (fin d’attente)',
  HOLD_ENDED: 'Accepted, but not started in time (non démarrée dans le délai)',
  NEVER_SENT: 'A draft that nobody sent within thirty days (brouillon jamais envoyé)',
  SILENCE: 'The provider did not object to the cancellation in time (silence du prestataire)',
});
export type ClockReason = Vocabulary<typeof ClockReason>;

export const SkipReason = vocabulary({
  DID_NOT_COME: 'The person could not be reached (non joignable)',
  HIRED_ELSEWHERE: 'Not available: in a job (en emploi)',
  TRAINING: 'Not available: in training (en formation)',
  NON_ELIGIBLE: 'Not eligible for this place (non éligible)',
  NOT_MOBILE: 'Cannot travel there (non mobile)',
  NOT_INTERESTED: 'The person does not want this place (non intéressé)',
  LACKING_SKILLS: 'Lacks the skills required (compétences)',
  INCOMPATIBLE: 'A need cannot be reconciled with this place (frein incompatible)',
  OTHER: 'Another reason (autre)',
});
export type SkipReason = Vocabulary<typeof SkipReason>;

/** Every reason a referral or a line of its history may carry. */
export const ReferralReason = vocabulary({
  ...descriptions(DeclineReason),
  ...descriptions(WithdrawReason),
  ...descriptions(AcceptanceCancellationReason),
  ...descriptions(HubReason),
  ...descriptions(ClockReason),
  REROUTED: 'Sent elsewhere instead (réorientée)',
  PLACEMENT_ENDED: 'The placement that came of it has ended (fin du placement)',
  START_UNDONE: 'The start had been recorded by mistake (démarrage annulé)',
});
export type ReferralReason = Vocabulary<typeof ReferralReason>;

function descriptions<K extends string>(codes: Record<K, K>): Record<K, string> {
  return meaningsOf(codes) as Record<K, string>;
}

const byMove: Partial<Record<ReferralMove, Partial<Record<ReferralActor, object>>>> = {
  decline: { RECEIVER: DeclineReason },
  withdraw: { SENDER: WithdrawReason, HUB: { ...HubReason, NEVER_SENT: ClockReason.NEVER_SENT } },
  cancelAcceptance: { RECEIVER: AcceptanceCancellationReason },
  requestCancellation: { SENDER: WithdrawReason },
  confirmCancellation: { HUB: { SILENCE: ClockReason.SILENCE } },
  cancel: { HUB: HubReason },
  expire: { HUB: { NO_ANSWER: ClockReason.NO_ANSWER, WAIT_ENDED: ClockReason.WAIT_ENDED } },
  lapse: { HUB: { HOLD_ENDED: ClockReason.HOLD_ENDED } },
};

/** A move that ends something says why, by a code of its own list. */
export function checkReason(move: ReferralMove, actor: ReferralActor, reason: string | null): void {
  const list = byMove[move]?.[actor];
  if (list && reason === null) throw invalid('reason', 'REQUIRED');
  if (list && !(reason! in list)) throw invalid('reason', 'NOT_OF_THIS_MOVE');
}
