import { eraseOn, keptSince, termOn } from '../../src/casefiles/retention.rules.ts';

test('two years after the last contact, a month’s notice, on the days of the calendar', () => {
  expect([keptSince('2028-11-23'), eraseOn('2028-11-23')]).toEqual(['2026-11-23', '2028-12-23']);
  expect([keptSince('2028-02-29'), eraseOn('2027-01-31')]).toEqual(['2026-02-28', '2027-02-28']);
  expect(termOn('2000-01-01')).toMatchObject({ years: 2, notice: 1 });
});
