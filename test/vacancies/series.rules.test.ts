import fc from 'fast-check';
import { calendarOf, isHoliday } from '../../src/kernel/calendar.ts';
import { Refusal } from '../../src/kernel/refusal.ts';
import {
  datesOf,
  mostInSeries,
  sessionsOfSeries,
  Weekday,
  type WeeklyRule,
} from '../../src/vacancies/series.rules.ts';
import { daysOfSessions, sessionsMeant } from '../../src/vacancies/session.rules.ts';

const loire = calendarOf('44109');

function refusalOf(act: () => unknown): string {
  try {
    act();
    return 'DONE';
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return [error.code, error.details.reason, error.field].filter(Boolean).join(' ');
  }
}

describe('the sessions of a workshop', () => {
  const mondays: WeeklyRule = { weekdays: ['MONDAY'], from: '2027-03-01', until: '2027-04-30' };
  const days = (over: Partial<WeeklyRule> = {}, calendar = loire) =>
    datesOf({ ...mondays, ...over }, calendar);

  test('every Monday leaves out Easter Monday, and what the house is closed', () => {
    expect(days()).toEqual(['2027-03-01', '2027-03-08', '2027-03-15', '2027-03-22', '2027-04-05', '2027-04-12', '2027-04-19', '2027-04-26']);
    expect(days({ onHolidays: true })).toContain('2027-03-29');
    const closed = [{ from: '2027-04-10', to: '2027-04-19' }, { to: '2027-03-08' }];
    expect(days({ except: closed })).toEqual(['2027-03-15', '2027-03-22', '2027-04-05', '2027-04-26']);
  }); // prettier-ignore

  test('Good Friday is a holiday at Strasbourg and a Friday at Nantes', () => {
    const fridays = { weekdays: ['FRIDAY' as const], until: '2027-03-31' };
    expect(days(fridays)).toContain('2027-03-26');
    expect(days(fridays, calendarOf('67482'))).not.toContain('2027-03-26');
  });

  test('every second week is counted from the week of the first day, whatever its day', () => {
    const rule = {
      weekdays: ['MONDAY', 'THURSDAY'] as const,
      from: '2027-01-07',
      until: '2027-01-31',
      everyWeeks: 2,
    };
    expect(days(rule)).toEqual(['2027-01-07', '2027-01-18', '2027-01-21']);
  });

  test('each is on a day of the rule, within it, no holiday, once, in order', () => {
    const dayOf = (on: string) => Object.keys(Weekday)[(new Date(on).getUTCDay() + 6) % 7];
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.constantFrom(...Object.values(Weekday)), { minLength: 1, maxLength: 2 }),
        fc.integer({ min: 0, max: 300 }),
        fc.integer({ min: 7, max: 200 }),
        fc.integer({ min: 1, max: 8 }),
        (weekdays, start, length, everyWeeks) => {
          const at = (offset: number) => new Date(Date.UTC(2027, 0, 1 + offset)).toISOString().slice(0, 10);
          const rule = { weekdays, from: at(start), until: at(start + length), everyWeeks };
          let found: string[] = [];
          try {
            found = datesOf(rule, loire);
          } catch (error) {
            if (!(error instanceof Refusal)) throw error;
          }
          expect([...new Set(found)].sort()).toEqual(found);
          expect(found.length).toBeLessThanOrEqual(mostInSeries);
          for (const on of found) {
            expect(on >= rule.from && on <= rule.until && !isHoliday(on)).toBe(true);
            expect(weekdays).toContain(dayOf(on));
          }
        },
      ),
    );
  });

  test.each([
    [{ weekdays: [] }, 'INVALID_INPUT REQUIRED weekly.weekdays'],
    [{ until: '2027-02-28' }, 'INVALID_INPUT DATES_REVERSED weekly.until'],
    [{ until: '2029-03-02' }, 'INVALID_INPUT MONTHS weekly.until'],
    [{ everyWeeks: 0 }, 'INVALID_INPUT RANGE weekly.everyWeeks'],
    [{ until: '2028-06-30' }, 'INVALID_INPUT TOO_MANY weekly'],
    [{ until: '2027-03-01', except: [{}] }, 'INVALID_INPUT NO_DAY_LEFT weekly'],
  ])('a rule %o is refused', (over, answer) => {
    expect(refusalOf(() => days(over))).toBe(answer);
  });

  test.each([
    [{}, 'INVALID_INPUT ONE_OF dates'],
    [{ dates: ['2027-01-04'], weekly: mondays }, 'INVALID_INPUT ONE_OF dates'],
    [{ dates: [] }, 'INVALID_INPUT REQUIRED dates'],
    [{ dates: ['2027-01-04', '2027-01-05', '2027-01-04'] }, 'INVALID_INPUT TWICE dates.2'],
    [{ dates: Array.from({ length: 61 }, (_, at) => `2${100 + at}-01-01`) }, 'INVALID_INPUT TOO_MANY dates'],
    [{ dates: ['2027-01-04'], from: '9:00', to: '11:00' }, 'INVALID_INPUT TIME from'],
    [{ dates: ['2027-01-04'], from: '09:00' }, 'INVALID_INPUT REQUIRED to'],
    [{ dates: ['2027-01-04'], from: '11:00', to: '11:00' }, 'INVALID_INPUT DATES_REVERSED to'],
  ])('days %o are refused', (asked, answer) => {
    expect(refusalOf(() => sessionsOfSeries(asked, loire))).toBe(answer);
  });
});

describe('the sessions of one cycle', () => {
  const morning = { on: '2027-01-04', from: '09:00', to: '12:00' };

  test('stand in the order in which they take place, two on one day if one ends first', () => {
    const afternoon = { on: '2027-01-04', from: '12:00', to: '17:00' };
    const next = { on: '2027-01-11' };
    expect(sessionsMeant([next, afternoon, morning])).toEqual([
      morning,
      afternoon,
      { ...next, from: null, to: null },
    ]);
  });

  test.each([
    [[morning, { ...morning, from: '11:59', to: '14:00' }], 'INVALID_INPUT OVERLAP sessions'],
    [[morning, { on: '2027-01-04' }], 'INVALID_INPUT OVERLAP sessions'],
    [[{ ...morning, to: '24:00' }], 'INVALID_INPUT TIME sessions.0.to'],
    [[morning, { on: '2027-01-05', to: '10:00' }], 'INVALID_INPUT REQUIRED sessions.1.from'],
    [Array.from({ length: 101 }, () => morning), 'INVALID_INPUT TOO_MANY sessions'],
  ])('%o is refused', (sessions, answer) => {
    expect(refusalOf(() => sessionsMeant(sessions))).toBe(answer);
  });

  test('give the vacancy its first and last day, which are not said otherwise', () => {
    const sessions = [morning, { on: '2027-02-01' }];
    const days = { startsOn: '2027-01-04', endsOn: '2027-02-01' };
    expect(daysOfSessions({ sessions }, [])).toEqual(days);
    expect(daysOfSessions({ endsOn: '2027-02-01' }, sessions)).toEqual(days);
    expect(refusalOf(() => daysOfSessions({ sessions, startsOn: '2027-01-05' }, []))).toBe('INVALID_INPUT FOLLOWS_SESSIONS startsOn');
    expect(daysOfSessions({ sessions: [], startsOn: '2027-01-05' }, sessions)).toEqual({ startsOn: '2027-01-05' });
    expect(daysOfSessions({}, [])).toEqual({});
  }); // prettier-ignore
});
