import { invalid, Refusal } from '../kernel/refusal.ts';
import { type Vocabulary, vocabulary } from '../kernel/vocabulary.ts';
import type { Span } from './hours.rules.ts';
import { checkPast } from './placement.rules.ts';

/** Who came to a service (docs/domain.md §5). Nothing follows from an absence: no rule, count, order or notice reads it. */

export const Presence = vocabulary({
  PRESENT: 'The person was there (présent)',
  EXCUSED: 'Was not, and had said so; why is not kept (absence excusée)',
  ABSENT: 'Was not there; nothing follows from it by itself (absent)',
});
export type Presence = Vocabulary<typeof Presence>;

export const Half = vocabulary({
  MORNING: 'Before noon (matin)',
  AFTERNOON: 'After noon, the evening too (après-midi)',
});
export type Half = Vocabulary<typeof Half>;

/** How many people of a group are recorded by one mutation. */
export const mostOfGroup = 50;

/** A day without its half is both. */
export function halvesOf(half: Half | null | undefined): readonly Half[] {
  return half ? [half] : ['MORNING', 'AFTERNOON'];
}

export interface AttendedFacts extends Span {
  today: string;
  /** Whether work under contract is done: then hours are told, month by month. */
  underContract: boolean;
  interruptions: readonly { fromDay: string; toDay: string | null; suspends: boolean }[];
}

/** A day of the placement that has come, and on which it was not interrupted: who is on leave is not absent. */
export function checkAttended(
  day: string,
  { startedOn, endedOn, today, underContract, interruptions }: AttendedFacts,
): void {
  if (underContract) throw new Refusal('WRONG_STATE', { reason: 'UNDER_CONTRACT' }, 'placement');
  checkPast('on', day, today);
  if (day < startedOn || (endedOn !== null && day > endedOn))
    throw invalid('on', 'RECORDED_OUTSIDE', { day });
  const away = interruptions.some(
    ({ fromDay, toDay, suspends }) => suspends && fromDay <= day && (toDay === null || day < toDay),
  );
  if (away) throw invalid('on', 'INTERRUPTED', { day });
}

/** A fund that pays benefits neither keeps nor reads whether somebody came (docs/domain.md §2). */
export function refuseFund({ organisationKind }: { organisationKind: string }): void {
  if (organisationKind === 'BENEFITS_FUND') throw new Refusal('NOT_ALLOWED', { act: 'recordAttendance' });
}
