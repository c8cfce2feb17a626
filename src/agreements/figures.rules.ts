import type { SiaeKind } from '../offers/offer.rules.ts';
import { plusDays } from '../placements/placement.rules.ts';

interface AnnualHours {
  siaeKind: SiaeKind;
  /** First day on which it holds. */
  from: string;
  hours: number;
}

/**
 * Hours a year that make one full-time equivalent, by the kind of structure: of the State’s post aid since the reform of
 * 2014 (ACI: hours paid; the others: hours worked). Another value is another line, from its day on.
 */
export const annualHours: readonly AnnualHours[] = [
  { siaeKind: 'ACI', from: '2014-01-01', hours: 1820 },
  { siaeKind: 'EI', from: '2014-01-01', hours: 1505 },
  { siaeKind: 'AI', from: '2014-01-01', hours: 1607 },
  { siaeKind: 'ETTI', from: '2014-01-01', hours: 1600 },
  { siaeKind: 'EITI', from: '2019-01-01', hours: 1505 },
];

/** What holds for a kind on a day; null where nothing does. */
export function annualHoursOn(siaeKind: SiaeKind | null, day: string): number | null {
  const held = annualHours.filter((line) => line.siaeKind === siaeKind && line.from <= day);
  return held.toSorted((one, other) => (one.from < other.from ? 1 : -1))[0]?.hours ?? null;
}

/** Until when people are counted whose figures are read anew each day: from one day to the next none tells who came or left. */
export function lastMonthEnd(today: string): string {
  return plusDays(`${today.slice(0, 8)}01`, -1);
}

/** The twelve months before a session, of what a dossier covers. */
export const yearBefore = (on: string) => ({ from: plusDays(on, -365), to: plusDays(on, -1), own: false });

/** The same for who left; while the session is to come, until the end of the last month. */
export function leavingBefore(on: string, today: string) {
  const year = yearBefore(on);
  return on > today ? { ...year, to: [year.to, lastMonthEnd(today)].sort()[0]! } : year;
}

/** Calendar months of which at least a day lies between these: hours are told by the month. */
export function monthsBetween(first: string, last: string): number {
  const [from, to] = [first, last].map((day) => Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)));
  return to! - from! + 1;
}

interface Declared {
  hours: number;
  annual: number | null;
  first: string;
  last: string;
}

/** The hours told, as full-time equivalents over the months they were told for; to the hundredth. */
export function declaredFte({ hours, annual, first, last }: Declared): number | null {
  if (annual === null) return null;
  return Math.round(((hours / annual) * 12 * 100) / monthsBetween(first, last)) / 100;
}

export interface Counted<Code extends string> {
  code: Code;
  count: number;
}

interface Cell<Code extends string> {
  code: Code;
  /** Null, with all of its group, where one of them would tell of too few people. */
  count: number | null;
}

/** Of people by a characteristic, who funds an action reads no count below this (docs/domain.md §12). */
export const threshold = 5;

/**
 * Counts that add up to a known total are told whole or not at all: where one is of so few people that it would tell of one, none
 * is. To leave out some would tell, by which they are, what they can be.
 */
export function suppressed<Code extends string>(counts: readonly Counted<Code>[]): Cell<Code>[] {
  const few = counts.some(({ count }) => count > 0 && count < threshold);
  return counts.map(({ code, count }) => ({ code, count: few ? null : count }));
}
