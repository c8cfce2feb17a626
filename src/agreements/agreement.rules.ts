import { invalid } from '../kernel/refusal.ts';
import { Transitions } from '../kernel/transitions.ts';
import { type Vocabulary, vocabulary } from '../kernel/vocabulary.ts';
import { checkLength } from '../partners/organisation.rules.ts';

export const AgreementKind = vocabulary({
  COUNCIL_GRANT: 'The council grants a provider the means of an action (convention de subvention)',
  IAE_CONVENTION: 'The State and an insertion structure agree on its posts (convention IAE, code du travail L5132-2)',
  CAOM: 'The State and the council agree on what each funds (convention annuelle d’objectifs et de moyens)',
  ESF_GRANT: 'A grant of the European Social Fund, by the council’s service (convention FSE)',
  PLIE_PROTOCOL: 'A PLIE and those who fund it agree on its work (protocole d’accord)',
  CITY_CONTRACT: 'A funding line of a city contract (action du contrat de ville)',
  SOCIAL_CLAUSE: 'Hours of insertion that a public contract asks of a company (clause sociale d’insertion)',
}); // prettier-ignore
export type AgreementKind = Vocabulary<typeof AgreementKind>;

export const AgreementState = vocabulary({
  DRAFT: 'Being written; it exists for its lead only (brouillon)',
  SUBMITTED: 'Laid before its parties (déposée)',
  UNDER_OPINION: 'On the agenda of the IAE council (soumise à avis)',
  SIGNED: 'Signed, for its days (signée)',
  ENDED: 'Its days are over (échue)',
  TERMINATED: 'Ended before its days were over (résiliée)',
  REFUSED: 'Refused by its lead (refusée)',
  WITHDRAWN: 'Taken back before it was signed (retirée)',
});
export type AgreementState = Vocabulary<typeof AgreementState>;

export const CloseReason = vocabulary({
  PERIOD_OVER: 'By the hub alone: its last day is past (arrivée à échéance)',
  MUTUAL_AGREEMENT: 'Both sides agreed (accord des parties)',
  OBLIGATIONS_NOT_MET: 'What was agreed was not done (manquement aux engagements)',
  FUNDING_ENDED: 'There is no money for it (fin ou absence de financement)',
  STRUCTURE_CLOSED: 'The structure closed, or changed hands (cessation, reprise)',
  NOT_ELIGIBLE: 'It does not meet the conditions (conditions non remplies)',
  PROJECT_CHANGED: 'The project changed, or was given up (projet modifié ou abandonné)',
  MISTAKE: 'Recorded by mistake (erreur)',
  OTHER: 'Another reason (autre)',
});
export type CloseReason = Vocabulary<typeof CloseReason>;

export type AgreementMove =
  'update' | 'submit' | 'requestOpinion' | 'giveOpinion' | 'followReservation' | 'sign' | 'refuse' | 'withdraw'
  | 'amend' | 'terminate' | 'end'; // prettier-ignore

/** What somebody who reads it is to it. */
export type AgreementActor = 'LEAD' | 'PROVIDER' | 'IAE_COUNCIL' | 'OTHER' | 'HUB';

const signed = ['SIGNED', 'ENDED', 'TERMINATED'] as const;

/** The life of an agreement; only an IAE convention passes UNDER_OPINION, and it does not go round it. */
export const agreementMoves = new Transitions<AgreementState, AgreementMove, AgreementActor>([
  { from: ['DRAFT'], move: 'update', to: 'SAME', by: ['LEAD'] },
  { from: ['DRAFT'], move: 'submit', to: 'SUBMITTED', by: ['LEAD'] },
  { from: ['SUBMITTED', 'UNDER_OPINION'], move: 'requestOpinion', to: 'UNDER_OPINION', by: ['LEAD'] },
  { from: ['UNDER_OPINION'], move: 'giveOpinion', to: 'SAME', by: ['IAE_COUNCIL'] },
  { from: ['UNDER_OPINION', ...signed], move: 'followReservation', to: 'SAME', by: ['LEAD', 'IAE_COUNCIL'] },
  { from: ['SUBMITTED', 'UNDER_OPINION'], move: 'sign', to: 'SIGNED', by: ['LEAD'] },
  { from: ['SUBMITTED', 'UNDER_OPINION'], move: 'refuse', to: 'REFUSED', by: ['LEAD'] },
  { from: ['DRAFT', 'SUBMITTED', 'UNDER_OPINION'], move: 'withdraw', to: 'WITHDRAWN', by: ['LEAD', 'PROVIDER'] },
  { from: ['SIGNED'], move: 'amend', to: 'SAME', by: ['LEAD'] },
  { from: ['SIGNED'], move: 'terminate', to: 'TERMINATED', by: ['LEAD'] },
  { from: ['SIGNED'], move: 'end', to: 'ENDED', by: ['HUB'] },
]); // prettier-ignore

export interface Parted {
  organisationId: string;
  councilId: string | null;
}

/** Who leads is also one of the providers at times: what it leads goes before. */
export function actorOf(agreement: Parted, providers: readonly string[], viewer: string): AgreementActor {
  if (agreement.organisationId === viewer) return 'LEAD';
  if (providers.includes(viewer)) return 'PROVIDER';
  return agreement.councilId === viewer ? 'IAE_COUNCIL' : 'OTHER';
}

/** A partner closes for a reason of its own; that its days are over is what the hub finds. */
export function checkReason(reason: CloseReason): void {
  if (reason === 'PERIOD_OVER') throw invalid('reason', 'CODE', { value: reason });
}

export function checkNamed({ title, reference }: { title?: string | null; reference?: string | null }): void {
  if (title != null) checkLength('title', title, 2, 200);
  if (reference != null) checkLength('reference', reference, 1, 100);
}

/** A signature, an end: paper of today or before, and of a day the agreement has. */
export function checkPaper(field: string, day: string, { today, least }: { today: string; least?: string }): void {
  if (day > today) throw invalid(field, 'FUTURE');
  if (least !== undefined && day < least) throw invalid(field, 'BEFORE_AGREEMENT', { from: least });
} // prettier-ignore
