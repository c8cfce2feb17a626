import { setImmediate } from 'node:timers/promises';
import { comparing } from '../db/disclosures.ts';
import type { Reader } from '../db/reader.ts';
import { parisDay } from '../kernel/clock.ts';
import { found, Refusal } from '../kernel/refusal.ts';
import type { PlaceAsking } from '../matching/pair.rules.ts';
import { Supply, type Paired } from '../matching/supply.rules.ts';
import { communeByCode } from '../territory/commune.store.ts';
import { lookBetween } from './between.store.ts';
import { peopleConcerned, underWay } from './concerned.store.ts';
import { placeOf, type DraftFacts } from './draft.rules.ts';
import { judgedAll, scaleOn } from './match.store.ts';
import type { Match } from './matched.rules.ts';
import { peopleKnown, pointOf } from './person-known.store.ts';
import { offersAsking, placesAsking, placesOffered } from './place-asking.store.ts';
import { placeable, type Ground, type Placeable } from './simulation.rules.ts';
import { standsAt } from './standing.rules.ts';

/** What drafts would change for whoever the viewer follows, worked out once for all that is asked of it. */
export interface Simulated extends Ground {
  found: readonly Placeable[];
}

/** The same number of statements however many people, places and drafts there are. Nobody compared is noted. */
export async function simulated(reader: Reader, facts: readonly DraftFacts[]): Promise<Simulated> {
  const drafts = await draftsOf(reader, facts);
  const quiet = comparing(reader);
  const people = await peopleKnown(quiet, await peopleConcerned(quiet, drafts));
  const places = await placesOffered(quiet);
  const sent = await underWay(quiet, [...people.keys()]);
  const paired = await pairing(quiet, [...people.keys()], [...places, ...drafts]);
  const ground = { drafts, supply: new Supply(places), paired, scale: await scaleOn(reader) };
  const all = await oneByOne([...people.values()], (person) => placeable(person, sent.get(person.id) ?? [], ground));
  return { ...ground, found: all.flatMap((each) => each ?? []).sort(byStanding) };
} // prettier-ignore

const at = (each: Placeable) => standsAt(each, each.person.id);
const byStanding = (one: Placeable, other: Placeable) => (at(one) < at(other) ? -1 : 1);

/** Any of these people beside any of these places. */
export async function pairing(
  reader: Reader,
  people: readonly string[],
  places: readonly PlaceAsking[],
): Promise<Paired> {
  const look = await lookBetween(reader, people, [...new Set(places.map(({ offerId }) => offerId))]);
  const today = parisDay(reader.now);
  return (person, place) => ({ person, place, between: look({ person, place }), today });
}

const atATime = 100;

/** Works through many and lets others be answered in between. */
export async function oneByOne<E, T>(all: readonly E[], work: (each: E) => T): Promise<T[]> {
  const done: T[] = [];
  for (const each of all) {
    if (done.length % atATime === 0) await setImmediate();
    done.push(work(each));
  }
  return done;
}

/** What is not for the viewer is not there to be alike. */
async function draftsOf(reader: Reader, facts: readonly DraftFacts[]): Promise<PlaceAsking[]> {
  const named = (of: (draft: DraftFacts) => string | null | undefined) => facts.flatMap((draft) => of(draft) ?? []);
  const vacancies = await placesAsking(reader, named(({ vacancy }) => vacancy));
  const offers = await offersAsking(reader, named(({ offer }) => offer));
  const communes = await communeByCode.load(reader, named(({ commune }) => commune));
  const pointIn = (code: string) => communes.find((commune) => commune?.code === code);
  return facts.map((draft, number) => {
    const { vacancy, offer, commune } = draft;
    const within = (field: string) => `vacancies.${number}.${field}`;
    const like = vacancy != null
      ? found(vacancies.get(vacancy), within('vacancy'))
      : offer != null ? found(offers.get(offer), within('offer')) : null;
    if (commune != null && !pointIn(commune)) throw new Refusal('UNKNOWN_COMMUNE', { commune }, within('commune'));
    const point = commune == null ? null : pointOf(pointIn(commune)!);
    return placeOf(draft, number, { like, point });
  });
} // prettier-ignore

/** Whom a page shows, in full and noted: each beside the draft that is best for them. */
export async function shownOf(reader: Reader, { drafts, found: all }: Simulated, ids: readonly string[]): Promise<Match[]> {
  const people = await peopleKnown(reader, ids);
  const sides = all.flatMap(({ person: { id }, places: [best] }) => {
    const person = people.get(id);
    return person ? [{ person, place: drafts[best!]! }] : [];
  });
  return judgedAll(comparing(reader), sides);
} // prettier-ignore
