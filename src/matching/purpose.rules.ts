import type { NeedTheme } from '../people/need.rules.ts';
import type { PersonKnown, PlaceAsking } from './pair.rules.ts';
import { needsMet } from './score.rules.ts';

/**
 * What somebody would go to a place for: `SOUGHT`, a trade they wish or the kind of action they seek; else the theme of an
 * open need, of those that weigh in a match.
 */
export type Purpose = 'SOUGHT' | NeedTheme;

type Wanting = Pick<PersonKnown, 'wishedTrades' | 'soughtKind' | 'needs'>;
export type Offering = Pick<PlaceAsking, 'kind' | 'trades' | 'thematiques'>;

export function purposesOf({ wishedTrades, soughtKind, needs }: Wanting): Purpose[] {
  const sought: Purpose[] = wishedTrades.length || soughtKind ? ['SOUGHT'] : [];
  return [...sought, ...themes(needs ?? [])];
}

/** Those of them that such a place would serve. */
export function purposesServed(person: Wanting, place: Offering): Purpose[] {
  const sought: Purpose[] = isSought(person, place) ? ['SOUGHT'] : [];
  return [...sought, ...themes(needsMet(person.needs ?? [], place))];
}

function isSought({ wishedTrades, soughtKind }: Wanting, { trades, kind }: Offering): boolean {
  return soughtKind === kind || trades.some((each) => wishedTrades.includes(each));
}

const themes = (needs: readonly { theme: string }[]) => [
  ...new Set(needs.map(({ theme }) => theme as NeedTheme)),
];
