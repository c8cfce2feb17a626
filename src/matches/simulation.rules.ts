import { excludes } from '../matching/judged.rules.ts';
import type { PersonKnown, PlaceAsking } from '../matching/pair.rules.ts';
import { purposesServed, type Offering, type Purpose } from '../matching/purpose.rules.ts';
import { reasonsOf, scoreOf, type Scale } from '../matching/score.rules.ts';
import { isServed, type Paired, type Supply } from '../matching/supply.rules.ts';
import { standsAt } from './standing.rules.ts';

/** Somebody whom places that are not there yet would serve, and whom nothing serves today. */
export interface Placeable {
  person: PersonKnown;
  /** For what, of what they seek and need. */
  serves: Purpose[];
  /** The places that would, by their number in what was asked; the best for this person first. */
  places: number[];
  score: number;
  metres: number | null;
}

export interface Ground {
  drafts: readonly PlaceAsking[];
  supply: Supply;
  paired: Paired;
  scale: Scale;
}

/**
 * Somebody becomes placeable by a place that no rule excludes them from and that serves something they seek or need which no
 * place of today serves, and for which nothing is under way. Unknown excludes nobody, then as today.
 */
export function placeable(person: PersonKnown, sent: readonly Offering[], ground: Ground): Placeable | null {
  const { drafts, supply, paired } = ground;
  const settled = sent.flatMap((offer) => purposesServed(person, offer));
  const fitting = [...drafts.keys()].filter((at) => purposesServed(person, drafts[at]!).length > 0 && !excludes(paired(person, drafts[at]!)));
  const would = new Set(fitting.flatMap((at) => purposesServed(person, drafts[at]!)));
  const serves = [...would].filter((purpose) => !settled.includes(purpose) && !isServed(person, purpose, supply, paired));
  if (serves.length === 0) return null;
  const weighed = fitting
    .filter((at) => purposesServed(person, drafts[at]!).some((purpose) => serves.includes(purpose)))
    .map((at) => weigh(person, at, ground));
  const [best] = weighed.sort((one, other) => (one.standsAt < other.standsAt ? -1 : 1));
  return { person, serves, places: weighed.map(({ at }) => at), score: best!.score, metres: best!.metres };
} // prettier-ignore

function weigh(person: PersonKnown, at: number, { drafts, paired, scale }: Ground) {
  const pair = paired(person, drafts[at]!);
  const { metres } = pair.between;
  const score = scoreOf(reasonsOf(pair, scale));
  return { at, score, metres, standsAt: standsAt({ score, metres }, String(at).padStart(3, '0')) };
}

/** How many of them there are places for at once: each in one place, none beyond its number (augmenting paths). */
export function heldAtOnce(found: readonly Placeable[], drafts: readonly PlaceAsking[]): number {
  const held = drafts.map((): number[] => []);
  const seat = (who: number, tried: Set<number>): boolean =>
    found[who]!.places.some((at) => {
      if (tried.has(at)) return false;
      tried.add(at);
      const there = held[at]!;
      if (there.length < (drafts[at]!.free ?? Infinity)) return there.push(who) > 0;
      const moved = there.findIndex((each) => seat(each, tried));
      return moved >= 0 && there.splice(moved, 1, who).length > 0;
    });
  return found.filter((_, who) => seat(who, new Set())).length;
}

/** By what they have in common, the most first; of equals by what it is. */
export function grouped<T, K extends string | number>(all: readonly T[], keysOf: (each: T) => readonly K[]): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const each of all)
    for (const key of keysOf(each)) {
      if (!groups.has(key)) groups.set(key, []);
      groups.get(key)!.push(each);
    }
  return new Map([...groups].sort(([one, ones], [other, others]) => others.length - ones.length || (one < other ? -1 : 1)));
} // prettier-ignore
