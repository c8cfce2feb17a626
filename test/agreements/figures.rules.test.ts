import fc from 'fast-check';
import {
  annualHoursOn,
  declaredFte,
  monthsBetween,
  suppressed,
  threshold,
} from '../../src/agreements/figures.rules.ts';

test('hours told are full-time equivalents over the months they were told for, by the hours of the day', () => {
  expect([annualHoursOn('ACI', '2013-12-31'), annualHoursOn('ACI', '2026-11-23'), annualHoursOn(null, '2026-11-23')])
    .toEqual([null, 1820, null]); // prettier-ignore
  expect(monthsBetween('2026-10-15', '2026-10-31')).toBe(1);
  expect(monthsBetween('2025-12-31', '2026-02-01')).toBe(3);
  const year = { first: '2026-01-01', last: '2026-12-31', hours: 18_200 };
  expect(declaredFte({ ...year, annual: 1820 })).toBe(10);
  expect(declaredFte({ ...year, annual: 1820, last: '2026-06-30' })).toBe(20);
  expect(declaredFte({ ...year, annual: null })).toBeNull();
});

const cells = (...counts: number[]) => counts.map((count, at) => ({ code: `c${at}`, count }));
const shown = (...counts: number[]) => suppressed(cells(...counts)).map(({ count }) => count);

test('counts are told whole, or, where one is of few, not at all; zero is none', () => {
  expect(shown(12, 30, 0)).toEqual([12, 30, 0]);
  expect(shown(threshold, 30, 0)).toEqual([threshold, 30, 0]);
  expect(shown(threshold - 1, 30, 0)).toEqual([null, null, null]);
  expect(shown(1, 0)).toEqual([null, null]);
});

test('whatever the counts, nobody works out a count of few from those shown and their total', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(12), { minLength: 2, maxLength: 4 }), (counts) => {
      const given = suppressed(cells(...counts)).map(({ count }) => count);
      const total = counts.reduce((sum, count) => sum + count, 0);
      given.forEach((count, at) => {
        if (counts[at]! > 0 && counts[at]! < threshold) expect(count).toBeNull();
      });
      // every way to fill what is left out that the one who asks must reckon with, the rule being known
      const ways = fill(given, total).filter((way) =>
        suppressed(cells(...way)).every(({ count }, at) => (count === null) === (given[at] === null)),
      );
      given.forEach((count, at) => {
        if (count === null) expect(new Set(ways.map((way) => way[at])).size).toBeGreaterThan(1);
      });
    }),
  );
});

function fill(given: readonly (number | null)[], total: number): number[][] {
  const [first, ...rest] = given;
  if (first === undefined) return total === 0 ? [[]] : [];
  const tried = first === null ? Array.from({ length: Math.max(0, total + 1) }, (_, n) => n) : [first];
  return tried.flatMap((n) => fill(rest, total - n).map((way) => [n, ...way]));
}
