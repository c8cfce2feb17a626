import { Temporal } from 'temporal-polyfill';
import { invalid, Refusal } from '../kernel/refusal.ts';
import { type Vocabulary, vocabulary } from '../kernel/vocabulary.ts';
import type { EndReason } from './outcome.rules.ts';
import { checkPast } from './placement.rules.ts';

export const FollowUpSituation = vocabulary({
  SAME_JOB: 'In the job or training of the outcome (même situation)',
  OTHER_JOB: 'In another job (autre emploi)',
  TRAINING: 'In training (formation)',
  UNEMPLOYED: 'Looking for work (recherche d’emploi)',
  INACTIVE: 'Neither in work nor looking for it (inactivité)',
  UNREACHABLE: 'Could not be reached; always shown apart (injoignable)',
  DECLINED: 'Did not want to answer; nobody may insist (ne souhaite pas répondre)',
});
export type FollowUpSituation = Vocabulary<typeof FollowUpSituation>;

/** Months after the end at which somebody asks how things are. */
export const followUpMonths = [1, 3, 6] as const;

/** The same day of the month, or the last one of a shorter month. */
export function followUpDay(endedOn: string, months: number): string {
  return Temporal.PlainDate.from(endedOn).add({ months }).toString();
}

/** Nobody is asked about a person who died. */
export function followUpsAfter(endedOn: string, endReason: EndReason): { months: number; dueOn: string }[] {
  if (endReason === 'DECEASED') return [];
  return followUpMonths.map((months) => ({ months, dueOn: followUpDay(endedOn, months) }));
}

export interface FollowUpFacts {
  endedOn: string;
  today: string;
  recorded: FollowUpSituation | null;
}

/** A situation is recorded once; only who could not be reached may be reached later. */
export function checkFollowUp(on: string, { endedOn, today, recorded }: FollowUpFacts): void {
  if (recorded !== null && recorded !== 'UNREACHABLE')
    throw new Refusal('ALREADY_EXISTS', { reason: 'FOLLOW_UP' }, 'months');
  checkPast('on', on, today);
  if (on < endedOn) throw invalid('on', 'BEFORE_END', { endedOn });
}

/** What became of the follow-ups due so many months after the end: the others are parts of `due` (docs/domain.md §5). */
export interface FollowUpFigures {
  months: number;
  due: number;
  reached: number;
  unreachable: number;
  declined: number;
  open: number;
}

/** After the last follow-up, or 215 days, whoever followed the person needs its name no more (docs/domain.md §7). */
export const retention = { follower: 215, receiver: 30 } as const;
