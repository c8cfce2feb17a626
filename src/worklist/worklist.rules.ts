import { addBusinessDays, endOfDay } from '../kernel/calendar.ts';
import { addDays, parisDay } from '../kernel/clock.ts';
import { invalid } from '../kernel/refusal.ts';

/** Business days within which a deadline is soon (docs/domain.md §8). */
const soon = 3;
/** How far back a look goes when nobody says since when, and at most. */
const usualDaysBack = 7;
const mostDaysBack = 366;
/** Calendar days before their end in which contracts, passes, grants and agreements are listed. */
export const endingDays = { contracts: 30, passes: 90, grants: 30, agreements: 90 } as const;
/** Calendar days before its day in which a review of an engagement is listed. */
export const reviewDays = 14;

/** Since when changes are told: what was asked, within a year, and never from the future. */
export function sinceWhen(asked: string | null | undefined, now: string): string {
  if (asked == null) return addDays(now, -usualDaysBack);
  if (asked > now) throw invalid('since', 'FUTURE');
  const earliest = addDays(now, -mostDaysBack);
  return asked < earliest ? earliest : asked;
}

/** The instant until which a deadline is soon: the end of the third business day from today. */
export function soonUntil(now: string): string {
  return endOfDay(addBusinessDays(parisDay(now), soon));
}
