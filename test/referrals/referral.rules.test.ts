import fc from 'fast-check';
import { Refusal } from '../../src/kernel/refusal.ts';
import {
  closedStates,
  decide,
  isOneOf,
  moves,
  ReferralState,
  type ReferralActor,
  type ReferralFacts,
  type ReferralMove,
} from '../../src/referrals/referral.rules.ts';
import { checkReason, DeclineReason, HubReason, WithdrawReason } from '../../src/referrals/reason.rules.ts';

/**
 * docs/domain.md §4 copied by hand, state by state: who may make which move, and where it leads. S the sender, R the
 * receiver, C the council, H the hub. Whatever is not here must refuse.
 */
const expected: Record<ReferralState, Partial<Record<ReferralMove, [who: string, to: ReferralState]>>> = {
  DRAFT: { send: ['S', 'SENT'], withdraw: ['SH', 'WITHDRAWN'] },
  SENT: {
    acknowledge: ['R', 'ACKNOWLEDGED'],
    bind: ['SR', 'SENT'],
    accept: ['R', 'ACCEPTED'],
    waitlist: ['R', 'WAITLISTED'],
    decline: ['R', 'DECLINED'],
    withdraw: ['SH', 'WITHDRAWN'],
    expire: ['H', 'EXPIRED'],
    reroute: ['SC', 'REROUTED'],
  },
  ACKNOWLEDGED: {
    bind: ['R', 'ACKNOWLEDGED'],
    accept: ['R', 'ACCEPTED'],
    waitlist: ['R', 'WAITLISTED'],
    decline: ['R', 'DECLINED'],
    withdraw: ['SH', 'WITHDRAWN'],
    expire: ['H', 'EXPIRED'],
    reroute: ['SC', 'REROUTED'],
  },
  WAITLISTED: {
    bind: ['R', 'WAITLISTED'],
    accept: ['R', 'ACCEPTED'],
    decline: ['R', 'DECLINED'],
    withdraw: ['SH', 'WITHDRAWN'],
    expire: ['H', 'EXPIRED'],
    reroute: ['SC', 'REROUTED'],
  },
  ACCEPTED: {
    cancelAcceptance: ['R', 'CANCELLED'],
    requestCancellation: ['S', 'CANCELLATION_REQUESTED'],
    cancel: ['H', 'CANCELLED'],
    start: ['R', 'PLACED'],
    lapse: ['H', 'LAPSED'],
  },
  CANCELLATION_REQUESTED: {
    confirmCancellation: ['RH', 'CANCELLED'],
    keep: ['S', 'ACCEPTED'],
    cancel: ['H', 'CANCELLED'],
    start: ['R', 'PLACED'],
    lapse: ['H', 'LAPSED'],
  },
  PLACED: { undoStart: ['R', 'ACCEPTED'], close: ['H', 'CLOSED'] },
  DECLINED: { reroute: ['SC', 'DECLINED'] },
  WITHDRAWN: { reroute: ['SC', 'WITHDRAWN'], reinstate: ['S', 'ACKNOWLEDGED'] },
  EXPIRED: {
    accept: ['R', 'ACCEPTED'],
    waitlist: ['R', 'WAITLISTED'],
    decline: ['R', 'DECLINED'],
    reroute: ['SC', 'EXPIRED'],
  },
  REROUTED: {},
  CANCELLED: { reroute: ['SC', 'CANCELLED'], reinstate: ['S', 'ACKNOWLEDGED'] },
  LAPSED: { accept: ['R', 'ACCEPTED'], reroute: ['SC', 'LAPSED'] },
  CLOSED: {},
};

const initials: Record<ReferralActor, string> = { SENDER: 'S', RECEIVER: 'R', COUNCIL: 'C', HUB: 'H' };
const actors = Object.keys(initials) as ReferralActor[];
const states = Object.keys(ReferralState) as ReferralState[];
const now = '2026-11-23T08:00:00.000Z';
const daysAgo = (days: number) => new Date(Date.parse(now) - days * 86_400_000).toISOString();

const referral = (over: Partial<ReferralFacts>): ReferralFacts => ({
  state: 'SENT',
  reason: 'STARTED_ELSEWHERE',
  nextId: null,
  grantEndedAt: null,
  closedAt: daysAgo(3),
  placedAt: daysAgo(3),
  lastOpenState: 'ACKNOWLEDGED',
  ...over,
});

const answer = (facts: ReferralFacts, move: ReferralMove, actor: ReferralActor, reason?: string) => {
  try {
    return decide(facts, move, { actors: [actor], reason: reason ?? null, now });
  } catch (error) {
    return (error as Refusal).code;
  }
};

test('every state, move and actor moves or refuses as the table says', () => {
  let triples = 0;
  for (const state of states)
    for (const move of moves.moves)
      for (const actor of actors) {
        const line = expected[state][move];
        const wanted = !line ? 'WRONG_STATE' : line[0].includes(initials[actor]) ? line[1] : 'NOT_ALLOWED';
        expect([state, move, actor, answer(referral({ state }), move, actor)]).toEqual([state, move, actor, wanted]);
        triples++;
      }
  expect(triples).toBe(14 * 19 * 4);
}); // prettier-ignore

