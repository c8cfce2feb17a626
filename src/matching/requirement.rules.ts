import { invalid } from '../kernel/refusal.ts';
import type { FrenchLevel, Licence, TimeBand } from '../people/profile.rules.ts';

/** What a place asks of who comes, beyond the publics and hours it states itself: nothing where empty or null. */
export interface Asked {
  /** Each of them. */
  licences: readonly Licence[];
  /** At least. */
  frenchLevel: FrenchLevel | null;
  /** The parts of the day or week the work falls on, each of them. */
  timeBands: readonly TimeBand[];
}

/** What an offer or vacancy says of its own: on a vacancy, null is what its offer says. */
export interface Said {
  licences: readonly Licence[] | null;
  frenchLevel: FrenchLevel | null;
  timeBands: readonly TimeBand[] | null;
}

export function saidOf({ licences, frenchLevel, timeBands }: Partial<Said>): Said {
  const once = <T>(list: readonly T[] | null | undefined) => (list ? [...new Set(list)] : null);
  return { licences: once(licences), frenchLevel: frenchLevel ?? null, timeBands: once(timeBands) };
}

/** A level nobody knows cannot be asked for. */
export function checkSaid({ frenchLevel }: Said): void {
  if (frenchLevel === 'UNKNOWN') throw invalid('frenchLevel', 'LEVEL_UNKNOWN');
}

/** A vacancy asks what its offer asks, save where it says otherwise. */
export function askedBy(offer: Said | null, vacancy: Said | null): Asked {
  return {
    licences: vacancy?.licences ?? offer?.licences ?? [],
    frenchLevel: vacancy?.frenchLevel ?? offer?.frenchLevel ?? null,
    timeBands: vacancy?.timeBands ?? offer?.timeBands ?? [],
  };
}
