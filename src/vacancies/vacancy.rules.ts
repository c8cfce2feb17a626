import { invalid, Refusal } from '../kernel/refusal.ts';
import { type Vocabulary, vocabulary } from '../kernel/vocabulary.ts';

export const VacancyState = vocabulary({
  DRAFT: 'Being prepared; seen by its own organisation only',
  OPEN: 'Takes referrals and has places left, or does not count them',
  FILLED: 'Every place is held or taken; opens again when one is freed',
  CLOSED: 'Takes nobody any more; those who have a place keep it',
});
export type VacancyState = Vocabulary<typeof VacancyState>;

/** Kinds of contract of the field (les-emplois `ContractType`). */
export const ContractKind = vocabulary({
  PERMANENT: 'Permanent contract (CDI)',
  PERMANENT_I: 'Permanent insertion contract (CDI inclusion)',
  FIXED_TERM: 'Fixed-term contract (CDD)',
  FIXED_TERM_USAGE: 'Customary fixed-term contract (CDD d’usage, CDDU)',
  FIXED_TERM_I: 'Fixed-term insertion contract (CDD d’insertion, CDDI)',
  FIXED_TERM_I_PHC: 'Fixed-term insertion contract, Premières heures en chantier (CDDI PHC)',
  FIXED_TERM_I_CVG: 'Fixed-term insertion contract, Convergence (CDDI CVG)',
  FIXED_TERM_TREMPLIN: 'Springboard fixed-term contract of an adapted enterprise (CDD Tremplin)',
  APPRENTICESHIP: 'Apprenticeship (contrat d’apprentissage)',
  PROFESSIONAL_TRAINING: 'Professional-training contract (contrat de professionnalisation)',
  TEMPORARY: 'Temporary assignment (mission intérimaire)',
  BUSINESS_CREATION: 'Self-employment (accompagnement à la création d’entreprise)',
  OTHER: 'Another contract',
});
export type ContractKind = Vocabulary<typeof ContractKind>;

/** Why a provider closes a vacancy. */
export const VacancyCloseReason = vocabulary({
  RECRUITED: 'Whoever was sought is found (recrutement terminé)',
  SESSION_OVER: 'The session took place (session terminée)',
  SITE_CLOSED: 'The site closes (fermeture du site)',
  FUNDING_ENDED: 'The money ends (fin du financement)',
  CANCELLED: 'It will not take place (annulation)',
  MISTAKE: 'It was opened by mistake (erreur)',
  OTHER: 'Another reason (autre)',
});
export type VacancyCloseReason = Vocabulary<typeof VacancyCloseReason>;

/** The count of a vacancy; `places` null: it is not counted, and then nothing is held. */
export interface Count {
  places: number | null;
  held: number;
  taken: number;
}

export function freePlaces({ places, held, taken }: Count): number | null {
  return places === null ? null : places - held - taken;
}

/** OPEN and FILLED follow the count; a draft and a closed vacancy stay what they are. */
export function stateByCount(state: VacancyState, count: Count): VacancyState {
  if (state !== 'OPEN' && state !== 'FILLED') return state;
  return freePlaces(count) === 0 ? 'FILLED' : 'OPEN';
}

/** Places never go below what is held and taken, nor does a vacancy over somebody's place stop counting. */
export function checkPlaces(places: number | null, { held, taken }: Omit<Count, 'places'>): void {
  if (places !== null && (places < 0 || places > mostPlaces))
    throw invalid('places', 'RANGE', { least: 0, most: mostPlaces });
  if (held + taken > (places ?? 0)) throw new Refusal('PLACES_IN_USE', { held, taken }, 'places');
}

export const mostPlaces = 10_000;

/** Whether a place given back on this day goes to the waiting list (DOMAIN §3): strictly before `refillUntil`. */
export function refills(vacancy: { refillUntil: string | null }, day: string): boolean {
  return vacancy.refillUntil === null || day < vacancy.refillUntil;
}

export const ClosingChoice = vocabulary({
  KEEP: 'Stays accepted: the place is kept and may still start',
  CANCEL: 'Is cancelled, with its reason (cancelAcceptance)',
});
export type ClosingChoice = Vocabulary<typeof ClosingChoice>;

/** Why an acceptance is cancelled (DOMAIN §4, cancelAcceptance). */
export const CancellationReason = vocabulary({
  SITE_CLOSED: 'The site closes (fermeture du site)',
  FUNDING_ENDED: 'The money ends (fin du financement)',
  NOT_ELIGIBLE: 'The person is not eligible after all (non éligible)',
  DID_NOT_START: 'The person did not come on the first day (ne s’est pas présentée)',
  MISTAKE: 'Accepted by mistake (erreur)',
});
export type CancellationReason = Vocabulary<typeof CancellationReason>;

/** What becomes of one accepted referral when its vacancy closes. */
export interface ClosingDecision {
  referral: string;
  decision: ClosingChoice;
  reason?: CancellationReason | null;
}
