import { excludes, judgedOf, rulesInOrder } from './judged.rules.ts';
import type { Pair, PersonKnown, PlaceAsking } from './pair.rules.ts';
import type { Purpose } from './purpose.rules.ts';
import { answersByKind, themesAnswered } from './score.rules.ts';
import type { MatchRule } from './verdict.rules.ts';

/** The places there are, found by what they would serve: nobody is held against all of them. */
export class Supply {
  private readonly found = new Map<string, PlaceAsking[]>();

  constructor(places: readonly PlaceAsking[]) {
    for (const place of places)
      for (const key of new Set(keysOf(place))) {
        if (!this.found.has(key)) this.found.set(key, []);
        this.found.get(key)!.push(place);
      }
  }

  /** Those `purposesServed` would name; one may come twice. */
  *serving(person: PersonKnown, purpose: Purpose): Generator<PlaceAsking> {
    for (const key of keysFor(person, purpose)) yield* this.found.get(key) ?? [];
  }
}

function keysOf(place: PlaceAsking): string[] {
  const { kind, trades, thematiques } = place;
  return [
    ...[kind, ...trades, ...thematiques].map((code) => `of ${code}`),
    ...themesAnswered(place).flatMap((theme) => [
      `on ${theme}`,
      ...(answersByKind(place, theme) ? [`by kind ${theme}`] : []),
    ]),
  ];
}

/** A need told in full is served by its kind, or by what it tells; one told by its theme alone by the theme. */
function keysFor({ wishedTrades, soughtKind, needs }: PersonKnown, purpose: Purpose): string[] {
  if (purpose === 'SOUGHT') return [...wishedTrades, ...(soughtKind ? [soughtKind] : [])].map((code) => `of ${code}`);
  return (needs ?? []).flatMap(({ theme, thematique }) => {
    if (theme !== purpose) return [];
    return thematique === null ? [`on ${theme}`] : [`of ${thematique}`, `by kind ${theme}`];
  });
} // prettier-ignore

/** What there is between a person and a place, and the day they are judged on. */
export type Paired = (person: PersonKnown, place: PlaceAsking) => Pair;

export function isServed(person: PersonKnown, purpose: Purpose, supply: Supply, paired: Paired): boolean {
  for (const place of supply.serving(person, purpose)) if (!excludes(paired(person, place))) return true;
  return false;
}

/**
 * What keeps somebody from every place that would serve: the rule that alone stands before most of them, else, where each is
 * kept by several, the one that stands before most; of equals what binds first. Null: nothing of the kind is offered.
 */
export function lackOf(person: PersonKnown, places: Iterable<PlaceAsking>, paired: Paired): MatchRule | null {
  const failing = [...new Set(places)].map((place) =>
    judgedOf(paired(person, place)).flatMap(({ rule, verdict }) => (verdict === 'FAIL' ? [rule] : [])),
  );
  return mostOften(failing.filter((rules) => rules.length === 1).flat()) ?? mostOften(failing.flat());
} // prettier-ignore

function mostOften(rules: readonly MatchRule[]): MatchRule | null {
  const count = (rule: MatchRule) => rules.filter((each) => each === rule).length;
  const [first] = rulesInOrder
    .filter((rule) => rules.includes(rule))
    .sort((one, other) => count(other) - count(one));
  return first ?? null;
}
