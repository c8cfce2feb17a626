import { fact } from '../db/facts.ts';
import type { VacancyRow } from './vacancy.row.ts';
import type { ClosingDecision } from './vacancy.rules.ts';

/** A place came back or was added and is free: the waiting list may have it. */
export const placeFreed = fact<{ vacancy: VacancyRow }>('placeFreed');

/** A vacancy takes nobody any more: what becomes of its referrals, accepted, waiting and unanswered. */
export const vacancyClosed = fact<{ vacancy: VacancyRow; decisions: readonly ClosingDecision[] }>(
  'vacancyClosed',
);
