import type { Batch } from '../graphql/loaders.ts';
import { candidatesRanked, matchOf, ranked, same } from './match.store.ts';
import type { Match } from './matched.rules.ts';
import type { Pairing } from './shortlist.store.ts';

/** Where a person stands among those the viewer follows who fit a vacancy: numbers, and of nobody else any name. */
export interface Standing {
  rank: number | null;
  of: number;
  /** The score of the last of them for whom a place is left; null where places are not counted, or reach for all. */
  cutoff: number | null;
}

export const standingOf: Batch<Pairing, Standing> = {
  same,
  async load(reader, pairs) {
    const standings = [];
    const matches = await matchOf.load(reader, pairs);
    const all = await candidatesRanked(reader, [...new Set(pairs.map(({ vacancy }) => vacancy))]);
    for (const [at, { person, vacancy }] of pairs.entries()) {
      const others = (all.get(vacancy) ?? []).filter(({ personId }) => personId !== person);
      standings.push(standingAmong(others, matches[at] ?? null));
    }
    return standings;
  },
};

function standingAmong(others: readonly Match[], match: Match | null): Standing {
  const stands = match?.feasible ? [{ ...match, referred: false }] : [];
  const all = ranked([...others, ...stands], 'personId');
  const free = match?.free ?? null;
  return {
    rank: all.find(({ personId }) => personId === match?.personId)?.rank ?? null,
    of: all.length,
    cutoff: free === null || free < 1 || all.length <= free ? null : all[free - 1]!.score,
  };
}
