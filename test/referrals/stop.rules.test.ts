import fc from 'fast-check';
import {
  addBusinessDays,
  afterBusinessTime,
  businessTime,
  calendarOf,
  france,
  isBusinessDay,
  withinBusinessDays,
} from '../../src/kernel/calendar.ts';
import { parisDay } from '../../src/kernel/clock.ts';
import { deadlinesOf } from '../../src/referrals/clock.rules.ts';
import { defaultDelays } from '../../src/referrals/delay.rules.ts';
import { ranBetween, runsOut, type Stop } from '../../src/referrals/stop.rules.ts';

/** The clock to the hour. Every instant here was worked out by hand, with a calendar of the wall. */

const hour = 3_600_000;
const nantes = { commune: '44109', startsOn: null };
const answer = (from: string, stops: Stop[] = [], place = nantes) =>
  deadlinesOf({ from, delays: defaultDelays, stops }, place).answerDueAt;

test('a day of business has 24 hours; nights, weekends and holidays between cost nothing', () => {
  // Friday 27 November 2026, 16:00 in Paris, to Monday 30, 10:00: eight hours and ten
  expect(businessTime('2026-11-27T15:00:00.000Z', '2026-11-30T09:00:00.000Z')).toBe(18 * hour);
  // Wednesday 13 May 2026, 12:00, over Ascension, to Friday 15, 12:00
  expect(businessTime('2026-05-13T10:00:00.000Z', '2026-05-15T10:00:00.000Z')).toBe(24 * hour);
  // from Saturday to Sunday
  expect(businessTime('2026-11-28T08:00:00.000Z', '2026-11-29T20:00:00.000Z')).toBe(0);
  expect(businessTime('2026-11-30T09:00:00.000Z', '2026-11-27T15:00:00.000Z')).toBe(0);
});

test('clocks change on Sundays, which are no business days: an hour is neither lost nor won', () => {
  // spring: Friday 27 March 2026, 18:00 (+1) to Monday 30, 06:00 (+2)
  expect(businessTime('2026-03-27T17:00:00.000Z', '2026-03-30T04:00:00.000Z')).toBe(12 * hour);
  expect(afterBusinessTime('2026-03-27T17:00:00.000Z', 12 * hour)).toBe('2026-03-30T04:00:00.000Z');
  // autumn: Friday 23 October 2026, 18:00 (+2) to Monday 26, 06:00 (+1)
  expect(afterBusinessTime('2026-10-23T16:00:00.000Z', 12 * hour)).toBe('2026-10-26T05:00:00.000Z');
});

test('a meeting that stops the clock for two hours of business moves the deadline by two hours', () => {
  // sent Monday 23 November 2026, 9:00; ten business days end with Monday 7 December
  expect(answer('2026-11-23T08:00:00.000Z')).toBe('2026-12-07T23:00:00.000Z');
  const stop = { from: '2026-11-24T09:00:00.000Z', until: '2026-11-24T11:00:00.000Z' };
  expect(answer('2026-11-23T08:00:00.000Z', [stop])).toBe('2026-12-08T01:00:00.000Z');
});

test('a stop over a weekend costs its business hours alone', () => {
  // Friday 27, 16:00, to Monday 30, 10:00: 18 hours after the end of 7 December
  const stop = { from: '2026-11-27T15:00:00.000Z', until: '2026-11-30T09:00:00.000Z' };
  expect(answer('2026-11-23T08:00:00.000Z', [stop])).toBe('2026-12-08T17:00:00.000Z');
});

test('what was left before Christmas is left after it, in Strasbourg a day later', () => {
  // sent Monday 11 December 2028, 9:00: due at the end of Tuesday 26 (Christmas is a Monday), in Strasbourg of Wednesday 27
  const strasbourg = { commune: '67482', startsOn: null };
  expect(answer('2028-12-11T08:00:00.000Z')).toBe('2028-12-26T23:00:00.000Z');
  expect(answer('2028-12-11T08:00:00.000Z', [], strasbourg)).toBe('2028-12-27T23:00:00.000Z');
  // stopped from Friday 22, 12:00, to Tuesday 26, 12:00: a business day in Nantes; half a one in Strasbourg
  const stop = { from: '2028-12-22T11:00:00.000Z', until: '2028-12-26T11:00:00.000Z' };
  expect(answer('2028-12-11T08:00:00.000Z', [stop])).toBe('2028-12-27T23:00:00.000Z');
  expect(answer('2028-12-11T08:00:00.000Z', [stop], strasbourg)).toBe('2028-12-28T11:00:00.000Z');
});

