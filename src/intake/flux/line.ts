import { createHash } from 'node:crypto';
import { holdsNir } from '../../people/nir.rules.ts';
import { checkedNumbers } from '../../people/number.rules.ts';
import type { Adult, Household } from './household.ts';

/** One adult of the file on the way in: who it is by the fund's words, and what becomes of the row. */
export interface Line {
  row: number;
  household: Household;
  adult: Adult;
  /** Fund, household, birth name, first names, birth date. */
  key: string;
  franceTravail: string | null;
}

/** Why a row is refused, where the file as a whole is not. */
export type RowRule = 'NAME' | 'BIRTH_DATE' | 'NIR' | 'TWICE' | 'NO_ADULT';

/** Accents, case and what stands between letters are forgiven, as where people are compared. */
export function folded(name: string): string {
  return name.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replaceAll('œ', 'oe').replaceAll('æ', 'ae').replace(/[^a-z0-9]/g, ''); // prettier-ignore
}

const digest = (...parts: string[]) => createHash('sha256').update(parts.join('|')).digest('base64url');

export function lineOf(row: number, household: Household, adult: Adult): Line {
  const { organism, matricule } = household;
  const name = [folded(adult.birthName), folded(adult.firstNames), adult.birthDate];
  return {
    ...{ row, household, adult },
    key: digest(organism, matricule, ...name),
    franceTravail: wellFormed(adult.franceTravail),
  };
}

function wellFormed(number: string | null): string | null {
  try {
    return checkedNumbers({ franceTravail: number }).franceTravail ?? null;
  } catch {
    return null; // a number of another shape compares nobody: the row goes in without it
  }
}

/** What no record could be made of. */
export function faultOf({ adult, household }: Line, today: string): RowRule | null {
  const texts = [adult.lastName, adult.birthName, adult.firstNames, household.applicationNumber];
  if (texts.slice(0, 3).some((text) => folded(text) === '')) return 'NAME';
  if (adult.birthDate > today || adult.birthDate < '1900-01-01') return 'BIRTH_DATE';
  return texts.some(holdsNir) ? 'NIR' : null;
}

/** Two that share one of these may be one person: they are compared one after the other. */
export function marksOf({ adult, franceTravail }: Line): string[] {
  const names = [adult.birthName, adult.lastName].map((name) => `${adult.birthDate} ${folded(name)}`);
  return franceTravail ? [...names, franceTravail] : names;
}

export function byKey<K, T>(rows: readonly T[], keyOf: (row: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const row of rows) {
    const key = keyOf(row);
    const group = groups.get(key);
    if (group) group.push(row);
    else groups.set(key, [row]);
  }
  return groups;
}
