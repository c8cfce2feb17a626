import { Temporal } from 'temporal-polyfill';
import { type Calendar, isHoliday } from '../kernel/calendar.ts';
import { invalid } from '../kernel/refusal.ts';
import { type Vocabulary, vocabulary } from '../kernel/vocabulary.ts';
import { checkTimes, type Session } from './session.rules.ts';

export const Weekday = vocabulary({
  MONDAY: 'Monday (lundi)',
  TUESDAY: 'Tuesday (mardi)',
  WEDNESDAY: 'Wednesday (mercredi)',
  THURSDAY: 'Thursday (jeudi)',
  FRIDAY: 'Friday (vendredi)',
  SATURDAY: 'Saturday (samedi)',
  SUNDAY: 'Sunday (dimanche)',
});
export type Weekday = Vocabulary<typeof Weekday>;

/** How many sessions one series opens at most. */
export const mostInSeries = 60;
const mostMonths = 24;
const mostWeeksApart = 8;

/** Days of the week from one day to another, both included: every week, or every so many counted from the first one. */
export interface WeeklyRule {
  weekdays: readonly Weekday[];
  from: string;
  until: string;
  everyWeeks?: number | null;
  /** Public holidays are left out unless this says otherwise. */
  onHolidays?: boolean | null;
  /** When the provider is closed. */
  except?: readonly { from?: string | null; to?: string | null }[] | null;
}

export interface SeriesDays {
  dates?: readonly string[] | null;
  weekly?: WeeklyRule | null;
  from?: string | null;
  to?: string | null;
}

/** The sessions of a series, in order: on the dates given, or by the weekly rule. */
export function sessionsOfSeries({ dates, weekly, from = null, to = null }: SeriesDays, calendar: Calendar): Session[] {
  if ((dates == null) === (weekly == null)) throw invalid('dates', 'ONE_OF');
  checkTimes({ from, to });
  const days = dates != null ? datesMeant(dates) : datesOf(weekly!, calendar);
  return days.map((on) => ({ on, from, to }));
} // prettier-ignore

function datesMeant(dates: readonly string[]): string[] {
  if (dates.length === 0) throw invalid('dates', 'REQUIRED');
  if (dates.length > mostInSeries) throw invalid('dates', 'TOO_MANY', { most: mostInSeries });
  for (const [at, date] of dates.entries())
    if (dates.indexOf(date) < at) throw invalid(`dates.${at}`, 'TWICE');
  return [...dates].sort();
}

const weekdays = Object.keys(Weekday);

/** The days a weekly rule names; none, or more than a series holds, is refused. */
export function datesOf(rule: WeeklyRule, calendar: Calendar): string[] {
  checkRule(rule);
  const until = Temporal.PlainDate.from(rule.until);
  const first = Temporal.PlainDate.from(rule.from);
  const monday = first.subtract({ days: first.dayOfWeek - 1 });
  const found: string[] = [];
  for (let day = first; Temporal.PlainDate.compare(day, until) <= 0; day = day.add({ days: 1 })) {
    const weeks = Math.floor(monday.until(day).days / 7);
    if (weeks % (rule.everyWeeks ?? 1) !== 0 || !isNamed(rule, day, calendar)) continue;
    if (found.length === mostInSeries) throw invalid('weekly', 'TOO_MANY', { most: mostInSeries });
    found.push(day.toString());
  }
  if (found.length === 0) throw invalid('weekly', 'NO_DAY_LEFT');
  return found;
}

function checkRule({ weekdays, from, until, everyWeeks }: WeeklyRule): void {
  if (weekdays.length === 0) throw invalid('weekly.weekdays', 'REQUIRED');
  if (until < from) throw invalid('weekly.until', 'DATES_REVERSED');
  if (until > Temporal.PlainDate.from(from).add({ months: mostMonths }).toString())
    throw invalid('weekly.until', 'MONTHS', { most: mostMonths });
  if (everyWeeks != null && !(everyWeeks >= 1 && everyWeeks <= mostWeeksApart))
    throw invalid('weekly.everyWeeks', 'RANGE', { least: 1, most: mostWeeksApart });
}

function isNamed(rule: WeeklyRule, day: Temporal.PlainDate, calendar: Calendar): boolean {
  const on = day.toString();
  if (!rule.weekdays.includes(weekdays[day.dayOfWeek - 1] as Weekday)) return false;
  if (!rule.onHolidays && isHoliday(on, calendar)) return false;
  return !rule.except?.some(({ from, to }) => on >= (from ?? '') && on <= (to ?? '9999'));
}
