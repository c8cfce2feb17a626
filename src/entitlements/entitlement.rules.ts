import { type Vocabulary, vocabulary } from '../kernel/vocabulary.ts';

/** Rights to a minimum income as the funds (CAF, MSA) tell them month by month (docs/domain.md §13). */

export const MinimumIncome = vocabulary({
  RSA: 'Since June 2009 (revenu de solidarité active)',
  RMI: 'Until May 2009 (revenu minimum d’insertion)',
  API: 'Of parents raising children alone, until May 2009 (allocation de parent isolé)',
});
export type MinimumIncome = Vocabulary<typeof MinimumIncome>;

export const EntitlementRole = vocabulary({
  ALLOCATAIRE: 'Who applied for the household (allocataire)',
  SPOUSE: 'Spouse or partner of who applied (conjoint)',
});
export type EntitlementRole = Vocabulary<typeof EntitlementRole>;

export const EntitlementState = vocabulary({
  REQUESTED: 'Applied for, not decided yet (demande en attente)',
  OPEN: 'Open and paid (droit ouvert et versable)',
  SUSPENDED: 'Open, the right or its payment suspended (droit ouvert et suspendu)',
  REFUSED: 'Refused (droit refusé)',
  CLOSED: 'At an end (droit clos)',
});
export type EntitlementState = Vocabulary<typeof EntitlementState>;

/**
 * Why a right was refused, suspended or closed, broadly. Funds use some forty codes; those that would say something of
 * health, nationality or family are kept as OTHER.
 */
export const EntitlementReason = vocabulary({
  RESOURCES: 'Income above what the benefit tops up (ressources)',
  NOTHING_DUE: 'Nothing was due for four months, or less than is paid out (échéance)',
  DECLARATION_MISSING: 'The quarterly declaration of income did not come (déclaration manquante)',
  NOT_ELIGIBLE: 'A condition of age, activity or residence is not met (conditions non remplies)',
  COUNCIL_DECISION: 'Decided, or to be decided, by the council (décision du département)',
  LEFT_TERRITORY: 'Another fund took over: the household moved (mutation)',
  FUND_CHANGED: 'Another fund of the same département took over (changement d’organisme)',
  FILES_JOINED: 'Joined with another file of the household (regroupement)',
  OTHER: 'Another reason, which is not kept (autre)',
});
export type EntitlementReason = Vocabulary<typeof EntitlementReason>;

/** In these states somebody has a right to a minimum income: a payment suspended does not end it. */
export const openStates: readonly EntitlementState[] = ['OPEN', 'SUSPENDED'];
