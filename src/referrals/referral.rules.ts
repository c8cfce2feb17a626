import { addDays } from '../kernel/clock.ts';
import { Refusal } from '../kernel/refusal.ts';
import { Transitions } from '../kernel/transitions.ts';
import { type Vocabulary, vocabulary } from '../kernel/vocabulary.ts';

export const ReferralState = vocabulary({
  DRAFT: 'Being prepared; only its sender sees it (brouillon)',
  SENT: 'Sent; the provider has not taken charge yet (envoyée)',
  ACKNOWLEDGED: 'A named member of the provider has taken charge (prise en charge)',
  WAITLISTED: 'On the waiting list (liste d’attente)',
  ACCEPTED: 'Accepted; a place is held where places are counted (acceptée)',
  CANCELLATION_REQUESTED: 'The sender asks to cancel the acceptance; the place stays held (annulation demandée)',
  PLACED: 'The placement has started (démarrée)',
  DECLINED: 'Declined by the provider, with a coded reason (refusée)',
  WITHDRAWN: 'Withdrawn by the sender or the hub, with a coded reason (retirée)',
  EXPIRED: 'Nobody answered in time, or the wait ended (expirée)',
  REROUTED: 'Sent elsewhere instead: see `next` (réorientée)',
  CANCELLED: 'The acceptance was cancelled, with a coded reason (annulée)',
  LAPSED: 'Accepted but never started in time (caduque)',
  CLOSED: 'The placement that came of it has ended (close)',
}); // prettier-ignore
export type ReferralState = Vocabulary<typeof ReferralState>;

const direct = {
  SELF_PRESCRIPTION: 'The provider recruited and prescribed by itself (auto-prescription)',
  SPONTANEOUS: 'The person applied directly (candidature spontanée)',
  ALREADY_THERE: 'Was already there when the hub opened (déjà présente)',
};
/** How somebody comes whom nobody referred: counted by indicators, never in answer rates. */
export const DirectOrigin = vocabulary(direct);
export type DirectOrigin = Vocabulary<typeof DirectOrigin>;
export const ReferralOrigin = vocabulary({
  REFERRAL: 'Sent by a partner (orientation par un partenaire)',
  ...direct,
});
export type ReferralOrigin = Vocabulary<typeof ReferralOrigin>;

export const AgreementHow = vocabulary({
  IN_PERSON: 'Said face to face (en personne)',
  PHONE: 'Said on the telephone (par téléphone)',
  WRITTEN: 'Written: letter, e-mail, message (par écrit)',
});
export type AgreementHow = Vocabulary<typeof AgreementHow>;

/** The verbs of the table of moves; each is also the beginning of a mutation's name. */
export type ReferralMove =
  | 'send' | 'acknowledge' | 'bind' | 'accept' | 'waitlist' | 'decline' | 'withdraw' | 'expire' | 'reroute'
  | 'cancelAcceptance' | 'requestCancellation' | 'confirmCancellation' | 'keep' | 'cancel' | 'start' | 'lapse'
  | 'reinstate' | 'undoStart' | 'close'; // prettier-ignore

export type ReferralActor = 'SENDER' | 'RECEIVER' | 'COUNCIL' | 'HUB';

export const unansweredStates = ['SENT', 'ACKNOWLEDGED'] as const satisfies ReferralState[];
export const openStates = ['SENT', 'ACKNOWLEDGED', 'WAITLISTED'] as const satisfies ReferralState[];
/** The states in which a place is held, where places are counted. */
export const acceptedStates = ['ACCEPTED', 'CANCELLATION_REQUESTED'] as const satisfies ReferralState[];
/** What a person may have only once per vacancy (or per offer without one): the unique indexes say the same. */
export const liveStates = [...openStates, ...acceptedStates, 'PLACED'] as const satisfies ReferralState[];
export const closedStates = [
  'DECLINED', 'WITHDRAWN', 'EXPIRED', 'REROUTED', 'CANCELLED', 'LAPSED', 'CLOSED',
] as const satisfies ReferralState[]; // prettier-ignore

export function isOneOf<S extends ReferralState>(states: readonly S[], state: ReferralState): state is S {
  return (states as readonly ReferralState[]).includes(state);
}

