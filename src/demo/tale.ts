import type { ReferralReason } from '../referrals/reason.rules.ts';
import type { ReferralActor, ReferralMove, ReferralState } from '../referrals/referral.rules.ts';
import type { DemoOffer } from './offers.ts';
import type { DemoPerson } from './people.ts';
import type { DemoVacancy } from './vacancies.ts';

/** One move of a referral's history. */
export interface Step {
  at: number;
  move: ReferralMove;
  by: ReferralActor;
  reason?: ReferralReason;
}

/** A referral as it will be told: told whole, then cut at the day of loading, so that what is live has its past. */
export interface Tale {
  person: DemoPerson;
  offer: DemoOffer;
  vacancy: DemoVacancy | null;
  created: number;
  steps: Step[];
  /** Days of the placement that came of it; `end` null: it goes on. */
  placement?: { start: number; end: number | null };
  previous?: Tale;
  key?: string;
}

const after: Record<ReferralMove, ReferralState | null> = {
  send: 'SENT', acknowledge: 'ACKNOWLEDGED', bind: null, accept: 'ACCEPTED', waitlist: 'WAITLISTED',
  decline: 'DECLINED', withdraw: 'WITHDRAWN', expire: 'EXPIRED', reroute: 'REROUTED', cancelAcceptance: 'CANCELLED',
  requestCancellation: 'CANCELLATION_REQUESTED', confirmCancellation: 'CANCELLED', keep: 'ACCEPTED',
  cancel: 'CANCELLED', start: 'PLACED', lapse: 'LAPSED', reinstate: 'SENT', undoStart: 'ACCEPTED', close: 'CLOSED',
}; // prettier-ignore

/** The state a tale is in at an instant. */
export function stateAt({ steps }: Tale, at: number): ReferralState {
  let state: ReferralState = 'DRAFT';
  for (const step of steps) {
    if (step.at > at) break;
    state = step.reason === 'PERSON_REFUSES' && step.move === 'requestCancellation' ? 'CANCELLED' : (after[step.move] ?? state);
  } // prettier-ignore
  return state;
}

/** Ends a tale at an instant: what would have come later does not. */
export function cut(tale: Tale, at: number, ending?: Omit<Step, 'at'>): void {
  tale.steps = tale.steps.filter((step) => step.at <= at);
  if (ending) tale.steps.push({ at, ...ending });
  if (tale.placement && stateAt(tale, Infinity) !== 'PLACED' && stateAt(tale, Infinity) !== 'CLOSED')
    delete tale.placement;
}
