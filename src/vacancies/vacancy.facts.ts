import { fact } from '../db/facts.ts';
import type { VacancyRow } from './vacancy.row.ts';
import type { ClosingDecision } from './vacancy.rules.ts';

/** A place came back or was added and is free: the waiting list may have it. */
export const placeFreed = fact<{ vacancy: VacancyRow }>('placeFreed');

/** So many places are wanted back of a locked vacancy that has none free: those only reserved may be had. */
export const placesWantedBack = fact<{ vacancy: VacancyRow; count: number }>('placesWantedBack');

/** Places begin to be counted: who knows the people that are there already says how many places they have. */
export const placesCounted = fact<{ vacancy: VacancyRow; inUse: { held: number; taken: number } }>(
  'placesCounted',
);

/** These take nobody any more: what becomes of their referrals, accepted, waiting and unanswered. */
export const vacanciesClosed = fact<{
  vacancies: readonly VacancyRow[];
  decisions: readonly ClosingDecision[];
}>('vacanciesClosed');

/** A vacancy was opened to replace whoever is placed there: who knows placements keeps whom, or says no. */
export const replacementOpened = fact<{ vacancy: VacancyRow; placement: string }>('replacementOpened');