test('the person’s no, or absence, cancels at once; other reasons ask first', () => {
  const accepted = referral({ state: 'ACCEPTED' });
  const asked = Object.keys(WithdrawReason).map((reason) => [
    reason,
    answer(accepted, 'requestCancellation', 'SENDER', reason),
  ]);
  expect(asked.filter(([, to]) => to === 'CANCELLED').map(([reason]) => reason)).toEqual([
    'PERSON_REFUSES',
    'PERSON_UNAVAILABLE',
  ]);
  expect(asked.every(([, to]) => to === 'CANCELLED' || to === 'CANCELLATION_REQUESTED')).toBe(true);
});

describe('late answers', () => {
  test.each([
    ['EXPIRED', 'accept'],
    ['EXPIRED', 'waitlist'],
    ['EXPIRED', 'decline'],
    ['LAPSED', 'accept'],
  ] as const)('an %s referral may still %s for thirty days, unless rerouted', (state, move) => {
    expect(answer(referral({ state, closedAt: daysAgo(30) }), move, 'RECEIVER')).toBe(expected[state][move]![1]);
    expect(answer(referral({ state, closedAt: daysAgo(30.1) }), move, 'RECEIVER')).toBe('TOO_LATE');
    expect(answer(referral({ state, nextId: 'ref_next' }), move, 'RECEIVER')).toBe('WRONG_STATE');
  }); // prettier-ignore
});

test('only what the hub closed because the person started elsewhere is reinstated, within thirty days', () => {
  for (const state of ['WITHDRAWN', 'CANCELLED'] as const) {
    for (const lastOpenState of ['SENT', 'ACKNOWLEDGED', 'WAITLISTED'] as const)
      expect(answer(referral({ state, lastOpenState }), 'reinstate', 'SENDER')).toBe(lastOpenState);
    for (const reason of ['PERSON_REFUSES', 'VACANCY_CLOSED', 'MISTAKE'])
      expect(answer(referral({ state, reason }), 'reinstate', 'SENDER')).toBe('WRONG_STATE');
    expect(answer(referral({ state, closedAt: daysAgo(31) }), 'reinstate', 'SENDER')).toBe('TOO_LATE');
  }
});

test('a start is undone within fifteen days', () => {
  const placed = (days: number) => referral({ state: 'PLACED', placedAt: daysAgo(days) });
  expect(answer(placed(15), 'undoStart', 'RECEIVER')).toBe('ACCEPTED');
  expect(answer(placed(16), 'undoStart', 'RECEIVER')).toBe('TOO_LATE');
});

test('an organisation that refers to its own offer stands on both sides', () => {
  const both = { actors: ['SENDER', 'RECEIVER'] as const, now };
  expect(decide(referral({ state: 'DRAFT' }), 'send', both)).toBe('SENT');
  expect(decide(referral({ state: 'SENT' }), 'accept', both)).toBe('ACCEPTED');
});

test('whatever is tried, a closed state never becomes another closed one', () => {
  const any = fc.record({
    state: fc.constantFrom(...states),
    move: fc.constantFrom(...moves.moves),
    actor: fc.constantFrom(...actors),
    reason: fc.constantFrom(null, ...Object.keys(WithdrawReason), ...Object.keys(HubReason)),
    days: fc.integer({ min: 0, max: 60 }),
    rerouted: fc.boolean(),
    lastOpenState: fc.constantFrom('SENT', 'ACKNOWLEDGED', 'WAITLISTED', null),
  });
  fc.assert(
    fc.property(any, ({ state, move, actor, reason, days, rerouted, lastOpenState }) => {
      const facts = referral({
        state,
        reason,
        closedAt: daysAgo(days),
        placedAt: daysAgo(days),
        nextId: rerouted ? 'ref_next' : null,
        lastOpenState: lastOpenState as ReferralState | null,
      });
      const to = answer(facts, move, actor, reason ?? undefined);
      if (!(to in ReferralState) || !isOneOf(closedStates, state)) return true;
      // the one exception is no change at all, or a late refusal of what had expired
      return to === state || !isOneOf(closedStates, to as ReferralState) || (state === 'EXPIRED' && to === 'DECLINED');
    }),
    { numRuns: 3000 },
  ); // prettier-ignore
});

test('a move that ends something gives a reason of its own list', () => {
  const refused = (move: ReferralMove, actor: ReferralActor, reason: string | null) => {
    try {
      checkReason(move, actor, reason);
      return null;
    } catch (error) {
      return (error as Refusal).details.reason;
    }
  };
  for (const reason of Object.keys(DeclineReason)) expect(refused('decline', 'RECEIVER', reason)).toBeNull();
  expect(refused('decline', 'RECEIVER', null)).toBe('REQUIRED');
  expect(refused('decline', 'RECEIVER', 'STARTED_ELSEWHERE')).toBe('NOT_OF_THIS_MOVE');
  expect(refused('withdraw', 'SENDER', 'STARTED_ELSEWHERE')).toBe('NOT_OF_THIS_MOVE');
  expect(refused('withdraw', 'HUB', 'STARTED_ELSEWHERE')).toBeNull();
  expect(refused('confirmCancellation', 'RECEIVER', null)).toBeNull();
  expect(refused('accept', 'RECEIVER', null)).toBeNull();
});
