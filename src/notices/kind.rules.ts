import type { Role } from '../kernel/viewer.ts';
import { type Vocabulary, vocabulary } from '../kernel/vocabulary.ts';

export const NoticeKind = vocabulary({
  REFERRAL_TO_ANSWER: 'A referral awaits your answer (orientation à traiter)',
  REMINDER: 'Half the time to answer has passed (rappel)',
  ESCALATION: 'A referral nears its deadline unanswered: told to managers (alerte aux responsables)',
  EXPIRING: 'A referral you sent is about to expire; with next-best vacancies (bientôt sans réponse)',
  WAIT_ENDING: 'A wait ends soon unless you confirm it (fin d’attente proche)',
  ANSWER_RECEIVED: 'A referral you sent was answered (réponse reçue)',
  REFERRAL_ENDED: 'A referral was withdrawn, cancelled, expired or lapsed (orientation close)',
  PLACE_OFFERED: 'A freed place is reserved for the first of the list (place proposée)',
  CANCELLATION_REQUESTED: 'The sender asks to cancel an acceptance (demande d’annulation)',
  ACCEPTANCE_KEPT: 'The sender keeps an acceptance it had asked to cancel (acceptation maintenue)',
  INFORMATION_ASKED: 'A provider asks for information to answer (informations demandées)',
  INFORMATION_GIVEN: 'The sender gave what you asked for (informations reçues)',
  MEETING: 'A meeting was planned, moved or cancelled (rendez-vous)',
  PLACEMENT_STARTED: 'A placement started (démarrage)',
  PLACEMENT_ENDED: 'A placement ended (fin de parcours dans la structure)',
  OUTCOME_DUE: 'The outcome of a placement is to be recorded (sortie à renseigner)',
  FOLLOW_UP_DUE: 'It is time to ask how a person is (suivi à faire)',
  ENGAGEMENT_TO_SIGN:
    'An engagement contract is ready, or awaits its second signature (contrat d’engagement à signer)',
  REVIEW_DUE: 'The planned review of an engagement is near (bilan à faire)',
  GRANT_ENDED: 'A sharing grant has ended (fin d’un partage)',
  GLASS_BROKEN: 'A record was opened for a stated emergency (accès d’urgence)',
  RETENTION_NOTICE: 'A record nobody acted on is to be erased in a month (effacement annoncé)',
  ENDPOINT_STOPPED: 'A webhook of one of your tools is told nothing any more (point d’écoute suspendu)',
  AGREEMENT:
    'An agreement you may read was submitted, laid before a session, signed, changed or is over (convention)',
  RECORDS_TO_COMPARE: 'Two records look like one person: you are asked (doublon possible)',
});
export type NoticeKind = Vocabulary<typeof NoticeKind>;

export const NoticeDelivery = vocabulary({
  AT_ONCE: 'A message as soon as it happens (tout de suite)',
  DAILY: 'With the day’s others, in the morning of a business day (une fois par jour)',
  NONE: 'No message; it still stands in `viewer.notices` (jamais)',
});
export type NoticeDelivery = Vocabulary<typeof NoticeDelivery>;

export const NoticeState = vocabulary({
  WAITING: 'To be sent, or to be tried again',
  SENT: 'Handed to the mail server',
  NOT_MAILED: 'Not to be mailed: the member’s choice, or mail is off',
  DROPPED: 'No longer to be told when its time had come: see `reason`',
  FAILED: 'Given up: see `reason`',
});
export type NoticeState = Vocabulary<typeof NoticeState>;

export const NoticeReason = vocabulary({
  NOT_OPEN: 'You may no longer see what it was about',
  ANSWERED: 'What was asked was done meanwhile',
  ADDRESS_REFUSED: 'The mail server refused the address',
  ADDRESS_BOUNCED: 'The address was refused too often: nothing is sent to it until a manager says so',
  MESSAGE_REFUSED: 'The mail server refused the message',
  TOO_LATE: 'It could not be sent for three days',
});
export type NoticeReason = Vocabulary<typeof NoticeReason>;

/** What only informs can wait for the morning; what asks for an act, or cannot be undone, is told at once. */
const canWait: readonly NoticeKind[] = ['REFERRAL_ENDED', 'ACCEPTANCE_KEPT', 'PLACEMENT_STARTED', 'PLACEMENT_ENDED', 'GRANT_ENDED', 'RECORDS_TO_COMPARE', 'FOLLOW_UP_DUE', 'OUTCOME_DUE', 'AGREEMENT', 'ENGAGEMENT_TO_SIGN', 'REVIEW_DUE']; // prettier-ignore

/** How a member is told who chose nothing. A manager who does no other work of these kinds hears of them each morning. */
export function deliveryByDefault(kind: NoticeKind, roles: readonly Role[]): NoticeDelivery {
  if (canWait.includes(kind)) return 'DAILY';
  if (kind === 'ESCALATION' || kind === 'GLASS_BROKEN' || kind === 'ENDPOINT_STOPPED') return 'AT_ONCE';
  const works = roles.includes('PROVIDER') || roles.includes('COORDINATOR');
  return works ? 'AT_ONCE' : roles.includes('MANAGER') ? 'DAILY' : 'NONE';
}

export type Preferences = Readonly<Record<string, string>>;
interface Choosing {
  roles: readonly Role[];
  noticeDelivery: Preferences;
}

export function deliveryOf(kind: NoticeKind, { roles, noticeDelivery }: Choosing): NoticeDelivery {
  return (noticeDelivery[kind] as NoticeDelivery | undefined) ?? deliveryByDefault(kind, roles);
}

/** Each kind, how the member is told of it, and whether that was chosen. */
export function preferencesOf(member: Choosing) {
  return Object.values(NoticeKind).map((kind) => ({
    kind,
    delivery: deliveryOf(kind, member),
    chosen: member.noticeDelivery[kind] !== undefined,
  }));
}

/** What asks for an answer is told only while an answer is awaited. */
export const asksForAnswer: readonly NoticeKind[] = [
  'REFERRAL_TO_ANSWER',
  'REMINDER',
  'ESCALATION',
  'EXPIRING',
  'INFORMATION_GIVEN',
];
/** What the link of a mail may answer, where the provider allowed it. */
export const answerableKinds: readonly NoticeKind[] = [
  'REFERRAL_TO_ANSWER',
  'REMINDER',
  'ESCALATION',
  'INFORMATION_GIVEN',
];
const passing: Partial<Record<NoticeKind, string>> = {
  CANCELLATION_REQUESTED: 'CANCELLATION_REQUESTED',
  WAIT_ENDING: 'WAITLISTED',
};

/** Whether what a notice says of an engagement is still so. */
export function stillOfEngagement(kind: NoticeKind, { state, reviewOn }: { state: string; reviewOn: string | null }): boolean {
  return kind === 'REVIEW_DUE' ? state === 'SIGNED' && reviewOn !== null : state === 'DRAFT';
} // prettier-ignore

/** Whether what a notice says of a referral is still so. */
export function stillHolds(kind: NoticeKind, referralState: string): boolean {
  if (asksForAnswer.includes(kind)) return referralState === 'SENT' || referralState === 'ACKNOWLEDGED';
  return passing[kind] === undefined || passing[kind] === referralState;
}
