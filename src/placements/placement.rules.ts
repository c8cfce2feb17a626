import { Temporal } from 'temporal-polyfill';
import { addDays } from '../kernel/clock.ts';
import { invalid, Refusal } from '../kernel/refusal.ts';
import { Transitions } from '../kernel/transitions.ts';
import { type Vocabulary, vocabulary } from '../kernel/vocabulary.ts';

export const PlacementState = vocabulary({
  STARTED: 'The person has started (démarré)',
  SUSPENDED: 'Interrupted for a time; the place stays taken (suspendu)',
  ENDED: 'Over, with a reason and an outcome (terminé)',
  UNDONE: 'Was recorded by mistake; the referral is accepted again (démarrage annulé)',
});
export type PlacementState = Vocabulary<typeof PlacementState>;

export type PlacementMove =
  | 'suspend'
  | 'recordEpisode'
  | 'recordHours'
  | 'recordAttendance'
  | 'resume'
  | 'renew'
  | 'end'
  | 'undoStart'
  | 'correct'
  | 'followUp';
export type PlacementActor = 'RECEIVER' | 'FOLLOWER';

export const openStates = ['STARTED', 'SUSPENDED'] as const satisfies PlacementState[];

/** docs/domain.md §5: STARTED ⇄ SUSPENDED → ENDED, from either. Nothing leaves ENDED or UNDONE. */
export const placementMoves = new Transitions<PlacementState, PlacementMove, PlacementActor>([
  { from: ['STARTED'], move: 'suspend', to: 'SUSPENDED', by: ['RECEIVER'] },
  { from: ['SUSPENDED'], move: 'resume', to: 'STARTED', by: ['RECEIVER'] },
  { from: [...openStates], move: 'recordEpisode', to: 'SAME', by: ['RECEIVER'] },
  { from: [...openStates, 'ENDED'], move: 'recordHours', to: 'SAME', by: ['RECEIVER'] },
  { from: [...openStates, 'ENDED'], move: 'recordAttendance', to: 'SAME', by: ['RECEIVER'] },
  { from: [...openStates], move: 'renew', to: 'SAME', by: ['RECEIVER'] },
  { from: [...openStates], move: 'end', to: 'ENDED', by: ['RECEIVER'] },
  { from: [...openStates], move: 'undoStart', to: 'UNDONE', by: ['RECEIVER'] },
  { from: [...openStates, 'ENDED'], move: 'correct', to: 'SAME', by: ['RECEIVER'] },
  { from: ['ENDED'], move: 'followUp', to: 'SAME', by: ['RECEIVER', 'FOLLOWER'] },
]);

export const OverlapReason = vocabulary({
  SEVERAL_EMPLOYERS: 'Two part-time contracts side by side (cumul d’emplois à temps partiel)',
  OTHER_SUSPENDED: 'The other contract is suspended meanwhile (autre contrat suspendu)',
  OTHER_ENDING: 'The other one has ended or is ending; its end is not recorded yet (fin en cours)',
  OTHER: 'Another reason the law allows (autre)',
});
export type OverlapReason = Vocabulary<typeof OverlapReason>;

export const undoStartDays = 15;
/** How late a start may be recorded: what is older comes in as a file, not by hand. */
export const mostDaysLate = 366;

/** Who was there when the hub opened may have been for long. */
const mostDaysThere = 10 * 366;

/** A start is a fact: today or before, and not a slip of the year. */
export function checkStart(startedOn: string, today: string, origin?: string): void {
  checkPast('startedOn', startedOn, today);
  const days = origin === 'ALREADY_THERE' ? mostDaysThere : mostDaysLate;
  if (startedOn < plusDays(today, -days)) throw invalid('startedOn', 'STARTED_LONG_AGO', { days });
}

export function checkPast(field: string, day: string, today: string): void {
  if (day > today) throw invalid(field, 'FUTURE');
}

/** A start recorded by mistake is undone within 15 days of having been recorded. */
export function checkUndo(placement: { createdAt: string }, now: string): void {
  if (now > addDays(placement.createdAt, undoStartDays))
    throw new Refusal('TOO_LATE', { days: undoStartDays });
}

/** Whose place may be sought again: before the person leaves, or after, unless the place was freed for the waiting list. */
export function checkReplaceable(placement: Replaced): void {
  const { state } = placement;
  if (state === 'UNDONE') throw new Refusal('WRONG_STATE', { state }, 'replacing');
  if (!isReplaceable(placement))
    throw new Refusal('WRONG_STATE', { state, reason: 'PLACE_FREED' }, 'replacing');
}

export interface Replaced {
  state: PlacementState;
  takesPlace: boolean;
  vacancyId: string | null;
}

/** Where no vacancy counted the place, nothing was freed. */
export function isReplaceable({ state, takesPlace, vacancyId }: Replaced): boolean {
  return state !== 'UNDONE' && (state !== 'ENDED' || takesPlace || vacancyId === null);
}

/** Another exclusive placement that would run at the same time; changing over on one day is no overlap. */
export function overlaps(startedOn: string, other: { startedOn: string; endedOn: string | null }): boolean {
  return other.endedOn === null || other.endedOn > startedOn;
}

export function plusDays(day: string, days: number): string {
  return Temporal.PlainDate.from(day).add({ days }).toString();
}
