import { Temporal } from 'temporal-polyfill';
import { invalid } from '../kernel/refusal.ts';
import { Funder, type Amount } from './terms.rules.ts';

/** What an agreement did on its days of a year, and who pays how much for all of it. */
export interface Shared {
  amounts: readonly Amount[];
  /** All its days. */
  from: string;
  to: string;
  /** Those of them counted. */
  first: string;
  last: string;
  fundedFte: number | null;
  occupiedFte: number;
  declaredHours: number;
}

export interface FunderShare {
  funder: Funder;
  agreements: number;
  cents: number;
  fundedFte: number;
  occupiedFte: number;
  declaredHours: number;
}

export interface YearOf {
  from: string;
  to: string;
}

/** A year, until today where it has not ended; none to come. */
export function yearUntil(year: number, today: string): YearOf {
  if (year < 2000 || year > 2100) throw invalid('year', 'RANGE', { least: 2000, most: 2100 });
  const [from, to] = [`${year}-01-01`, `${year}-12-31`];
  if (from > today) throw invalid('year', 'FUTURE');
  return { from, to: to < today ? to : today };
}

const days = (from: string, to: string) =>
  Temporal.PlainDate.from(from).until(Temporal.PlainDate.from(to)).days + 1;

/**
 * What each funder's money went to: of an agreement that several pay, each has its share of posts and hours by what it pays. Money falls
 * evenly on the days of an agreement; equivalents are averaged over the days of the year. An agreement without money is nobody's.
 */
export function byFunder(shared: readonly Shared[], year: YearOf): FunderShare[] {
  const whole = days(year.from, year.to);
  return (Object.keys(Funder) as Funder[]).flatMap((funder) => {
    const parts = shared.flatMap((each) => {
      const paid = each.amounts.find((amount) => amount.funder === funder)?.cents ?? 0;
      if (!paid) return [];
      const all = each.amounts.reduce((sum, { cents }) => sum + cents, 0);
      const counted = days(each.first, each.last);
      const of = (fte: number) => (paid / all) * ((fte * counted) / whole);
      return [{ cents: (paid * counted) / days(each.from, each.to), fundedFte: of(each.fundedFte ?? 0), occupiedFte: of(each.occupiedFte), declaredHours: (paid / all) * each.declaredHours }];
    });
    if (!parts.length) return [];
    const sum = (key: keyof (typeof parts)[number]) => parts.reduce((total, part) => total + part[key], 0);
    const hundredth = (value: number) => Math.round(value * 100) / 100;
    const [fundedFte, occupiedFte, declaredHours] = (['fundedFte', 'occupiedFte', 'declaredHours'] as const).map((key) => hundredth(sum(key)));
    return [{ funder, agreements: parts.length, cents: Math.round(sum('cents')), fundedFte: fundedFte!, occupiedFte: occupiedFte!, declaredHours: declaredHours! }];
  });
} // prettier-ignore
