import fc from 'fast-check';
import { Refusal } from '../../src/kernel/refusal.ts';
import { checkContract, checkFirst, checkRenewal, renewalFrom } from '../../src/placements/contract.rules.ts';
import { checkFollowUp, followUpDay, followUpsAfter } from '../../src/placements/follow-up.rules.ts';
import {
  checkEnd,
  checkOutcome,
  OutcomeKind,
  type OutcomeFacts,
} from '../../src/placements/outcome.rules.ts';
import {
  checkStart,
  checkUndo,
  overlaps,
  placementMoves,
  PlacementState,
  plusDays,
  type PlacementActor,
  type PlacementMove,
} from '../../src/placements/placement.rules.ts';
import { ContractKind } from '../../src/vacancies/vacancy.rules.ts';

/** Why a rule refuses: `field: REASON`, or the code. */
function why(check: () => unknown): string | null {
  try {
    check();
    return null;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return error.code === 'INVALID_INPUT' ? `${error.field}: ${error.details.reason as string}` : error.code;
  }
}

const today = '2026-11-23';
const days = fc.integer({ min: -2000, max: 2000 }).map((days) => plusDays(today, days));

describe('the life of a placement', () => {
  const expected: Record<
    PlacementState,
    Partial<Record<PlacementMove, [who: string, to: PlacementState]>>
  > = {
    STARTED: {
      suspend: ['R', 'SUSPENDED'],
      recordEpisode: ['R', 'STARTED'],
      recordHours: ['R', 'STARTED'],
      recordAttendance: ['R', 'STARTED'],
      renew: ['R', 'STARTED'],
      end: ['R', 'ENDED'],
      undoStart: ['R', 'UNDONE'],
      correct: ['R', 'STARTED'],
    },
    SUSPENDED: {
      resume: ['R', 'STARTED'],
      recordEpisode: ['R', 'SUSPENDED'],
      recordHours: ['R', 'SUSPENDED'],
      recordAttendance: ['R', 'SUSPENDED'],
      renew: ['R', 'SUSPENDED'],
      end: ['R', 'ENDED'],
      undoStart: ['R', 'UNDONE'],
      correct: ['R', 'SUSPENDED'],
    },
    ENDED: {
      correct: ['R', 'ENDED'],
      recordHours: ['R', 'ENDED'],
      recordAttendance: ['R', 'ENDED'],
      followUp: ['RF', 'ENDED'],
    },
    UNDONE: {},
  };
  const actors: Record<string, PlacementActor> = { R: 'RECEIVER', F: 'FOLLOWER' };
  const triples = Object.keys(PlacementState).flatMap((state) =>
    placementMoves.moves.flatMap((move) =>
      Object.keys(actors).map((actor) => [state as PlacementState, move, actor] as const),
    ),
  );

  test.each(triples)('%s, %s, by %s', (state, move, actor) => {
    const line = expected[state][move];
    const next = () => placementMoves.next(state, move, actors[actor]!);
    if (line?.[0].includes(actor)) expect(next()).toBe(line[1]);
    else expect(why(next)).toBe(line ? 'NOT_ALLOWED' : 'WRONG_STATE');
  });

  test('a start is today or before, and not a slip of the year', () => {
    expect(why(() => checkStart(today, today))).toBeNull();
    expect(why(() => checkStart('2026-11-24', today))).toBe('startedOn: FUTURE');
    expect(why(() => checkStart('2025-11-22', today))).toBeNull();
    expect(why(() => checkStart('0026-11-23', today))).toBe('startedOn: STARTED_LONG_AGO');
  });

  test('a start is undone within 15 days of having been recorded', () => {
    const placement = { createdAt: '2026-11-01T10:00:00.000Z' };
    expect(why(() => checkUndo(placement, '2026-11-16T10:00:00.000Z'))).toBeNull();
    expect(why(() => checkUndo(placement, '2026-11-16T10:00:00.001Z'))).toBe('TOO_LATE');
  });

  test('placements overlap unless the other ended by the day this one starts', () => {
    expect(overlaps(today, { startedOn: '2026-01-01', endedOn: null })).toBe(true);
    expect(overlaps(today, { startedOn: '2026-01-01', endedOn: '2026-11-24' })).toBe(true);
    expect(overlaps(today, { startedOn: '2026-01-01', endedOn: today })).toBe(false);
  });
});

