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
  { startedOn, endedOn, today }: Span & { today: string },
): void {
  const first = monthOf(month);
  checkPast('month', first, today);
  const last = Temporal.PlainDate.from(first).add({ months: 1 }).subtract({ days: 1 }).toString();
  const from = first > startedOn ? first : startedOn;
  const until = [last, endedOn ?? today].sort()[0]!;
  if (last < startedOn) throw invalid('month', 'BEFORE_START', { startedOn });
  if (until < from) throw invalid('month', 'RECORDED_OUTSIDE', { day: first });
  const days =
    Temporal.PlainDate.from(from).until(Temporal.PlainDate.from(until), { largestUnit: 'days' }).days + 1;
  if (!(worked >= 0 && worked <= days * 24)) throw invalid('worked', 'RANGE', { least: 0, most: days * 24 });
}
