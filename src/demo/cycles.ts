import type { Session } from '../vacancies/session.rules.ts';
import type { OfferTemplate } from './offers.data.ts';
import type { Timeline } from './timeline.ts';

/** One morning a week, the same group from beginning to end; other sessions name their first and last day alone. */
export function cycleOf(
  time: Timeline,
  { takes, service, weeks = 8 }: OfferTemplate,
  start: number,
): Session[] {
  if (takes !== 'SESSION' || service !== 'atelier') return [];
  return Array.from({ length: weeks + 1 }, (_, week) => ({
    on: time.day(start + 7 * week),
    from: '09:30',
    to: '12:00',
  }));
}
