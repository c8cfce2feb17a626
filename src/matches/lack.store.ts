import { comparing } from '../db/disclosures.ts';
import type { Reader } from '../db/reader.ts';
import { purposesOf, purposesServed, type Purpose } from '../matching/purpose.rules.ts';
import { isServed, lackOf, Supply } from '../matching/supply.rules.ts';
import type { MatchRule } from '../matching/verdict.rules.ts';
import { peopleOf, underWay } from './concerned.store.ts';
import { noteFew, peopleKnown } from './person-known.store.ts';
import { placesOffered } from './place-asking.store.ts';
import { grouped } from './simulation.rules.ts';
import { oneByOne, pairing } from './simulation.store.ts';

export interface Lack {
  person: string;
  purpose: Purpose;
  /** Null: nothing of the kind is offered. */
  constraint: MatchRule | null;
}

export interface Lacking {
  /** How many people were looked at. */
  of: number;
  lacks: Lack[];
}

/** What people of a territory seek or need, without anything under way for it, and no place serves; by what binds. */
export async function lackingIn(reader: Reader, territory: string): Promise<Lacking> {
  const quiet = comparing(reader);
  const people = await peopleKnown(quiet, await peopleOf(quiet, territory));
  const ids = [...people.keys()];
  const places = await placesOffered(quiet);
  const sent = await underWay(quiet, ids);
  const paired = await pairing(quiet, ids, places);
  const supply = new Supply(places);
  const lacks = await oneByOne([...people.values()], (person) => {
    const settled = (sent.get(person.id) ?? []).flatMap((offer) => purposesServed(person, offer));
    return purposesOf(person)
      .filter((purpose) => !settled.includes(purpose) && !isServed(person, purpose, supply, paired))
      .map((purpose) => ({
        ...{ person: person.id, purpose },
        constraint: lackOf(person, supply.serving(person, purpose), paired),
      }));
  });
  return { of: ids.length, lacks: lacks.flat() };
}

/** Counted by need and constraint, the most people first; of equals by code. Where they are few they are noted. */
export async function countedLacks(reader: Reader, { lacks }: Lacking) {
  const groups = [...grouped(lacks, ({ purpose, constraint }) => [`${purpose} ${constraint ?? ''}`]).values()];
  await noteFew(reader, groups.map((group) => group.map(({ person }) => person)));
  return groups.map((group) => {
    const [{ purpose, constraint }] = group as [Lack];
    return { need: purpose === 'SOUGHT' ? null : purpose, constraint, people: group.length };
  });
} // prettier-ignore
