import fc from 'fast-check';
import { Refusal } from '../../src/kernel/refusal.ts';
import { checkFollowing, follows } from '../../src/vacancies/vacancy.following.rules.ts';
import { kilometres, orderMeant } from '../../src/vacancies/vacancy-search.rules.ts';
import * as rules from '../../src/vacancies/vacancy.rules.ts';

const refusalOf = (work: () => unknown) => {
  try {
    work();
    return 'DONE';
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return [error.code, error.details.reason, error.field].filter(Boolean).join(' ');
  }
};

describe('the count', () => {
  test('OPEN and FILLED follow it; a draft and a closed vacancy do not', () => {
    const count = fc.record({ places: fc.nat(9), held: fc.nat(9), taken: fc.nat(9) });
    fc.assert(
      fc.property(count, (each) => {
        const full = each.places - each.held - each.taken === 0;
        expect(rules.stateByCount('OPEN', each)).toBe(full ? 'FILLED' : 'OPEN');
        expect(rules.stateByCount('FILLED', each)).toBe(full ? 'FILLED' : 'OPEN');
        expect(rules.stateByCount('DRAFT', each)).toBe('DRAFT');
        expect(rules.stateByCount('CLOSED', each)).toBe('CLOSED');
      }),
    );
  });

  test('what is not counted is never full', () => {
    expect(rules.stateByCount('FILLED', { places: null, held: 0, taken: 0 })).toBe('OPEN');
    expect(rules.freePlaces({ places: null, held: 0, taken: 0 })).toBeNull();
  });

  test.each([
    [3, { held: 1, taken: 2 }, 'DONE'],
    [2, { held: 1, taken: 2 }, 'PLACES_IN_USE places'],
    [null, { held: 0, taken: 0 }, 'DONE'],
    [null, { held: 0, taken: 1 }, 'PLACES_IN_USE places'],
  ])('%s places over %o: %s', (places, count, answer) => {
    expect(refusalOf(() => rules.checkPlaces(places, count))).toBe(answer);
  });
});

describe('what a vacancy says of itself', () => {
  test.each([
    [{}, 'DONE'],
    [{ places: -1 }, 'INVALID_INPUT RANGE places'],
    [{ places: 10_001 }, 'INVALID_INPUT RANGE places'],
    [{ weeklyHours: 169 }, 'INVALID_INPUT RANGE weeklyHours'],
    [{ weeklyHours: NaN }, 'INVALID_INPUT RANGE weeklyHours'],
    [{ startsOn: '2026-12-02', endsOn: '2026-12-01' }, 'INVALID_INPUT DATES_REVERSED endsOn'],
    [{ startsOn: '2026-12-02', refillUntil: '2026-12-01' }, 'INVALID_INPUT DATES_REVERSED refillUntil'],
    [{ startsOn: '2026-12-02', endsOn: '2026-12-02' }, 'DONE'],
    [{ romeCode: 'A120' }, 'INVALID_INPUT ROME romeCode'],
    [{ title: 'A' }, 'INVALID_INPUT LENGTH title'],
    [{ externalReference: ' ' }, 'INVALID_INPUT LENGTH externalReference'],
  ])('%o: %s', (vacancy, answer) => {
    expect(refusalOf(() => rules.checkVacancy(vacancy))).toBe(answer);
  });
});

describe('refilling', () => {
  test('ends a month after the start if not said, within the month’s end', () => {
    expect(rules.usualRefill({ startsOn: '2026-01-31', endsOn: null })).toBe('2026-02-28');
    expect(rules.usualRefill({ startsOn: null })).toBeNull();
  });

  test('and nobody is called to what is over: not past the last day', () => {
    expect(rules.usualRefill({ startsOn: '2026-01-31', endsOn: '2026-01-31' })).toBe('2026-01-31');
    expect(rules.usualRefill({ startsOn: '2026-01-31', endsOn: '2026-06-30' })).toBe('2026-02-28');
  });

  test('a place given back before that day goes to the waiting list, later it stays used', () => {
    const vacancy = { refillUntil: '2027-01-04' };
    expect([rules.refills(vacancy, '2027-01-03'), rules.refills(vacancy, '2027-01-04')]).toEqual([
      true,
      false,
    ]);
    expect(rules.refills({ refillUntil: null }, '2030-01-01')).toBe(true);
  });

  test('follows a new start, unless it was chosen', () => {
    const usual = { startsOn: '2026-12-01', endsOn: null, refillUntil: '2027-01-01' };
    const chosen = { startsOn: '2026-12-01', endsOn: null, refillUntil: '2026-12-10' };
    const change = { startsOn: '2026-12-15' };
    expect(rules.refillAfter(usual, change)).toBe('2027-01-15');
    expect(rules.refillAfter(chosen, change)).toBeUndefined();
    expect(rules.refillAfter(usual, { ...change, refillUntil: '2026-12-20' })).toBe('2026-12-20');
    expect(rules.refillAfter(usual, {})).toBeUndefined();
    expect(rules.refillAfter(usual, { endsOn: '2026-12-04' })).toBe('2026-12-04');
  });
});

