import { invalid } from '../kernel/refusal.ts';
import { type Vocabulary, vocabulary } from '../kernel/vocabulary.ts';
import { checkHours, checkSpan, isOpenEnded, type ContractKind } from './contract.rules.ts';
import { checkPast, plusDays } from './placement.rules.ts';

export const EndReason = vocabulary({
  END_OF_CONTRACT: 'The contract came to its end (fin de contrat)',
  COMPLETED: 'The action came to its end, or reached its aim (action terminée)',
  HIRED_ELSEWHERE: 'Left early for a job (rupture pour embauche)',
  ENTERED_TRAINING: 'Left early for training (rupture pour formation)',
  RESIGNATION: 'The person left (démission)',
  MUTUAL_AGREEMENT: 'Both agreed (rupture d’un commun accord)',
  TRIAL_PERIOD: 'Ended within the trial period, by either side (rupture de la période d’essai)',
  DISMISSAL: 'The employer ended it (licenciement, rupture par l’employeur)',
  ABANDONED: 'The person stopped coming (abandon)',
  MOVED_AWAY: 'The person moved away (déménagement)',
  SITE_CLOSED: 'The site or the structure closed (fermeture)',
  DECEASED: 'The person died (décès)',
  NOT_STATED: 'Nobody said (non précisé)',
  OTHER: 'Another reason (autre)',
});
export type EndReason = Vocabulary<typeof EndReason>;

/** What the person went on to: facts. Whether it is durable, transitional or positive is for dated rule sets. */
export const OutcomeKind = vocabulary({
  JOB: 'A job with an ordinary employer; `contract` says which (emploi)',
  SUBSIDISED_JOB: 'A subsidised contract with an ordinary employer (contrat aidé, PEC)',
  CIVIL_SERVICE: 'Entered or was established in the civil service (fonction publique)',
  BUSINESS_CREATION: 'Created or took over a business (création ou reprise d’entreprise)',
  OTHER_SIAE: 'Hired by another insertion structure (autre SIAE)',
  TRAINING: 'Entered training; `certification` says which (entrée en formation)',
  CONTINUES: 'The pathway goes on with another action or with the referent (poursuite du parcours)',
  UNEMPLOYED: 'Looking for work (recherche d’emploi)',
  INACTIVE: 'Neither in work nor looking for it, retirement included (inactivité)',
  NOT_YET_KNOWN: 'Not known yet: asked again at 30, 60 and 90 days (pas encore connue)',
  UNKNOWN: 'Cannot be known, or nobody told; counted with the others and shown apart (inconnue)',
});
export type OutcomeKind = Vocabulary<typeof OutcomeKind>;

export const Certification = vocabulary({
  NONE: 'Leads to no certification (non certifiante)',
  PRE_QUALIFYING: 'Prepares for a qualification (pré-qualifiante)',
  RNCP: 'Leads to a certification of the national register (RNCP)',
  CQP: 'Leads to a qualification certificate of a branch (CQP)',
});
export type Certification = Vocabulary<typeof Certification>;

export const CorrectionReason = vocabulary({
  NOW_KNOWN: 'It was not known, and now is (information reçue)',
  SITUATION_CHANGED: 'What was announced did not happen (changement de situation)',
  TYPING_ERROR: 'Recorded wrongly (erreur de saisie)',
  AFTER_CHECK: 'A check of the proofs showed otherwise (contrôle)',
  OTHER: 'Another reason (autre)',
  NEVER_TOLD: 'By the hub alone: nobody told within three months of the end (jamais renseignée)',
});
export type CorrectionReason = Vocabulary<typeof CorrectionReason>;

/** A partner corrects for a reason of its own; that nobody told is what the hub finds. */
export function checkCorrection(reason: CorrectionReason): void {
  if (reason === 'NEVER_TOLD') throw invalid('reason', 'CODE', { value: reason });
}

export interface OutcomeFacts {
  kind: OutcomeKind;
  contract?: ContractKind | null;
  weeklyHours?: number | null;
  from?: string | null;
  to?: string | null;
  certification?: Certification | null;
}

const underContract: readonly OutcomeKind[] = ['JOB', 'SUBSIDISED_JOB', 'OTHER_SIAE', 'CIVIL_SERVICE'];
const withoutDates: readonly OutcomeKind[] = ['NOT_YET_KNOWN', 'UNKNOWN'];
/** An outcome announced at the end begins within a year of it. */
const mostDaysAhead = 366;

/** An outcome says what its kind needs, and nothing its kind cannot have. */
export function checkOutcome(outcome: OutcomeFacts, endedOn: string): void {
  const { kind, contract = null, weeklyHours = null, from = null, to = null, certification = null } = outcome;
  if (kind === 'JOB' && contract === null) throw invalid('outcome.contract', 'REQUIRED');
  if (contract !== null && !underContract.includes(kind))
    throw invalid('outcome.contract', 'NOT_OF_THIS_OUTCOME');
  if (weeklyHours !== null && !underContract.includes(kind))
    throw invalid('outcome.weeklyHours', 'NOT_OF_THIS_OUTCOME');
  if (kind === 'TRAINING' && certification === null) throw invalid('outcome.certification', 'REQUIRED');
  if (kind !== 'TRAINING' && certification !== null)
    throw invalid('outcome.certification', 'NOT_OF_THIS_OUTCOME');
  checkHours(weeklyHours, 'outcome.weeklyHours');
  checkDates(outcome, { from, to, endedOn });
}

function checkDates(
  { kind, contract }: OutcomeFacts,
  { from, to, endedOn }: { from: string | null; to: string | null; endedOn: string },
): void {
  if (from !== null && withoutDates.includes(kind)) throw invalid('outcome.from', 'NOT_OF_THIS_OUTCOME');
  if (to !== null && (from === null || (contract != null && isOpenEnded(contract))))
    throw invalid('outcome.to', from === null ? 'NOT_OF_THIS_OUTCOME' : 'OPEN_ENDED');
  if (from !== null && from > plusDays(endedOn, mostDaysAhead))
    throw invalid('outcome.from', 'TOO_FAR', { days: mostDaysAhead });
  checkSpan(from, to, 'outcome.to');
}

/** An end is a fact too: not to come, and not before the start. */
export function checkEnd(endedOn: string, { startedOn, today }: { startedOn: string; today: string }): void {
  checkPast('endedOn', endedOn, today);
  if (endedOn < startedOn) throw invalid('endedOn', 'BEFORE_START', { startedOn });
}