/** docs/domain.md §4, line by line. Whatever is not here refuses. */
export const moves = new Transitions<ReferralState, ReferralMove, ReferralActor>([
  { from: ['DRAFT'], move: 'send', to: 'SENT', by: ['SENDER'] },
  { from: ['SENT'], move: 'acknowledge', to: 'ACKNOWLEDGED', by: ['RECEIVER'] },
  { from: ['SENT'], move: 'bind', to: 'SAME', by: ['SENDER', 'RECEIVER'] },
  { from: ['ACKNOWLEDGED', 'WAITLISTED'], move: 'bind', to: 'SAME', by: ['RECEIVER'] },
  { from: [...openStates, 'EXPIRED', 'LAPSED'], move: 'accept', to: 'ACCEPTED', by: ['RECEIVER'] },
  { from: [...unansweredStates, 'EXPIRED'], move: 'waitlist', to: 'WAITLISTED', by: ['RECEIVER'] },
  { from: [...openStates, 'EXPIRED'], move: 'decline', to: 'DECLINED', by: ['RECEIVER'] },
  { from: ['DRAFT', ...openStates], move: 'withdraw', to: 'WITHDRAWN', by: ['SENDER', 'HUB'] },
  { from: [...openStates], move: 'expire', to: 'EXPIRED', by: ['HUB'] },
  { from: [...openStates], move: 'reroute', to: 'REROUTED', by: ['SENDER', 'COUNCIL'] },
  // a closed one stays as it was, so that refusals and silence stay counted; only the new one is opened
  {
    from: ['DECLINED', 'WITHDRAWN', 'EXPIRED', 'CANCELLED', 'LAPSED'],
    move: 'reroute',
    to: 'SAME',
    by: ['SENDER', 'COUNCIL'],
  },
  { from: ['ACCEPTED'], move: 'cancelAcceptance', to: 'CANCELLED', by: ['RECEIVER'] },
  // CANCELLED at once when it is the person who says no: see `decide`
  { from: ['ACCEPTED'], move: 'requestCancellation', to: 'CANCELLATION_REQUESTED', by: ['SENDER'] },
  { from: ['CANCELLATION_REQUESTED'], move: 'confirmCancellation', to: 'CANCELLED', by: ['RECEIVER', 'HUB'] },
  { from: ['CANCELLATION_REQUESTED'], move: 'keep', to: 'ACCEPTED', by: ['SENDER'] },
  { from: [...acceptedStates], move: 'cancel', to: 'CANCELLED', by: ['HUB'] },
  { from: [...acceptedStates], move: 'start', to: 'PLACED', by: ['RECEIVER'] },
  { from: [...acceptedStates], move: 'lapse', to: 'LAPSED', by: ['HUB'] },
  // back to the last open state, which the facts tell: see `decide`
  { from: ['WITHDRAWN', 'CANCELLED'], move: 'reinstate', to: 'SENT', by: ['SENDER'] },
  { from: ['PLACED'], move: 'undoStart', to: 'ACCEPTED', by: ['RECEIVER'] },
  { from: ['PLACED'], move: 'close', to: 'CLOSED', by: ['HUB'] },
]);

/** For how many days an expired or lapsed referral may still be answered, and a closed one reinstated. */
export const lateDays = 30;
export const undoStartDays = 15;

/** The person says no, or cannot: nobody can refuse that. */
export const atOnceReasons: readonly string[] = ['PERSON_REFUSES', 'PERSON_UNAVAILABLE'];

/** What the table needs to know of a referral beside its state. */
export interface ReferralFacts {
  state: ReferralState;
  reason: string | null;
  nextId: string | null;
  closedAt: string | null;
  placedAt: string | null;
  grantEndedAt: string | null;
  lastOpenState: ReferralState | null;
}

export interface Asked {
  /** Every side the mover stands on: an organisation may refer to its own offer. */
  actors: readonly ReferralActor[];
  reason?: string | null;
  now: string;
}

/** The state after a move, or the refusal: the table first, then the delays and conditions docs/domain.md §4 gives. */
export function decide(referral: ReferralFacts, move: ReferralMove, { actors, reason, now }: Asked) {
  const to = moves.next(referral.state, move, actorFor(referral.state, move, actors));
  if (isOneOf(closedStates, referral.state)) checkClosed(referral, move, now);
  if (move === 'undoStart') checkDelay(referral.placedAt, undoStartDays, now);
  if (move === 'requestCancellation' && atOnceReasons.includes(reason ?? '')) return 'CANCELLED';
  return move === 'reinstate' ? (referral.lastOpenState ?? 'SENT') : to;
}

/** The side that may make the move, else the first one: its refusal is then the right one. */
export function actorFor(state: ReferralState, move: ReferralMove, actors: readonly ReferralActor[]) {
  const able = moves.table
    .filter((line) => line.move === move && line.from.includes(state))
    .flatMap((line) => line.by);
  return actors.find((actor) => able.includes(actor)) ?? actors[0] ?? 'COUNCIL';
}

function checkClosed(referral: ReferralFacts, move: ReferralMove, now: string): void {
  const { state, nextId, reason, closedAt, grantEndedAt } = referral;
  if (nextId !== null) throw new Refusal('WRONG_STATE', { state, move, reason: 'REROUTED' });
  if (move === 'reroute') return;
  if (grantEndedAt !== null) throw new Refusal('WRONG_STATE', { state, move, reason: 'GRANT_ENDED' });
  if (move === 'reinstate' && reason !== 'STARTED_ELSEWHERE')
    throw new Refusal('WRONG_STATE', { state, move });
  checkDelay(closedAt, lateDays, now);
}

function checkDelay(since: string | null, days: number, now: string): void {
  if (since !== null && now > addDays(since, days)) throw new Refusal('TOO_LATE', { days });
}