describe('contracts', () => {
  const contract = { kind: ContractKind.FIXED_TERM_I, from: today, to: '2027-05-22', weeklyHours: 26 };

  test('the one of the demo is fine; what is wrong with others is said by field', () => {
    expect(why(() => checkFirst(contract, today))).toBeNull();
    expect(why(() => checkFirst({ ...contract, from: '2026-11-22' }, today))).toBe(
      'contract.from: BEFORE_START',
    );
    expect(why(() => checkContract({ ...contract, to: null }))).toBe('contract.to: REQUIRED');
    expect(why(() => checkContract({ ...contract, to: '2026-11-22' }))).toBe('contract.to: DATES_REVERSED');
    expect(why(() => checkContract({ ...contract, to: '9999-12-31' }))).toBe('contract.to: TOO_LONG');
    expect(why(() => checkContract({ ...contract, kind: 'PERMANENT' }))).toBe('contract.to: OPEN_ENDED');
    for (const weeklyHours of [0, -1, 60.5, NaN])
      expect(why(() => checkContract({ ...contract, weeklyHours }))).toBe(
        'contract.weeklyHours: WEEKLY_HOURS',
      );
  });

  test('a contract outside the usual lengths of a CDDI is recorded as it is', () => {
    expect(why(() => checkContract({ ...contract, to: today, weeklyHours: 4 }))).toBeNull();
  });

  test('a renewal begins the day after, if nobody says; never before; and not after an open-ended contract', () => {
    const before = { kind: contract.kind, toDay: '2027-05-22' };
    expect(renewalFrom(before, today)).toBe('2027-05-23');
    expect(renewalFrom(null, today)).toBe(today);
    const renewal = { ...contract, from: '2027-05-22', to: '2027-11-22' };
    expect(why(() => checkRenewal(renewal, { before, startedOn: today }))).toBe('contract.from: OVERLAP');
    const open = { kind: ContractKind.PERMANENT, toDay: null };
    expect(why(() => checkRenewal(renewal, { before: open, startedOn: today }))).toBe(
      'contract: RENEWS_OPEN_ENDED',
    );
  });

  test('whatever chain of contracts is accepted, no day belongs to two of them', () => {
    const contracts = fc.array(fc.record({ from: days, to: days }), { maxLength: 12 });
    fc.assert(
      fc.property(contracts, (asked) => {
        const chain: { from: string; to: string }[] = [];
        for (const each of asked) {
          const last = chain.at(-1);
          const before = last ? { kind: contract.kind, toDay: last.to } : null;
          const refused = why(() => checkRenewal({ ...contract, ...each }, { before, startedOn: today }));
          if (refused === null) chain.push(each);
        }
        for (const [at, { from, to }] of chain.entries()) {
          expect(from <= to && from >= today).toBe(true);
          if (at) expect(from > chain[at - 1]!.to).toBe(true);
        }
      }),
    );
  });
});

describe('outcomes', () => {
  const check = (outcome: OutcomeFacts) => why(() => checkOutcome(outcome, '2026-11-20'));

  test('the one of the demo is fine', () => {
    expect(check({ kind: 'JOB', contract: 'PERMANENT', weeklyHours: 35, from: '2026-11-23' })).toBeNull();
  });

  test('a job names its contract, a training what it leads to; nothing else may', () => {
    expect(check({ kind: 'JOB' })).toBe('outcome.contract: REQUIRED');
    expect(check({ kind: 'TRAINING' })).toBe('outcome.certification: REQUIRED');
    expect(
      check({ kind: 'TRAINING', certification: 'RNCP', from: '2027-01-04', to: '2027-07-01' }),
    ).toBeNull();
    expect(check({ kind: 'UNEMPLOYED', contract: 'PERMANENT' })).toBe(
      'outcome.contract: NOT_OF_THIS_OUTCOME',
    );
    expect(check({ kind: 'INACTIVE', weeklyHours: 3 })).toBe('outcome.weeklyHours: NOT_OF_THIS_OUTCOME');
    expect(check({ kind: 'JOB', contract: 'PERMANENT', certification: 'CQP' })).toBe(
      'outcome.certification: NOT_OF_THIS_OUTCOME',
    );
    for (const kind of Object.values(OutcomeKind).filter((kind) => kind !== 'JOB' && kind !== 'TRAINING'))
      expect(check({ kind })).toBeNull();
  });

  test('its dates go with it', () => {
    expect(check({ kind: 'NOT_YET_KNOWN', from: '2026-11-23' })).toBe('outcome.from: NOT_OF_THIS_OUTCOME');
    expect(check({ kind: 'JOB', contract: 'FIXED_TERM', to: '2027-01-01' })).toBe(
      'outcome.to: NOT_OF_THIS_OUTCOME',
    );
    expect(check({ kind: 'JOB', contract: 'PERMANENT', from: '2026-11-23', to: '2027-01-01' })).toBe(
      'outcome.to: OPEN_ENDED',
    );
    expect(check({ kind: 'JOB', contract: 'FIXED_TERM', from: '2027-02-01', to: '2027-01-01' })).toBe(
      'outcome.to: DATES_REVERSED',
    );
    expect(check({ kind: 'JOB', contract: 'PERMANENT', from: '2028-01-01' })).toBe('outcome.from: TOO_FAR');
  });

  test('an end is not to come, nor before the start', () => {
    const facts = { startedOn: '2026-11-01', today };
    expect(why(() => checkEnd('2026-11-01', facts))).toBeNull();
    expect(why(() => checkEnd('2026-11-24', facts))).toBe('endedOn: FUTURE');
    expect(why(() => checkEnd('2026-10-31', facts))).toBe('endedOn: BEFORE_START');
  });
});

describe('follow-ups', () => {
  test('are due the same day of the month, or the last one of a shorter month', () => {
    expect(followUpsAfter('2026-11-30', 'END_OF_CONTRACT').map(({ dueOn }) => dueOn)).toEqual([
      '2026-12-30',
      '2027-02-28',
      '2027-05-30',
    ]);
    expect(followUpDay('2027-12-31', 3)).toBe('2028-03-31');
    expect(followUpDay('2027-11-30', 3)).toBe('2028-02-29');
  });

  test('nobody is asked about a person who died', () => {
    expect(followUpsAfter(today, 'DECEASED')).toEqual([]);
  });

  test('one is recorded once, after the end; who could not be reached may be reached later', () => {
    const facts = { endedOn: '2026-10-20', today, recorded: null };
    expect(why(() => checkFollowUp(today, facts))).toBeNull();
    expect(why(() => checkFollowUp('2026-10-19', facts))).toBe('on: BEFORE_END');
    expect(why(() => checkFollowUp('2026-11-24', facts))).toBe('on: FUTURE');
    expect(why(() => checkFollowUp(today, { ...facts, recorded: 'SAME_JOB' }))).toBe('ALREADY_EXISTS');
    expect(why(() => checkFollowUp(today, { ...facts, recorded: 'UNREACHABLE' }))).toBeNull();
  });
});
