import fc from 'fast-check';
import { EntitlementState } from '../../src/entitlements/entitlement.rules.ts';
import { difference, painted, retold, type Period, type Told } from '../../src/entitlements/told.rules.ts';

/** How what a fund tells changes what was believed. */

const day = fc.integer({ min: 0, max: 900 }).map((n) => new Date(Date.UTC(2025, 0, 1 + n)).toISOString().slice(0, 10)); // prettier-ignore
const state = fc.constantFrom(...Object.values(EntitlementState));
const told: fc.Arbitrary<Told> = fc.record({
  state,
  reason: fc.constantFrom(null, 'RESOURCES' as const),
  since: fc.option(day),
  appliedOn: day,
  referenceOn: day,
  outdated: fc.boolean(),
});
const history = fc.array(told, { maxLength: 12 }).map((all) => all.reduce(retold, [] as readonly Period[]));

const on = (periods: readonly Period[], at: string) =>
  periods.find(({ fromDay, untilDay }) => fromDay <= at && (untilDay === null || untilDay > at));

test('periods never overlap, stand in order and never end before they begin, whatever is told in whatever order', () => {
  fc.assert(
    fc.property(history, (periods) => {
      periods.forEach(({ fromDay, untilDay }, nth) => {
        const next = periods[nth + 1];
        if (untilDay !== null) expect(untilDay > fromDay).toBe(true);
        if (next) expect(untilDay !== null && untilDay <= next.fromDay).toBe(true);
      });
    }),
  );
});

test('what is told twice changes nothing the second time', () => {
  fc.assert(
    fc.property(history, told, (periods, each) => {
      const once = retold(periods, { ...each, outdated: false });
      expect(retold(once, { ...each, outdated: false })).toEqual(once);
    }),
  );
});

test('a period laid over others is true of its days and leaves all other days as they were', () => {
  fc.assert(
    fc.property(history, fc.tuple(day, fc.option(day)), state, day, (periods, [fromDay, untilDay], which, at) => {
      fc.pre(untilDay === null || untilDay > fromDay);
      const one = { state: which, fromDay, untilDay, reason: null };
      const after = painted(periods, one);
      const within = at >= fromDay && (untilDay === null || at < untilDay);
      expect(on(after, at)?.state).toBe(within ? which : on(periods, at)?.state);
    }),
  );
}); // prettier-ignore

test('what ended and what began are all the difference there is', () => {
  fc.assert(
    fc.property(history, told, (before, each) => {
      const after = retold(before, each);
      const { ended, begun } = difference(before, after);
      const kept = before.filter((period) => !ended.includes(period));
      const all = [...kept, ...begun].sort((a, b) => (a.fromDay < b.fromDay ? -1 : 1));
      expect(all).toEqual(after);
    }),
  );
});

const OPEN: Omit<Told, 'referenceOn'> = { state: 'OPEN', reason: null, since: null, appliedOn: '2026-03-12' };

test.each<[string, Told[], string[]]>([
  ['opens with the month of its application', [{ ...OPEN, referenceOn: '2026-05-31' }], ['OPEN 2026-03-01–']],
  [
    'or with the household’s arrival',
    [{ ...OPEN, referenceOn: '2026-05-31', arrivedOn: '2026-04-10' }],
    ['OPEN 2026-04-10–'],
  ],
  [
    'asked for, then granted from the month it was asked',
    [
      { ...OPEN, state: 'REQUESTED', referenceOn: '2026-03-31' },
      { ...OPEN, referenceOn: '2026-04-30' },
    ],
    ['OPEN 2026-03-01–'],
  ],
  [
    'opened again with the month of the file, since nothing says the day',
    [
      { ...OPEN, referenceOn: '2026-04-30' },
      { ...OPEN, state: 'SUSPENDED', since: '2026-05-01', referenceOn: '2026-05-31' },
      { ...OPEN, referenceOn: '2026-08-31' },
    ],
    ['OPEN 2026-03-01–2026-05-01', 'SUSPENDED 2026-05-01–2026-08-01', 'OPEN 2026-08-01–'],
  ],
  [
    'closed, and granted anew on a new application',
    [
      { ...OPEN, referenceOn: '2026-04-30' },
      { ...OPEN, state: 'CLOSED', since: '2026-06-01', referenceOn: '2026-06-30' },
      { ...OPEN, appliedOn: '2026-09-20', referenceOn: '2026-10-31' },
    ],
    ['OPEN 2026-03-01–2026-06-01', 'CLOSED 2026-06-01–2026-09-01', 'OPEN 2026-09-01–'],
  ],
])('a right %s', (_, all, periods) => {
  const known = all.reduce(retold, [] as readonly Period[]);
  expect(known.map(({ state: where, fromDay, untilDay }) => `${where} ${fromDay}–${untilDay ?? ''}`)).toEqual(
    periods,
  );
});
