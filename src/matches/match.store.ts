import { comparing } from '../db/disclosures.ts';
import type { Reader } from '../db/reader.ts';
import type { Connected } from '../graphql/connection.ts';
import { cut } from '../graphql/cut.ts';
import type { Batch } from '../graphql/loaders.ts';
import { parisDay } from '../kernel/clock.ts';
import type { PageRequest } from '../kernel/page.ts';
import type { Scale } from '../matching/score.rules.ts';
import { programmeOn } from '../programme/programme.store.ts';
import type { Side } from './between.rules.ts';
import { betweenThem } from './between.store.ts';
import { matchFrom, type Match } from './matched.rules.ts';
import { noteFew, peopleKnown } from './person-known.store.ts';
import { placesAsking } from './place-asking.store.ts';
import { standsAt } from './standing.rules.ts';
import { candidatesFor, suggestedFor, type Pairing } from './shortlist.store.ts';

export const same = (key: object) => JSON.stringify(key);

/** One pair; null where the person’s profile is not open to the viewer, or the vacancy is not. */
export const matchOf: Batch<Pairing, Match | null> = {
  same,
  load: async (reader, pairs) => {
    const matches = await matched(reader, pairs);
    return pairs.map(({ person, vacancy }) => matches.get(`${person} ${vacancy}`) ?? null);
  },
};

/** The best first of those who fit, or of whom nothing says that they do not; of equals the nearer, then the one registered first. */
export function ranked(matches: readonly Match[], by: 'personId' | 'vacancyId'): Match[] {
  return matches
    .filter(({ feasible, referred }) => feasible && !referred)
    .map((match) => ({ match, at: standsAt(match, match[by]) }))
    .sort((one, other) => (one.at < other.at ? -1 : 1))
    .map(({ match }, at) => ({ ...match, rank: at + 1 }));
} // prettier-ignore

export interface Listed {
  of: string;
  page: PageRequest;
}

/** The vacancies that fit a person best; null where their profile is not open to the viewer. */
export const suggestionsOf: Batch<Listed, Connected<Match> | null> = {
  same,
  async load(reader, asked) {
    const people = await peopleKnown(reader, ids(asked));
    const pairs = await suggestedFor(reader, [...people.values()], await scaleOn(reader));
    // whom they are about is shown by asking; nothing is learnt of anybody else
    const matches = await matched(comparing(reader), pairs);
    return asked.map(({ of, page }) =>
      people.has(of) ? cut(ranked(about(matches, 'personId', of), 'vacancyId'), placed('vacancyId'), page, of) : null,
    );
  },
}; // prettier-ignore

/** The people who fit a vacancy best, of those the viewer follows as far as their profile. */
export const candidatesOf: Batch<Listed, Connected<Match>> = {
  same,
  async load(reader, asked) {
    const standings = await candidatesRanked(reader, ids(asked));
    const pages = asked.map(({ of, page }) => {
      const all = standings.get(of) ?? [];
      const list = cut(all, placed('personId'), page, of);
      list.totalCount = () => counted(reader, all);
      return list;
    });
    const shown = pages.flatMap(({ nodes }) => nodes.map(({ personId }) => personId));
    // read again, to be noted: these are shown, the others were only compared with
    if (shown.length) await peopleKnown(reader, [...new Set(shown)]);
    return pages;
  },
};

const placed = (by: 'personId' | 'vacancyId') => (match: Match) => standsAt(match, match[by]);

async function counted(reader: Reader, matches: readonly Match[]): Promise<number> {
  await noteFew(reader, [matches.map(({ personId }) => personId)]);
  return matches.length;
}

export async function candidatesRanked(
  reader: Reader,
  vacancies: readonly string[],
): Promise<Map<string, Match[]>> {
  const quiet = comparing(reader);
  const places = await placesAsking(quiet, vacancies);
  const pairs = await candidatesFor(quiet, [...places.values()], await scaleOn(reader));
  const matches = await matched(quiet, pairs);
  return new Map(vacancies.map((id) => [id, ranked(about(matches, 'vacancyId', id), 'personId')]));
}

const ids = (asked: readonly Listed[]) => [...new Set(asked.map(({ of }) => of))];

function about(matches: ReadonlyMap<string, Match>, side: 'personId' | 'vacancyId', id: string): Match[] {
  return [...matches.values()].filter((match) => match[side] === id);
}

/** Judges and weighs pairs: people, places, what is between them and the programme, each read once for all. */
async function matched(reader: Reader, pairs: readonly Pairing[]): Promise<Map<string, Match>> {
  const people = await peopleKnown(reader, [...new Set(pairs.map(({ person }) => person))]);
  const places = await placesAsking(reader, [...new Set(pairs.map(({ vacancy }) => vacancy))]);
  const sides = pairs.flatMap(({ person, vacancy }): Side[] => {
    const both = { person: people.get(person), place: places.get(vacancy) };
    return both.person && both.place ? [both as Side] : [];
  });
  const matches = await judgedAll(reader, sides);
  return new Map(matches.map((match) => [`${match.personId} ${match.vacancyId}`, match]));
}

/** A match for each, in their order. */
export async function judgedAll(reader: Reader, sides: readonly Side[]): Promise<Match[]> {
  const between = await betweenThem(reader, sides);
  const scale = await scaleOn(reader);
  const today = parisDay(reader.now);
  return sides.map((side, at) => matchFrom(side, between[at]!, { scale, today }));
}

/** Before the first edition of the programme nothing weighs: every score is 0. */
export async function scaleOn(reader: Reader): Promise<Scale> {
  const [edition] = await programmeOn.load(reader, [parisDay(reader.now)]);
  return edition ?? { weights: [], priorityPublics: [] };
}
