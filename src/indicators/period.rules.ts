import { Temporal } from 'temporal-polyfill';
import { invalid } from '../kernel/refusal.ts';

export interface Asked {
  year?: number | null;
  month?: string | null;
  from?: string | null;
  to?: string | null;
}

/** From one day to another, both included. */
export interface Span {
  from: string;
  to: string;
}

const mostDays = 3_660;

/** A year, a month by any of its days, or two days: one of the three. */
export function spanOf({ year, month, from, to }: Asked): Span {
  const given = [year, month, from ?? to].filter((each) => each != null).length;
  if (given !== 1) throw invalid('period', given ? 'ONE_OF' : 'REQUIRED', given ? { fields: 'year, month, from' } : {});
  if (year != null) return yearOf(year);
  if (month != null) return monthOf(month);
  if (from == null || to == null) throw invalid(from == null ? 'period.from' : 'period.to', 'REQUIRED');
  if (to < from) throw invalid('period.to', 'DATES_REVERSED');
  if (to > Temporal.PlainDate.from(from).add({ days: mostDays }).toString())
    throw invalid('period.to', 'TOO_LONG', { years: 10 });
  return { from, to };
} // prettier-ignore

function yearOf(year: number): Span {
  if (year < 2000 || year > 2100) throw invalid('period.year', 'RANGE', { least: 2000, most: 2100 });
  return { from: `${year}-01-01`, to: `${year}-12-31` };
}

/** The whole month of a day. */
export function monthOf(day: string): Span {
  const first = Temporal.PlainDate.from(day).with({ day: 1 });
  return { from: first.toString(), to: first.add({ months: 1 }).subtract({ days: 1 }).toString() };
}

/** The year a span is, exactly; null for any other. */
export function wholeYear({ from, to }: Span): number | null {
  return from.endsWith('-01-01') && to === `${from.slice(0, 4)}-12-31` ? Number(from.slice(0, 4)) : null;
}

/** Nothing is counted after the day at which one looks. */
export function until({ from, to }: Span, day: string): Span {
  return { from, to: to < day ? to : day };
}

/** Whether months can be counted whole: the last one may be under way. */
export function inMonths(asked: Span): boolean {
  return asked.from.endsWith('-01') && asked.to === monthOf(asked.to).to;
}
