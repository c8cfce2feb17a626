import { Temporal } from 'temporal-polyfill';
import { invalid, Refusal } from '../kernel/refusal.ts';
import { Transitions } from '../kernel/transitions.ts';
import { type Vocabulary, vocabulary } from '../kernel/vocabulary.ts';
import { checkDays, checkExternalReference, checkLength } from '../partners/organisation.rules.ts';

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
  OFFER_ARCHIVED: 'Its offer left the catalogue (offre archivée)',
  OTHER: 'Another reason (autre)',
});
export type VacancyCloseReason = Vocabulary<typeof VacancyCloseReason>;

export type VacancyMove = 'open' | 'update' | 'close';

/** The life of a vacancy, beside FILLED and OPEN which follow the count. Nothing leaves CLOSED. */
export const vacancyMoves = new Transitions<VacancyState, VacancyMove, 'PROVIDER'>([
  { from: ['DRAFT'], move: 'open', to: 'OPEN', by: ['PROVIDER'] },
  { from: ['DRAFT', 'OPEN', 'FILLED'], move: 'update', to: 'SAME', by: ['PROVIDER'] },
  { from: ['DRAFT', 'OPEN', 'FILLED'], move: 'close', to: 'CLOSED', by: ['PROVIDER'] },
]);

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
  if (held + taken > (places ?? 0)) throw new Refusal('PLACES_IN_USE', { held, taken }, 'places');
}

const mostPlaces = 10_000;

/** Whether a place given back on this day goes to the waiting list (docs/domain.md §3): strictly before `refillUntil`. */
export function refills(vacancy: { refillUntil: string | null }, day: string): boolean {
  return vacancy.refillUntil === null || day < vacancy.refillUntil;
}

export const ClosingChoice = vocabulary({
  KEEP: 'Stays accepted: the place is kept and may still start',
  CANCEL: 'Is cancelled, with its reason (cancelAcceptance)',
  MOVE: 'Stays accepted and goes to another open vacancy of the same offer, where it holds a place',
});
export type ClosingChoice = Vocabulary<typeof ClosingChoice>;

/** Why an acceptance is cancelled (docs/domain.md §4, cancelAcceptance). */
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
  /** Where it goes, with MOVE. */
  vacancy?: string | null;
}

export interface VacancyFacts {
  title?: string | null;
  places?: number | null;
  startsOn?: string | null;
  endsOn?: string | null;
  refillUntil?: string | null;
  weeklyHours?: number | null;
  romeCode?: string | null;
  externalReference?: string | null;
}

/** What a vacancy says of itself, taken together. */
export function checkVacancy(vacancy: VacancyFacts): void {
  const { title, places, startsOn, endsOn, refillUntil, weeklyHours, romeCode, externalReference } = vacancy;
  if (title != null) checkLength('title', title, 3, 200);
  checkExternalReference(externalReference);
  checkBetween('places', places, 0, mostPlaces);
  checkBetween('weeklyHours', weeklyHours, 0, 168);
  if (romeCode != null && !/^[A-N]\d{4}$/.test(romeCode)) throw invalid('romeCode', 'ROME');
  checkDays('endsOn', startsOn, endsOn);
  checkDays('refillUntil', startsOn, refillUntil);
}

function checkBetween(field: string, value: number | null | undefined, least: number, most: number): void {
  if (value != null && !(value >= least && value <= most)) throw invalid(field, 'RANGE', { least, most });
}

interface Span {
  startsOn?: string | null | undefined;
  endsOn?: string | null | undefined;
}

/**
 * Who leaves within a month of the start is replaced from the waiting list, if the provider says nothing else; nobody
 * is called to what is over.
 */
export function usualRefill({ startsOn, endsOn }: Span): string | null {
  if (startsOn == null) return null;
  const month = Temporal.PlainDate.from(startsOn).add({ months: 1 }).toString();
  return endsOn != null && endsOn < month ? endsOn : month;
}

/** New days move the end of refilling with them, unless the provider had chosen that day or chooses it now. */
export function refillAfter(
  before: { startsOn: string | null; endsOn: string | null; refillUntil: string | null },
  change: Span & { refillUntil?: string | null },
): string | null | undefined {
  const { refillUntil, startsOn = before.startsOn, endsOn = before.endsOn } = change;
  const moved = startsOn !== before.startsOn || endsOn !== before.endsOn;
  if (refillUntil !== undefined || !moved) return refillUntil;
  return before.refillUntil === usualRefill(before) ? usualRefill({ startsOn, endsOn }) : undefined;
}

/** Each referral is decided once; a cancellation says why, and a move where to. */
export function checkDecisions(decisions: readonly ClosingDecision[]): void {
  const decided = new Set<string>();
  for (const [at, { referral, decision, reason, vacancy }] of decisions.entries()) {
    if (decided.has(referral)) throw invalid(`decisions.${at}.referral`, 'TWICE');
    if ((decision === 'CANCEL') !== (reason != null))
      throw invalid(`decisions.${at}.reason`, decision === 'CANCEL' ? 'REQUIRED' : 'NOT_WITH_KEEP');
    if ((decision === 'MOVE') !== (vacancy != null))
      throw invalid(`decisions.${at}.vacancy`, decision === 'MOVE' ? 'REQUIRED' : 'ONLY_WITH_MOVE');
    decided.add(referral);
  }
}

/** Once every decision is carried out, what is still held on all that closed is what was decided to be kept. */
export function checkClosed({ held }: Pick<Count, 'held'>, decisions: readonly ClosingDecision[]): void {
  const kept = decisions.filter(({ decision }) => decision === 'KEEP').length;
  if (held > kept) throw new Refusal('PLACES_IN_USE', { held, decided: kept }, 'decisions');
}
