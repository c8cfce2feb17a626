import { comparing } from '../db/disclosures.ts';
import type { Reader } from '../db/reader.ts';
import { parisDay } from '../kernel/clock.ts';
import { judgedOf } from '../matching/judged.rules.ts';
import type { Pair, PlaceAsking } from '../matching/pair.rules.ts';
import { knownCommune } from '../territory/commune.store.ts';
import type { Side } from './between.rules.ts';
import { betweenThem } from './between.store.ts';
import { peopleReadOf } from './concerned.store.ts';
import { placeOf, type DraftFacts } from './draft.rules.ts';
import { peopleKnown, pointOf } from './person-known.store.ts';
import { offersAsking } from './place-asking.store.ts';
import { oneByOne } from './simulation.store.ts';

/** What an offer asks today, and what it would. */
export interface Draft {
  now: PlaceAsking;
  then: PlaceAsking;
}

/** Ids of people whom the rules exclude, or do not, today and then; in the order of their ids. */
export interface Preview {
  comesIn: string[];
  dropsOut: string[];
  stays: string[];
  /** Of those not excluded then, whom a rule would leave a question about. */
  toAsk: string[];
}

/** The same rules as of any match, over whoever might go there. Nobody compared is noted. */
export async function previewed(reader: Reader, { now, then }: Draft): Promise<Preview> {
  const quiet = comparing(reader);
  const people = await peopleKnown(quiet, await peopleReadOf(quiet, [now, then]));
  const of = [...people.values()];
  const pairs = await pairsOf(
    quiet,
    [now, then].flatMap((place) => of.map((person) => ({ person, place }))),
  );
  const verdicts = await oneByOne(pairs, (pair) => judgedOf(pair).map(({ verdict }) => verdict));
  const sides = of.map(({ id }, at) => {
    const after = verdicts[at + of.length]!;
    const [fitsNow, fitsThen] = [verdicts[at]!, after].map((each) => !each.includes('FAIL'));
    return { id, fitsNow, fitsThen, unknown: after.includes('UNKNOWN') };
  });
  const who = (meant: (side: (typeof sides)[number]) => boolean) => sides.filter(meant).map(({ id }) => id);
  return {
    comesIn: who(({ fitsNow, fitsThen }) => Boolean(fitsThen && !fitsNow)),
    dropsOut: who(({ fitsNow, fitsThen }) => Boolean(fitsNow && !fitsThen)),
    stays: who(({ fitsNow, fitsThen }) => Boolean(fitsNow && fitsThen)),
    toAsk: who(({ fitsThen, unknown }) => Boolean(fitsThen && unknown)),
  };
}

async function pairsOf(reader: Reader, sides: readonly Side[]): Promise<Pair[]> {
  const between = await betweenThem(reader, sides);
  const today = parisDay(reader.now);
  return sides.map((side, at) => ({ ...side, between: between[at]!, today }));
}

/** Null where the offer is not for the viewer. */
export async function draftOf(
  reader: Reader,
  offer: string,
  rule: Partial<DraftFacts>,
): Promise<Draft | null> {
  const asking = (await offersAsking(reader, [offer])).get(offer);
  if (!asking) return null;
  const commune = rule.commune == null ? null : await knownCommune(reader, rule.commune, 'rule.commune');
  const now = { ...asking, open: true };
  const anew = { ...now, licences: [], frenchLevel: null, timeBands: [] };
  return { now, then: placeOf({ ...rule, places: null }, 0, { like: anew, point: commune && pointOf(commune) }) };
} // prettier-ignore
