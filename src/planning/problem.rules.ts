import type { AssignmentProblem } from '../matching/problem.rules.ts';
import { betweenOf, type BetweenFacts } from '../matches/between.rules.ts';
import { scoreFrom } from '../matches/matched.rules.ts';
import type { PersonKnown, PlaceAsking } from '../matching/pair.rules.ts';
import type { Scale } from '../matching/score.rules.ts';
import type { Terms } from './run.rules.ts';

/** What a run rests on: all that its author may know of people and places when it begins. Plain data. */
export interface RunFacts {
  people: readonly PersonKnown[];
  places: readonly PlaceAsking[];
  between: BetweenFacts;
  scale: Scale;
  /** By person; who has none is in no referent's number. */
  referents: ReadonlyMap<string, string>;
  /** Whom a placement that leaves room for no other keeps: they are not placed again. */
  placed: readonly string[];
  /** Lines that stand already, with the place they hold if they hold one. */
  fixed: readonly FixedLine[];
}

export interface FixedLine {
  person: string;
  place: string;
  score: number;
  holdsPlace: boolean;
}

/** One pair that may be: neither a rule excludes it, nor is the person referred there. */
export interface PossiblePair {
  person: string;
  place: string;
  score: number;
}

/** More could not be weighed in the time and memory there is. */
export const mostPossible = 1_500_000;

export class TooManyPairs extends Error {
  override name = 'TooManyPairs';
}

/** The problem of a run, in one order whatever the order of its input. */
export function problemOf(facts: RunFacts, terms: Terms): AssignmentProblem {
  const people = facts.people.map(({ id }) => id).sort();
  const groups = { ...publicsOf(facts, terms), ...referentsOf(facts, terms) };
  return {
    ...{ people, places: placesOf(facts), scores: possiblePairs(facts), groups },
    caps: capsOf(facts.places, terms),
    floors: terms.floors.map(({ public: group, least }) => ({ group, min: least })).sort(byGroup),
    ceilings: [
      ...terms.ceilings.map(({ public: group, most }) => ({ group, max: most })),
      ...Object.keys(referentsOf(facts, terms)).map((group) => ({ group, max: terms.mostPerReferent! })),
    ].sort(byGroup),
    fixed: facts.fixed.map(({ person, place }) => ({ person, place })),
  };
}

/** By the rules and weights of `explainMatch`; a line that stands is possible whatever has become of it since. */
function possiblePairs({ people, places, between, scale, placed, fixed }: RunFacts): PossiblePair[] {
  const elsewhere = new Set(placed);
  const standing = new Map(fixed.map((line) => [line.person, line]));
  const { today } = between;
  const ordered = [...places].sort(byId);
  const possible: PossiblePair[] = [];
  for (const person of [...people].sort(byId)) {
    const line = standing.get(person.id);
    if (line) possible.push({ person: line.person, place: line.place, score: line.score });
    if (line || elsewhere.has(person.id)) continue;
    for (const place of ordered) {
      const side = { person, place };
      const there = betweenOf(between, side);
      const score = there.referred ? null : scoreFrom(side, there, { scale, today });
      if (score !== null) possible.push({ person: person.id, place: place.id, score });
    }
    if (possible.length > mostPossible) throw new TooManyPairs(`over ${mostPossible} pairs are possible`);
  }
  return possible;
}

/** What is free, and what the lines that stand hold of it already; a place nobody counts is there for all. */
function placesOf({ people, places, fixed }: RunFacts): { id: string; capacity: number }[] {
  return [...places].sort(byId).map(({ id, free, open }) => {
    const here = fixed.filter(({ place }) => place === id);
    if (free === null) return { id, capacity: people.length };
    const held = here.filter(({ holdsPlace }) => holdsPlace).length;
    return { id, capacity: Math.max(here.length, (open ? Math.max(0, free) : 0) + held) };
  });
}

function capsOf(places: readonly PlaceAsking[], { mostPerOrganisation, organisations }: Terms) {
  const said = new Map(organisations.map(({ organisation, most }) => [organisation, most]));
  const all = [...new Set(places.map(({ organisationId }) => organisationId))].sort();
  return all.flatMap((organisation) => {
    const max = said.get(organisation) ?? mostPerOrganisation;
    const own = places.filter(({ organisationId }) => organisationId === organisation).map(({ id }) => id);
    return max === null ? [] : [{ places: own.sort(), max }];
  });
}

/** Who is of each public a floor or a ceiling names, as far as any verdict may rest on it. */
function publicsOf({ people }: RunFacts, { floors, ceilings }: Terms): Record<string, string[]> {
  const named = [...new Set([...floors, ...ceilings].map((each) => each.public))].sort();
  return Object.fromEntries(
    named.map((each) => [
      each,
      people
        .filter(({ situations }) => situations.includes(each))
        .map(({ id }) => id)
        .sort(),
    ]),
  );
}

/** The people of each referent, where their number is limited; the name of no public. */
function referentsOf({ people, referents }: RunFacts, { mostPerReferent }: Terms): Record<string, string[]> {
  if (mostPerReferent === null) return {};
  const of = new Map<string, string[]>();
  for (const { id } of [...people].sort(byId)) {
    const referent = referents.get(id);
    if (referent) of.set(`referent ${referent}`, [...(of.get(`referent ${referent}`) ?? []), id]);
  }
  return Object.fromEntries([...of].sort());
}

const compare = (one: string, other: string) => (one < other ? -1 : one > other ? 1 : 0);
const byId = (one: { id: string }, other: { id: string }) => compare(one.id, other.id);
const byGroup = (one: { group: string }, other: { group: string }) => compare(one.group, other.group);
