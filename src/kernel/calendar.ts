import { Temporal } from 'temporal-polyfill';
import { parisDay } from './clock.ts';

/** The working calendar of the programme: deadlines are counted in business days of Paris. */
export interface Calendar {
  /** Whether the two holidays of local law count too: Good Friday and 26 December (Alsace, Moselle). */
  alsaceMoselle: boolean;
}

export const france: Calendar = { alsaceMoselle: false };

/** The calendar of a place, by the INSEE code of its commune. */
export function calendarOf(commune: string | null | undefined): Calendar {
  return { alsaceMoselle: /^(57|67|68)/.test(commune ?? '') };
}

/** Easter Sunday by Gauss's rule as Meeus gives it, for any Gregorian year. */
export function easter(year: number): Temporal.PlainDate {
  const a = year % 19;
  const [b, c] = [Math.floor(year / 100), year % 100];
  const f = Math.floor((b + 8) / 25);
  const g = Math.floor((b - f + 1) / 3);
  const h = (19 * a + b - Math.floor(b / 4) - g + 15) % 30;
  const l = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - h - (c % 4)) % 7;
  const m = Math.floor((a + 11 * h + 22 * l) / 451);
  const n = h + l - 7 * m + 114;
  return new Temporal.PlainDate(year, Math.floor(n / 31), (n % 31) + 1);
}

const fixed = ['01-01', '05-01', '05-08', '07-14', '08-15', '11-01', '11-11', '12-25'];
/** Days after Easter Sunday: Easter Monday, Ascension, Whit Monday. */
const movable = [1, 39, 50];

export function isHoliday(day: string, { alsaceMoselle }: Calendar = france): boolean {
  const date = Temporal.PlainDate.from(day);
  if (fixed.includes(day.slice(5))) return true;
  if (alsaceMoselle && day.endsWith('12-26')) return true;
  const sinceEaster = date.since(easter(date.year)).days;
  return movable.includes(sinceEaster) || (alsaceMoselle && sinceEaster === -2);
}

export function isBusinessDay(day: string, calendar: Calendar = france): boolean {
  return Temporal.PlainDate.from(day).dayOfWeek <= 5 && !isHoliday(day, calendar);
}

/** The day that comes so many business days after this one, which is not counted itself. */
export function addBusinessDays(day: string, count: number, calendar: Calendar = france): string {
  let date = Temporal.PlainDate.from(day);
  for (let left = count; left > 0;) {
    date = date.add({ days: 1 });
    if (isBusinessDay(date.toString(), calendar)) left--;
  }
  return date.toString();
}

/** The instant at which a day is over in Paris: the next midnight there. */
export function endOfDay(day: string): string {
  const next = Temporal.PlainDate.from(day).add({ days: 1 }).toZonedDateTime('Europe/Paris');
  return new Date(next.epochMilliseconds).toISOString();
}

/** What must be done within so many business days of an instant: until the end of the last of them. */
export function withinBusinessDays(instant: string, count: number, calendar: Calendar = france): string {
  return endOfDay(addBusinessDays(parisDay(instant), count, calendar));
}
