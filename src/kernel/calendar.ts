import { Temporal } from 'temporal-polyfill';
import { parisDay } from './clock.ts';

/** The working calendar of the programme: deadlines are counted in business days of Paris. */
export interface Calendar {
  /** Whether the two holidays of local law count too: Good Friday and 26 December (Alsace, Moselle). */
  alsaceMoselle: boolean;
  /** Days on which whoever must act is closed; they are no business days to them. */
  closed?: readonly Days[];
}

/** Days from the first to the last, both of them meant. */
export interface Days {
  from: string;
  to: string;
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
const dayLength = 86_400_000;
const known = new Map<string, ReadonlySet<string>>();

/** The holidays of a year; worked out once, for a deadline asks about each day on its way. */
function holidaysOf(year: string, { alsaceMoselle }: Calendar): ReadonlySet<string> {
  const key = `${year}${alsaceMoselle ? ' Alsace-Moselle' : ''}`;
  let days = known.get(key);
  if (!days) {
    const sunday = easter(Number(year));
    const after = (count: number) => sunday.add({ days: count }).toString();
    const local = alsaceMoselle ? [`${year}-12-26`, after(-2)] : [];
    days = new Set([...fixed.map((each) => `${year}-${each}`), ...movable.map(after), ...local]);
    known.set(key, days);
  }
  return days;
}

export function isHoliday(day: string, calendar: Calendar = france): boolean {
  return holidaysOf(day.slice(0, 4), calendar).has(day);
}

export function isBusinessDay(day: string, calendar: Calendar = france): boolean {
  const weekday = new Date(Date.parse(day)).getUTCDay();
  return weekday !== 0 && weekday !== 6 && !isHoliday(day, calendar) && !isClosed(day, calendar);
}

function isClosed(day: string, { closed = [] }: Calendar): boolean {
  return closed.some(({ from, to }) => from <= day && day <= to);
}

/** Worked out once, as the ends are: a thousand clocks walk over the same days. */
function dayAfter(day: string): string {
  let next = after.get(day);
  if (!next) after.set(day, (next = new Date(Date.parse(day) + dayLength).toISOString().slice(0, 10)));
  return next;
}

/** The day that comes so many business days after this one, which is not counted itself. */
export function addBusinessDays(day: string, count: number, calendar: Calendar = france): string {
  let date = day;
  for (let left = count; left > 0;) {
    date = dayAfter(date);
    if (isBusinessDay(date, calendar)) left--;
  }
  return date;
}

/** The instant at which a day is over in Paris: the next midnight there. Worked out once: deadlines crowd on few days. */
export function endOfDay(day: string): string {
  let end = ends.get(day);
  if (!end) {
    const next = Temporal.PlainDate.from(day).add({ days: 1 }).toZonedDateTime('Europe/Paris');
    end = new Date(next.epochMilliseconds).toISOString();
    if (ends.size < mostEnds) ends.set(day, end);
  }
  return end;
}
const ends = new Map<string, string>();
const after = new Map<string, string>();
const mostEnds = 5_000;

/** What must be done within so many business days of an instant: until the end of the last of them. */
export function withinBusinessDays(instant: string, count: number, calendar: Calendar = france): string {
  return endOfDay(addBusinessDays(parisDay(instant), count, calendar));
}

/** How many milliseconds of business days lie between two instants; none when the second comes first. */
export function businessTime(from: string, to: string, calendar: Calendar = france): number {
  let time = 0;
  for (let [at, day] = [from, parisDay(from)]; at < to; day = dayAfter(day)) {
    const over = endOfDay(day);
    const end = over < to ? over : to;
    if (isBusinessDay(day, calendar)) time += Date.parse(end) - Date.parse(at);
    at = end;
  }
  return time;
}

/** The first instant by which so many milliseconds of business days have passed. */
export function afterBusinessTime(from: string, time: number, calendar: Calendar = france): string {
  let [at, left, day] = [from, time, parisDay(from)];
  for (; left > 0; day = dayAfter(day)) {
    const over = endOfDay(day);
    if (isBusinessDay(day, calendar)) {
      const within = Date.parse(over) - Date.parse(at);
      if (within >= left) return new Date(Date.parse(at) + left).toISOString();
      left -= within;
    }
    at = over;
  }
  return at;
}
