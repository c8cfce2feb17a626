import type { Verdict } from '../eligibility/verdict.rules.ts';
import { FrenchLevel, type Licence, type TimeBand } from '../people/profile.rules.ts';
import type { KnownOf } from './known.rules.ts';

/** What a person can do, against what a place asks: each answers what is lacking, or null while nobody knows. */

/** A licence for a heavier vehicle includes the car's (code de la route R221-4). */
export const withCar: readonly Licence[] = ['BE', 'C1', 'C1E', 'C', 'CE', 'D1', 'D1E', 'D', 'DE'];

export function licencesLacking(asked: readonly Licence[], held: KnownOf['licences']): Licence[] | null {
  if (held === null) return null;
  const car = held.some((each) => withCar.includes(each));
  return asked.filter((each) => !held.includes(each) && !(each === 'B' && car));
}

const levels = Object.keys(FrenchLevel).filter((level) => level !== 'UNKNOWN') as FrenchLevel[];

/** The level asked for, where the person's is below. */
export function levelLacking(asked: FrenchLevel, known: FrenchLevel | null): FrenchLevel[] | null {
  if (known === null || known === 'UNKNOWN') return null;
  return levels.indexOf(known) < levels.indexOf(asked) ? [asked] : [];
}

/** Every part of the day or week the work falls on must suit; who named none is free at any. */
export function bandsLacking(asked: readonly TimeBand[], free: KnownOf['timeBands']): TimeBand[] | null {
  if (free === null) return null;
  return free.length === 0 ? [] : asked.filter((each) => !free.includes(each));
}

export function verdictOf(lacking: readonly unknown[] | null): Verdict {
  if (lacking === null) return 'UNKNOWN';
  return lacking.length ? 'FAIL' : 'PASS';
}
