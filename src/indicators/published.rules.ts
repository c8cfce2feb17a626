import { Temporal } from 'temporal-polyfill';
import { type Vocabulary, vocabulary } from '../kernel/vocabulary.ts';
import {
  meanings,
  type IndicatorDimension,
  type IndicatorName,
  type IndicatorUnit,
  type Meaning,
} from './indicator.rules.ts';
import { keptBack, keptBackOverlapping, type Cell, type Rule } from './suppression.rules.ts';

export const TableName = vocabulary({
  BENEFICIARIES_BY_TERRITORY: 'Beneficiaries in an action, by EPCI and commune of over 5,000 inhabitants where they live',
  BENEFICIARIES_BY_KIND: 'Beneficiaries in an action, by kind of offer; a person may stand in several',
  PATHS_ENDED_BY_TERRITORY: 'Beneficiaries whose path ended, with or without a durable job or qualifying training, by EPCI',
  UNMET_NEEDS: 'Needs of people that no place within reach answers, by theme, EPCI and commune of over 5,000 inhabitants where they live',
  HOURS_BY_DOMAIN: 'Hours of work, by what they contribute to: what the programme gave',
  PLACES_BY_KIND: 'Places taken, of those offered, by kind of offer',
  ANSWERS_BY_KIND: 'Referrals answered in time, of those due, by kind of offer',
}); // prettier-ignore
export type TableName = Vocabulary<typeof TableName>;

export const Audience = vocabulary({
  EVERYBODY: 'Every partner: counts of people under 11 are kept back',
  FUNDER: 'The State, which funds the programme with the council: counts of people under 5 are kept back',
});
export type Audience = Vocabulary<typeof Audience>;

export const CellLevel = vocabulary({
  WHOLE: 'The whole programme',
  EPCI: 'An EPCI; OTHER is elsewhere or not known',
  COMMUNE: 'A commune of over 5,000 inhabitants; REST is the others of its EPCI',
  NEED: 'A theme of needs',
  OFFER_KIND: 'A kind of offer',
  CONTRIBUTION_DOMAIN: 'What work contributes to',
  OUTCOME: 'SUCCESS: a durable job or a qualifying training; OTHER: anything else',
});
export type CellLevel = Vocabulary<typeof CellLevel>;

/** Counts of people by a characteristic are kept back under these (docs/domain.md §12), for funders first: who reads both learns no more. */
export const thresholds: readonly (readonly [Audience, number])[] = [
  ['FUNDER', 5],
  ['EVERYBODY', 11],
];

export interface Kept {
  /** The indicator it is a part of; null where it has a meaning of its own. */
  indicator: IndicatorName | null;
  by: readonly IndicatorDimension[];
  /** How its cells hang together; null where they count nobody. */
  people: 'PARTS' | 'OVERLAPPING' | null;
  /** Whether it counts what the State funds: of all else a funder is told no more than anybody. */
  funded: boolean;
}

export const catalogue: Record<TableName, Kept> = {
  BENEFICIARIES_BY_TERRITORY: { indicator: 'BENEFICIARIES_IN_ACTION', by: ['HOME_EPCI', 'HOME_COMMUNE'], people: 'PARTS', funded: true },
  BENEFICIARIES_BY_KIND: { indicator: 'BENEFICIARIES_IN_ACTION', by: ['OFFER_KIND'], people: 'OVERLAPPING', funded: true },
  PATHS_ENDED_BY_TERRITORY: { indicator: 'DURABLE_JOB_OR_QUALIFYING_TRAINING', by: ['HOME_EPCI'], people: 'PARTS', funded: true },
  UNMET_NEEDS: { indicator: null, by: [], people: 'PARTS', funded: false },
  HOURS_BY_DOMAIN: { indicator: 'HOURS_CONTRIBUTED', by: ['CONTRIBUTION_DOMAIN'], people: null, funded: true },
  PLACES_BY_KIND: { indicator: 'PLACES_FILLED', by: ['OFFER_KIND'], people: null, funded: true },
  ANSWERS_BY_KIND: { indicator: 'ANSWERED_IN_TIME', by: ['OFFER_KIND'], people: null, funded: true },
}; // prettier-ignore

type Said = Pick<Meaning, 'territory' | 'fr' | 'en'> & { unit: IndicatorUnit };

const unmet: Said = {
  ...{ unit: 'NEED', territory: 'HOME' },
  fr: 'Besoins ouverts dans le mois (un par personne et par thème) sans orientation en cours vers ce qui y répond ni place à portée de la personne : ce que le catalogue offrait dans le mois, comparé aux déplacements dits, à vol d’oiseau depuis la commune ou, si elle a moins de 5 000 habitants, depuis la plus grande de l’EPCI.',
  en: 'Needs open in the month (one for each person and theme) with no referral under way to what answers them and no place within the person’s reach: what the catalogue offered in the month, held against the travel told, in a straight line from the commune or, where it has under 5,000 inhabitants, from the largest of its EPCI.',
};

/** What a table counts. */
export function meaningOf(name: TableName): Said {
  const { indicator } = catalogue[name];
  return indicator ? meanings[indicator] : unmet;
}

/** Under which count of people a table keeps back for an audience; null where it counts nobody. */
export function thresholdOf(name: TableName, audience: Audience): number | null {
  const { people, funded } = catalogue[name];
  return people && new Map(thresholds).get(funded ? audience : 'EVERYBODY')!;
}

/** A month closes on this day of the next one: what is told late by a few days is in it. */
export const closingDay = 10;
/** How far back a table is published, and published again after a correction. */
export const monthsKept = 24;

/** The last month that has closed, by its first day. */
export function lastClosed(today: string): string {
  const day = Temporal.PlainDate.from(today);
  return day
    .with({ day: 1 })
    .subtract({ months: day.day < closingDay ? 2 : 1 })
    .toString();
}

/** The months a table is published of, the first one first. */
export function monthsTo(last: string): string[] {
  const at = Temporal.PlainDate.from(last);
  return Array.from({ length: monthsKept }, (_, back) =>
    at.subtract({ months: monthsKept - 1 - back }).toString(),
  );
}

/** A cell as it is counted, with its place in the tree. */
export interface Counted {
  level: CellLevel;
  code: string;
  parent: string | null;
  value: number | null;
  of: number | null;
}

export interface Told extends Counted {
  audience: Audience;
}

/** The cells as each audience is told them: null what is kept back. `before` is what earlier editions kept back. */
export function told(name: TableName, cells: readonly Counted[], before: ReadonlyMap<Audience, ReadonlySet<string>>): Told[] {
  const { people } = catalogue[name];
  let hidden: ReadonlySet<string> = new Set();
  return thresholds.flatMap(([audience]) => {
    const threshold = thresholdOf(name, audience);
    if (people && threshold) hidden = hiddenOf(cells, people, { threshold, already: new Set([...hidden, ...(before.get(audience) ?? [])]) });
    return cells.map((cell) => ({ ...cell, audience, ...(hidden.has(cell.code) && { value: null, of: null }) }));
  });
} // prettier-ignore

function hiddenOf(cells: readonly Counted[], people: NonNullable<Kept['people']>, rule: Rule): Set<string> {
  const whole = treeOf(
    cells,
    cells.find(({ parent }) => parent === null)!,
  );
  return people === 'PARTS' ? keptBack(whole, rule) : keptBackOverlapping(whole, rule);
}

function treeOf(cells: readonly Counted[], { code, value }: Counted): Cell {
  const parts = cells.filter(({ parent }) => parent === code).map((part) => treeOf(cells, part));
  return { code, value: value ?? 0, parts };
}
