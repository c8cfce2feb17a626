import { Temporal } from 'temporal-polyfill';
import { invalid } from '../kernel/refusal.ts';
import { type Vocabulary, vocabulary } from '../kernel/vocabulary.ts';
import type { NeedTheme } from '../people/need.rules.ts';
import type { OfferKind } from '../programme/offer-kind.rules.ts';

export const UnmetConstraint = vocabulary({
  NOTHING_OFFERED: 'No offer of the catalogue answers it, wherever (aucune offre)',
  FULL: 'What answers it within reach has no place left (complet)',
  TOO_FAR: 'There are places, none within the person’s reach (trop loin)',
});
export type UnmetConstraint = Vocabulary<typeof UnmetConstraint>;

const work: readonly OfferKind[] = ['INSERTION_WORKSITE', 'INSERTION_ENTERPRISE_JOB', 'JOB', 'IMMERSION'];

interface Answering {
  kinds: readonly OfferKind[];
  /** The category of the data·inclusion thématiques that speak of it. */
  category: string;
}

/** What answers a need: offers of these kinds, and of any kind under a thématique of this category. */
export const answering: Record<NeedTheme, Answering> = {
  LOGEMENT: { kinds: ['HOUSING'], category: 'logement-hebergement' },
  EMPLOI: { kinds: work, category: 'trouver-un-emploi' },
  FORMATION: { kinds: ['QUALIFYING_TRAINING'], category: 'se-former' },
  DIFFICULTE_ADMINISTRATIVE: { kinds: ['RIGHTS_AND_LEGAL'], category: 'difficultes-administratives-ou-juridiques' },
  DIFFICULTE_FINANCIERE: { kinds: ['BUDGET'], category: 'difficultes-financieres' },
  MOBILITE: { kinds: ['MOBILITY'], category: 'mobilite' },
  SANTE: { kinds: ['HEALTH'], category: 'sante' },
  CONTRAINTES_FAMILIALES: { kinds: ['CHILDCARE', 'CHILDREN_EDUCATION'], category: 'famille' },
  MAITRISE_LANGUE: { kinds: ['LITERACY'], category: 'lecture-ecriture-calcul' },
  NUMERIQUE: { kinds: ['DIGITAL'], category: 'numerique' },
  CHOISIR_UN_METIER: { kinds: ['IMMERSION'], category: 'choisir-un-metier' },
  SE_FORMER: { kinds: ['QUALIFYING_TRAINING'], category: 'se-former' },
  PREPARER_SA_CANDIDATURE: { kinds: [], category: 'preparer-sa-candidature' },
  TROUVER_UN_EMPLOI: { kinds: work, category: 'trouver-un-emploi' },
  CREER_UNE_ENTREPRISE: { kinds: [], category: 'creer-une-entreprise' },
  S_OUVRIR_A_L_INTERNATIONAL: { kinds: [], category: 'souvrir-a-linternational' },
}; // prettier-ignore

/** How far somebody goes of whom nothing is said: an hour and a half by public transport. */
export const usualReachMetres = 30_000;

export interface Month {
  from: string;
  to: string;
  /** Whether it is the present one, in which it is known what is free. */
  present: boolean;
}

/** A month written `2026-11`, of the five years past; none to come. */
export function monthAsked(month: string, today: string): Month {
  if (!/^\d{4}-(0[1-9]|1[0-2])$/.test(month)) throw invalid('month', 'MONTH');
  const from = Temporal.PlainYearMonth.from(month);
  const present = Temporal.PlainDate.from(today).toPlainYearMonth();
  if (Temporal.PlainYearMonth.compare(from, present) > 0) throw invalid('month', 'FUTURE');
  if (Temporal.PlainYearMonth.compare(from, present.subtract({ years: 5 })) < 0) throw invalid('month', 'TOO_OLD');
  const day = (of: number) => from.toPlainDate({ day: of }).toString();
  return { from: day(1), to: day(from.daysInMonth), present: from.equals(present) };
} // prettier-ignore

/** What the statement answers: how many people of a commune have a need that a constraint leaves without a place. */
export interface UnmetLine {
  need: NeedTheme;
  commune: string | null;
  constraint: UnmetConstraint;
  people: number;
}

export interface Unmet {
  need: NeedTheme;
  people: number;
  topConstraint: UnmetConstraint;
  communes: { commune: string; people: number }[];
}

/** Need by need, the most people first; of equals by code, so that the order is always the same. */
export function gathered(lines: readonly UnmetLine[]): Unmet[] {
  const needs = [...new Set(lines.map(({ need }) => need))];
  const all = needs.map((need): Unmet => {
    const own = lines.filter((line) => line.need === need);
    const communes = most(own.filter(({ commune }) => commune !== null), ({ commune }) => commune!);
    return {
      ...{ need, people: own.reduce((sum, { people }) => sum + people, 0) },
      topConstraint: most(own, ({ constraint }) => constraint)[0]!.of,
      communes: communes.map(({ of, people }) => ({ commune: of, people })),
    };
  });
  return all.sort((one, other) => other.people - one.people || (one.need < other.need ? -1 : 1));
} // prettier-ignore

function most<K extends string>(lines: readonly UnmetLine[], of: (line: UnmetLine) => K) {
  const sums = new Map<K, number>();
  for (const line of lines) sums.set(of(line), (sums.get(of(line)) ?? 0) + line.people);
  const found = [...sums].map(([code, people]) => ({ of: code, people }));
  return found.sort((one, other) => other.people - one.people || (one.of < other.of ? -1 : 1));
}
