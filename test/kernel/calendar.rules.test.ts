import fc from 'fast-check';
import {
  addBusinessDays,
  calendarOf,
  easter,
  france,
  isBusinessDay,
  isHoliday,
  withinBusinessDays,
} from '../../src/kernel/calendar.ts';

const alsace = { alsaceMoselle: true };

test('Easter falls where the almanac says', () => {
  const years = { 2024: '03-31', 2025: '04-20', 2026: '04-05', 2027: '03-28', 2038: '04-25', 2049: '04-18' };
  for (const [year, day] of Object.entries(years))
    expect(easter(Number(year)).toString()).toBe(`${year}-${day}`);
});

test('the eleven public holidays of 2026 are no business days, and no other weekday is missing', () => {
  const holidays = [
    '2026-01-01', '2026-04-06', '2026-05-01', '2026-05-08', '2026-05-14', '2026-05-25', '2026-07-14',
    '2026-08-15', '2026-11-01', '2026-11-11', '2026-12-25',
  ]; // prettier-ignore
  const found: string[] = [];
  for (let day = Date.UTC(2026, 0, 1); day <= Date.UTC(2026, 11, 31); day += 86_400_000) {
    const text = new Date(day).toISOString().slice(0, 10);
    if (isHoliday(text)) found.push(text);
  }
  expect(found).toEqual(holidays);
});

test('Good Friday and 26 December are holidays in Alsace and Moselle alone', () => {
  for (const day of ['2026-04-03', '2028-12-26']) {
    expect(isBusinessDay(day, france)).toBe(true);
    expect(isBusinessDay(day, alsace)).toBe(false);
  }
  expect(['57463', '67482', '68066', '44109', null].map((commune) => calendarOf(commune).alsaceMoselle)).toEqual(
    [true, true, true, false, false],
  ); // prettier-ignore
});

test('a delay of business days passes over weekends and holidays', () => {
  expect(addBusinessDays('2026-11-23', 3)).toBe('2026-11-26');
  expect(addBusinessDays('2026-11-27', 1)).toBe('2026-11-30');
  expect(addBusinessDays('2026-12-24', 1)).toBe('2026-12-28');
  expect(addBusinessDays('2026-05-13', 2)).toBe('2026-05-18'); // Ascension, then the weekend
});

test('a delay ends with the day in Paris, winter and summer', () => {
  expect(withinBusinessDays('2026-11-23T08:00:00.000Z', 3)).toBe('2026-11-26T23:00:00.000Z');
  expect(withinBusinessDays('2026-07-06T08:00:00.000Z', 1)).toBe('2026-07-07T22:00:00.000Z');
  // half past eleven at night in Paris is still that day, whatever UTC says
  expect(withinBusinessDays('2026-07-06T21:30:00.000Z', 1)).toBe('2026-07-07T22:00:00.000Z');
});

test('every delay ends on a business day, and counts exactly its business days', () => {
  const day = fc.date({ min: new Date('2020-01-01'), max: new Date('2040-01-01'), noInvalidDate: true });
  fc.assert(
    fc.property(day, fc.integer({ min: 1, max: 40 }), fc.boolean(), (date, count, alsaceMoselle) => {
      const from = date.toISOString().slice(0, 10);
      const to = addBusinessDays(from, count, { alsaceMoselle });
      let counted = 0;
      for (let at = Date.parse(from) + 86_400_000; at <= Date.parse(to); at += 86_400_000)
        if (isBusinessDay(new Date(at).toISOString().slice(0, 10), { alsaceMoselle })) counted++;
      return counted === count && isBusinessDay(to, { alsaceMoselle });
    }),
    { numRuns: 200 },
  );
});
