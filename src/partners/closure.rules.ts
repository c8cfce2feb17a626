import { addBusinessDays, type Calendar, type Days } from '../kernel/calendar.ts';
import { invalid, Refusal } from '../kernel/refusal.ts';
import { type Vocabulary, vocabulary } from '../kernel/vocabulary.ts';

export const ClosureReason = vocabulary({
  HOLIDAYS: 'Annual holidays (congés annuels)',
  WORKS: 'Works, or moving house (travaux, déménagement)',
  TRAINING: 'The staff are being trained (formation des équipes)',
  STAFF_ABSENT: 'Nobody is there to answer (absence)',
  OTHER: 'Another reason (autre)',
});
export type ClosureReason = Vocabulary<typeof ClosureReason>;

export const longestClosure = 45;
/** Whoever is closed longer takes its offers out of the catalogue, or suspends them. */
export const mostClosedInAYear = 60;
const dayLength = 86_400_000;

/** A closure that is still to come, not too long, beside the others of the same place. */
export function checkClosure(asked: Days, others: readonly Days[], today: string): void {
  const { from, to } = asked;
  if (from < today) throw invalid('from', 'PAST');
  if (to < from) throw invalid('to', 'DATES_REVERSED');
  if (length(asked) > longestClosure) throw invalid('to', 'CLOSED_TOO_LONG', { days: longestClosure });
  const met = others.find((other) => other.from <= to && from <= other.to);
  if (met) throw invalid('from', 'OVERLAP', { until: met.to });
  const sameYear = others.filter((other) => other.from.slice(0, 4) === from.slice(0, 4));
  if ([asked, ...sameYear].reduce((total, each) => total + length(each), 0) > mostClosedInAYear)
    throw invalid('to', 'CLOSED_TOO_OFTEN', { days: mostClosedInAYear });
}

function length({ from, to }: Days): number {
  return (Date.parse(to) - Date.parse(from)) / dayLength + 1;
}

/** What becomes of a closure that is taken back: one that has begun ends today, for today was told to be closed. */
export function cancelled({ from, to }: Days, today: string, now: string) {
  if (to < today) throw new Refusal('TOO_LATE');
  return from > today ? { cancelledAt: now } : { toDay: today };
}

/** The first day on which somebody answers again; null when nobody is closed today. */
export function answersFrom(today: string, closed: readonly Days[], calendar: Calendar): string | null {
  if (!closed.some(({ from, to }) => from <= today && today <= to)) return null;
  return addBusinessDays(today, 1, { ...calendar, closed });
}
