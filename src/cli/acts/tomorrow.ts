import type { Act } from './act.ts';
import { partnersMap } from './partners.ts';

interface Unmet {
  unmetNeeds: {
    need: string;
    people: number;
    topConstraint: string;
    communes: { commune: { code: string; name: string } }[];
  }[];
  offers: { nodes: { id: string }[] };
}

interface Simulated {
  simulate: {
    newlyPlaceable: { totalCount: number; nodes: { constraintToday: string | null }[] };
    atOnce: number;
  };
}

/** Nantes Métropole. */
const epci = '244400404';

export const tomorrow: Act = {
  at: '4:35',
  title: 'And tomorrow (council)',
  async play(stage, sees) {
    const { council, today } = stage;
    const { unmetNeeds, offers } = await council.ask<Unmet>(
      `query ($territory: String!, $month: String!) { unmetNeeds(territory: $territory, month: $month) { need people topConstraint
        communes { commune { code name } } } offers(filter: { kinds: [MOBILITY] }, first: 1) { nodes { id } } }`,
      { territory: epci, month: today.slice(0, 7) },
    );
    const mobility = sees.needs(unmetNeeds.find(({ need }) => need === 'MOBILITE'), 'everybody has a way to get there');
    sees.that(mobility.people > 0, `mobility: ${mobility.people} people without a reachable place (${mobility.topConstraint})`);
    const { commune } = sees.needs(mobility.communes[0], 'nobody of them lives anywhere');
    const { simulate } = await council.ask<Simulated>(
      `query ($vacancies: [DraftPlaces!]!) { simulate(vacancies: $vacancies) {
        newlyPlaceable(first: 3) { totalCount nodes { constraintToday } } atOnce } }`,
      { vacancies: [{ offer: offers.nodes[0]?.id, commune: commune.code, places: 4 }] },
    );
    const { newlyPlaceable, atOnce } = simulate;
    sees.that(
      newlyPlaceable.totalCount > 0 && atOnce === Math.min(4, newlyPlaceable.totalCount),
      `4 places in ${commune.name} would make ${newlyPlaceable.totalCount} people placeable, ${atOnce} at once`,
    );
    const { lines, silent } = await partnersMap(stage);
    sees.that(silent.length === 0, `the map of partners, each with an act of its own, none a label${silent.map((kind) => `; not ${kind}`).join('')}`);
    for (const line of lines) sees.that(true, line);
  },
}; // prettier-ignore
