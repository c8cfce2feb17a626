import { dueAt, type Place, type Sent } from './clock.rules.ts';
import { waitReminder } from './reminder.rules.ts';
import type { ReferralReason } from './reason.rules.ts';
import {
  acceptedStates,
  closedStates,
  isOneOf,
  openStates,
  unansweredStates,
  type ReferralMove,
  type ReferralState,
} from './referral.rules.ts';

/** The columns of a referral that follow from the state it is in. */
export interface Entered {
  state: ReferralState;
  reason: ReferralReason | null;
  dueAt: string | null;
  closedAt: string | null;
  lastOpenState: ReferralState | null;
  holdsPlace: boolean;
  placeOfferedUntil: string | null;
  placedAt: string | null;
  acceptedAt: string | null;
  heldFrom: string | null;
  waitlistedAt: string | null;
  answeredAt: string | null;
  stoppedUntil: string | null;
  reminderDueAt: string | null;
  reminders: number;
  answeredLate: boolean;
}

export interface Entering {
  move: ReferralMove;
  to: ReferralState;
  reason: ReferralReason | null;
  now: string;
  place: Place;
}

/** What changes in a referral because it enters a state; a move that changes no state changes nothing here. */
export function entering(
  before: Entered & Sent,
  { move, to, reason, now, place }: Entering,
): Partial<Entered> {
  if (to === before.state) return {};
  const closed = isOneOf(closedStates, to);
  const holds = isOneOf(acceptedStates, to) && before.holdsPlace;
  const due = dueAt(to, move === 'keep' ? before.heldFrom! : now, place, before);
  return {
    state: to,
    reason: reasonKept(before, { move, to, reason }),
    // an acceptance kept after all runs under the hold it had
    dueAt: due,
    closedAt: closed ? now : null,
    lastOpenState: isOneOf(openStates, before.state) ? before.state : before.lastOpenState,
    holdsPlace: holds,
    placeOfferedUntil: null,
    ...(!isOneOf(unansweredStates, to) && unawaited(to, due)),
    ...when({ move, to, now }),
    ...(before.answeredAt === null && { answeredLate: isLate(move, before, now) }),
  };
}

/** No answer is awaited any more, whatever was planned; who waits is asked about before the wait ends. */
function unawaited(to: ReferralState, due: string | null): Partial<Entered> {
  const reminderDueAt = to === 'WAITLISTED' && due !== null ? waitReminder(due) : null;
  return { stoppedUntil: null, reminders: 0, reminderDueAt };
}

/** The moments a referral remembers. */
function when({ move, to, now }: Pick<Entering, 'move' | 'to' | 'now'>): Partial<Entered> {
  return {
    ...(to === 'PLACED' && { placedAt: now }),
    ...(move === 'accept' && { acceptedAt: now }),
    ...((move === 'accept' || move === 'undoStart') && { heldFrom: now }),
    ...(move === 'waitlist' && { waitlistedAt: now }),
    ...(answers.includes(move) && { answeredAt: now }),
  };
}

/** A confirmed cancellation keeps the reason it was asked for; what is under way has none. */
function reasonKept(
  before: { reason: ReferralReason | null },
  { move, to, reason }: Pick<Entering, 'move' | 'to' | 'reason'>,
): ReferralReason | null {
  if (move === 'confirmCancellation') return before.reason;
  return isOneOf(closedStates, to) || to === 'CANCELLATION_REQUESTED' ? reason : null;
}

/** Moves that answer the sender: what comes after the deadline is late. */
const answers: readonly ReferralMove[] = ['accept', 'waitlist', 'decline'];

/** Only a first answer can be late: who was put on the waiting list in time was answered in time. */
export function isLate(
  move: ReferralMove,
  before: { answerDueAt: string | null; answeredAt: string | null },
  now: string,
): boolean {
  const { answerDueAt, answeredAt } = before;
  return answers.includes(move) && answeredAt === null && answerDueAt !== null && now >= answerDueAt;
}
