import { bindingOf, excludes, isFeasible, judgedOf, type Judged } from '../matching/judged.rules.ts';
import { reasonsOf, scoreOf, type Reason, type Scale } from '../matching/score.rules.ts';
import type { BetweenThem, Side } from './between.rules.ts';

/** A person and a vacancy, judged and weighed as far as the viewer may know. */
export interface Match {
  personId: string;
  vacancyId: string;
  feasible: boolean;
  score: number;
  reasons: Reason[];
  rules: Judged[];
  binding: Judged | null;
  /** In the list it stands in; null where it stands in none. */
  rank: number | null;
  metres: number | null;
  /** How many places are left; null: not counted. */
  free: number | null;
  referred: boolean;
}

/** By the same rules and weights whoever asks: a list, an explanation, a run. */
export function matchFrom(
  { person, place }: Side,
  { referred, ...between }: BetweenThem,
  { scale, today }: { scale: Scale; today: string },
): Match {
  const pair = { person, place, between, today };
  const rules = judgedOf(pair);
  const reasons = reasonsOf(pair, scale);
  const { metres } = between;
  const { free } = place;
  return {
    ...{ personId: person.id, vacancyId: place.id, feasible: isFeasible(rules), score: scoreOf(reasons) },
    ...{ reasons, rules, binding: bindingOf(rules), rank: null, metres, free, referred },
  };
}

/** The score alone, of very many pairs; null where a rule excludes it. */
export function scoreFrom(
  { person, place }: Side,
  between: BetweenThem,
  { scale, today }: { scale: Scale; today: string },
): number | null {
  const pair = { person, place, between, today };
  return excludes(pair) ? null : scoreOf(reasonsOf(pair, scale));
}
