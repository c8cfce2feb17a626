import { dueAt, type Place, type Sent } from './clock.rules.ts';
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
  waitlistedAt: string | null;
  answeredAt: string | null;
  stoppedUntil: string | null;
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
  return {
    state: to,
    reason: reasonKept(before, { move, to, reason }),
    // an acceptance kept after all runs under the hold it had
    dueAt: dueAt(to, move === 'keep' ? before.acceptedAt! : now, place, before),
    closedAt: closed ? now : null,
    lastOpenState: isOneOf(openStates, before.state) ? before.state : before.lastOpenState,
    holdsPlace: holds,
    placeOfferedUntil: null,
    // whatever was planned, an answer is no longer awaited
    stoppedUntil: isOneOf(unansweredStates, to) ? before.stoppedUntil : null,
    ...when({ move, to, now }),
  };
}

/** The moments a referral remembers. */
function when({ move, to, now }: Pick<Entering, 'move' | 'to' | 'now'>): Partial<Entered> {
  return {
    ...(to === 'PLACED' && { placedAt: now }),
    ...(move === 'accept' && { acceptedAt: now }),
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

export function isLate(move: ReferralMove, answerDueAt: string | null, now: string): boolean {
  return answers.includes(move) && answerDueAt !== null && now >= answerDueAt;
}
