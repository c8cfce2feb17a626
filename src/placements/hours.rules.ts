import { Temporal } from 'temporal-polyfill';
import { invalid } from '../kernel/refusal.ts';
import { checkPast } from './placement.rules.ts';

export interface Span {
  startedOn: string;
  endedOn: string | null;
}

export function monthOf(day: string): string {
  return `${day.slice(0, 7)}-01`;
}

/** A month that has begun and in which the placement ran, and no more hours than its days there have. */
export function checkWorked(
  { month, worked }: { month: string; worked: number },
  span: Span & { today: string },
): void {
  const first = monthOf(month);
  checkPast('month', first, span.today);
  const { startedOn } = span;
  if (lastOf(first) < startedOn) throw invalid('month', 'BEFORE_START', { startedOn });
  const days = daysWithin(first, span);
  if (days === 0) throw invalid('month', 'RECORDED_OUTSIDE', { day: first });
  if (!(worked >= 0 && worked <= days * 24)) throw invalid('worked', 'RANGE', { least: 0, most: days * 24 });
}

/** New dates of a placement, and which of them was given. */
export interface Dated extends Span {
  field: 'startedOn' | 'endedOn';
}

/** What is on record of a placement: hours by month, and the days on which somebody came. */
export interface OnRecord {
  hours: readonly { month: string; worked: number }[];
  came: readonly string[];
}

/** Whoever moves the dates first takes back the hours that would fall outside, or not fit into the days that are left. */
export function checkStillWithin(
  { hours, came }: OnRecord,
  { field, ...span }: Dated & { today: string },
): void {
  const { startedOn, endedOn } = span;
  const outside =
    hours.find(({ month, worked }) => worked > daysWithin(month, span) * 24)?.month ??
    came.find((day) => day < startedOn || (endedOn !== null && day > endedOn));
  if (outside) throw invalid(field, 'RECORDED_OUTSIDE', { day: outside });
}

function lastOf(first: string): string {
  return Temporal.PlainDate.from(first).add({ months: 1 }).subtract({ days: 1 }).toString();
}

/** How many days of the month that begins on this one the placement ran, as far as they have come. */
function daysWithin(first: string, { startedOn, endedOn, today }: Span & { today: string }): number {
  const from = first > startedOn ? first : startedOn;
  const until = [lastOf(first), endedOn ?? today].sort()[0]!;
  if (until < from) return 0;
  return (
    Temporal.PlainDate.from(from).until(Temporal.PlainDate.from(until), { largestUnit: 'days' }).days + 1
  );
}