test('stops that overlap cost once; one that comes after the deadline, or lies in another, costs nothing', () => {
  const wide = { from: '2026-11-24T09:00:00.000Z', until: '2026-11-25T09:00:00.000Z' };
  const late = { from: '2026-11-24T21:00:00.000Z', until: '2026-11-25T15:00:00.000Z' };
  const inside = { from: '2026-11-24T10:00:00.000Z', until: '2026-11-24T11:00:00.000Z' };
  const after = { from: '2027-01-04T09:00:00.000Z', until: '2027-01-05T09:00:00.000Z' };
  const sent = '2026-11-23T08:00:00.000Z';
  expect(answer(sent, [wide])).toBe('2026-12-08T23:00:00.000Z');
  expect(answer(sent, [late, inside, after, wide])).toBe('2026-12-09T05:00:00.000Z');
});

const instant = fc
  .date({ min: new Date('2025-01-01'), max: new Date('2029-01-01'), noInvalidDate: true })
  .map((date) => date.toISOString());
const place = fc.constantFrom('44109', '67482').map(calendarOf);
const stopsFrom = fc.array(
  fc.tuple(fc.integer({ min: 0, max: 30 * 24 * 60 }), fc.integer({ min: 0, max: 20 * 24 * 60 })),
  { maxLength: 5 },
);
const after = (from: string, minutes: number) => new Date(Date.parse(from) + minutes * 60_000).toISOString();

test('whatever stops it, exactly the time that was given runs until the deadline, and not one hour less', () => {
  fc.assert(
    fc.property(instant, fc.integer({ min: 1, max: 15 }), stopsFrom, place, (from, days, drawn, calendar) => {
      const stops = drawn.map(([start, length]) => ({ from: after(from, start), until: after(from, start + length) }));
      const time = businessTime(from, withinBusinessDays(from, days, calendar), calendar);
      const due = runsOut(from, time, stops, calendar);
      expect(ranBetween(from, due, stops, calendar)).toBe(time);
      expect(ranBetween(from, after(due, -1), stops, calendar)).toBeLessThan(time);
    }),
    { numRuns: 150 },
  );
}); // prettier-ignore

test('hours counted one by one, by the wall and outside every stop, agree', () => {
  const inHours = fc.array(fc.tuple(fc.integer({ min: 0, max: 300 }), fc.integer({ min: 0, max: 120 })), { maxLength: 4 });
  fc.assert(
    fc.property(instant, fc.integer({ min: 1, max: 400 }), inHours, place, (at, hours, drawn, calendar) => {
      const from = `${at.slice(0, 13)}:00:00.000Z`;
      const nth = (count: number) => after(from, count * 60);
      const stops = drawn.map(([start, length]) => ({ from: nth(start), until: nth(start + length) }));
      let counted = 0;
      for (let each = 0; each < hours; each++) {
        const stopped = stops.some((stop) => stop.from <= nth(each) && nth(each) < stop.until);
        if (!stopped && isBusinessDay(parisDay(nth(each)), calendar)) counted++;
      }
      return ranBetween(from, nth(hours), stops, calendar) === counted * hour;
    }),
    { numRuns: 60 },
  );
}); // prettier-ignore

test('without a stop the deadline is the end of the last of so many business days', () => {
  fc.assert(
    fc.property(instant, fc.integer({ min: 1, max: 15 }), (from, days) => {
      const time = businessTime(from, withinBusinessDays(from, days), france);
      return parisDay(after(runsOut(from, time, [], france), -1)) === addBusinessDays(parisDay(from), days);
    }),
    { numRuns: 60 },
  );
});