describe('closing', () => {
  const keep = { referral: 'ref_1', decision: 'KEEP' } as const;
  const move = { referral: 'ref_3', decision: 'MOVE', vacancy: 'vac_2' } as const;
  const cancel = { referral: 'ref_2', decision: 'CANCEL', reason: 'SITE_CLOSED' } as const;

  test.each([
    [[keep, cancel, move], 'DONE'],
    [[keep, keep], 'INVALID_INPUT TWICE decisions.1.referral'],
    [[{ ...cancel, reason: null }], 'INVALID_INPUT REQUIRED decisions.0.reason'],
    [[{ ...keep, reason: 'MISTAKE' as const }], 'INVALID_INPUT NOT_WITH_KEEP decisions.0.reason'],
    [[{ ...move, reason: 'MISTAKE' as const }], 'INVALID_INPUT NOT_WITH_KEEP decisions.0.reason'],
    [[{ ...move, vacancy: null }], 'INVALID_INPUT REQUIRED decisions.0.vacancy'],
    [[{ ...keep, vacancy: 'vac_2' }], 'INVALID_INPUT ONLY_WITH_MOVE decisions.0.vacancy'],
  ])('%o: %s', (decisions, answer) => {
    expect(refusalOf(() => rules.checkDecisions(decisions))).toBe(answer);
  });

  test('what is still held afterwards was decided to be kept', () => {
    expect(refusalOf(() => rules.checkClosed({ held: 1 }, [keep, cancel]))).toBe('DONE');
    expect(refusalOf(() => rules.checkClosed({ held: 1 }, [cancel]))).toBe('PLACES_IN_USE decisions');
  });

  test('nothing leaves CLOSED', () => {
    for (const move of ['open', 'update', 'close'] as const)
      expect(refusalOf(() => rules.vacancyMoves.next('CLOSED', move, 'PROVIDER'))).toBe('WRONG_STATE');
  });
});

describe('finding and following', () => {
  test('nearest first where there is a circle, latest change otherwise; no distance without one', () => {
    expect([orderMeant(null, true), orderMeant(null, false), orderMeant('START', true)]).toEqual([
      'DISTANCE',
      'FRESHNESS',
      'START',
    ]);
    expect(refusalOf(() => orderMeant('DISTANCE', false))).toBe('INVALID_INPUT REQUIRED near');
  });

  test('kilometres to a tenth', () => {
    expect([kilometres(6249), kilometres(0), kilometres(undefined)]).toEqual([6.2, 0, null]);
  });

  test('what could never match is refused', () => {
    expect(refusalOf(() => checkFollowing({ organisation: 'off_1' }))).toBe('NOT_FOUND organisation');
    expect(refusalOf(() => checkFollowing({ commune: '4410' }))).toBe('UNKNOWN_COMMUNE commune');
    expect(refusalOf(() => checkFollowing({ states: [] }))).toBe('INVALID_INPUT REQUIRED states');
    expect(refusalOf(() => checkFollowing({}))).toBe('DONE');
  });

  test('every condition must hold', () => {
    const vacancy = {
      organisationId: 'o',
      hostId: 'h',
      offerId: 'f',
      communeCode: null,
      state: 'OPEN' as const,
    };
    expect(follows({}, vacancy)).toBe(true);
    expect(follows({ organisation: 'o', offer: 'f', states: ['OPEN'] }, vacancy)).toBe(true);
    expect(follows({ organisation: 'o', states: ['FILLED'] }, vacancy)).toBe(false);
    expect(follows({ commune: '44109' }, vacancy)).toBe(false);
    expect([follows({ host: 'h' }, vacancy), follows({ host: 'o' }, vacancy)]).toEqual([true, false]);
  });
});
