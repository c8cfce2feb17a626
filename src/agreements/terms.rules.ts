import { Temporal } from 'temporal-polyfill';
import { invalid } from '../kernel/refusal.ts';
import { type Vocabulary, vocabulary } from '../kernel/vocabulary.ts';
import { checkLength } from '../partners/organisation.rules.ts';
import type { AgreementKind } from './agreement.rules.ts';

export const Funder = vocabulary({
  COUNCIL: 'The council (conseil départemental)',
  STATE: 'The State (État)',
  ESF: 'The European Social Fund (FSE+)',
  CAF: 'The family benefits fund (CAF)',
  MSA: 'The farmers’ social fund (MSA)',
  COMMUNE: 'A commune or a group of them (commune, EPCI)',
  CITY_CONTRACT: 'The credits of a city contract (contrat de ville)',
  OTHER: 'Anybody else, own means included (autre)',
});
export type Funder = Vocabulary<typeof Funder>;

export interface Amount {
  funder: Funder;
  cents: number;
}

export interface TermsFacts {
  /** Last day of the agreement. */
  to: string;
  requestedFte: number | null;
  fundedFte: number | null;
  fundedPlaces: number | null;
  committedHours: number | null;
  contractReference: string | null;
  lots: readonly string[];
  amounts: readonly Amount[];
  offers: readonly string[];
  vacancies: readonly string[];
}

const most = {
  years: 10,
  fte: 10_000,
  places: 100_000,
  hours: 10_000_000,
  /** Twenty million euros: beyond what a 32-bit number of cents holds stands nothing a département grants at once. */
  cents: 2_000_000_000,
  covered: 100,
  lots: 50,
} as const;

export function checkTerms(kind: AgreementKind, from: string, terms: TermsFacts): void {
  checkPeriod(from, terms.to);
  checkQuantity('terms.requestedFte', terms.requestedFte, most.fte);
  checkQuantity('terms.fundedFte', terms.fundedFte, most.fte);
  checkQuantity('terms.fundedPlaces', terms.fundedPlaces, most.places);
  checkClause(kind, terms);
  checkAmounts(terms.amounts);
  checkCovered('terms.offers', terms.offers);
  checkCovered('terms.vacancies', terms.vacancies);
}

function checkPeriod(from: string, to: string): void {
  if (to < from) throw invalid('terms.to', 'DATES_REVERSED');
  const latest = Temporal.PlainDate.from(from).add({ years: most.years }).toString();
  if (to > latest) throw invalid('terms.to', 'AGREEMENT_TOO_LONG', { years: most.years });
}

/** A number of posts is told to the hundredth. */
function checkQuantity(field: string, value: number | null, largest: number): void {
  if (value === null) return;
  if (!(value >= 0 && value <= largest)) throw invalid(field, 'RANGE', { least: 0, most: largest });
}

/** What is granted in the end. */
export function checkGranted(granted: { fundedFte?: number | null; fundedPlaces?: number | null }): void {
  checkQuantity('fundedFte', granted.fundedFte ?? null, most.fte);
  checkQuantity('fundedPlaces', granted.fundedPlaces ?? null, most.places);
}

/** Hours committed, the contract and its lots are what a social clause is made of, and no other agreement. */
function checkClause(kind: AgreementKind, { committedHours, contractReference, lots }: TermsFacts): void {
  if (kind !== 'SOCIAL_CLAUSE') {
    if (committedHours !== null) throw invalid('terms.committedHours', 'CLAUSE_ONLY');
    if (contractReference !== null) throw invalid('terms.contractReference', 'CLAUSE_ONLY');
    if (lots.length > 0) throw invalid('terms.lots', 'CLAUSE_ONLY');
    return;
  }
  if (committedHours === null) throw invalid('terms.committedHours', 'REQUIRED');
  checkQuantity('terms.committedHours', committedHours, most.hours);
  if (contractReference !== null) checkLength('terms.contractReference', contractReference, 1, 100);
  if (lots.length > most.lots) throw invalid('terms.lots', 'TOO_MANY', { most: most.lots });
  lots.forEach((lot, at) => checkLength(`terms.lots.${at}`, lot, 1, 100));
}

function checkAmounts(amounts: readonly Amount[]): void {
  const twice = amounts.findIndex(
    ({ funder }, at) => amounts.findIndex((each) => each.funder === funder) < at,
  );
  if (twice >= 0) throw invalid(`terms.amounts.${twice}.funder`, 'TWICE');
  amounts.forEach(({ cents }, at) => {
    const field = `terms.amounts.${at}.cents`;
    if (cents < 0 || cents > most.cents) throw invalid(field, 'RANGE', { least: 0, most: most.cents });
  });
}

function checkCovered(field: string, ids: readonly string[]): void {
  if (ids.length > most.covered) throw invalid(field, 'TOO_MANY', { most: most.covered });
  if (new Set(ids).size < ids.length) throw invalid(field, 'TWICE');
}

interface Before {
  inForceFrom: string;
}

/** An amendment comes into force after the terms it follows, within the days it gives the agreement. */
export function checkAmendment(inForceFrom: string, before: Before, to: string): void {
  if (inForceFrom <= before.inForceFrom)
    throw invalid('inForceFrom', 'AFTER_LAST_TERMS', { from: before.inForceFrom });
  if (inForceFrom > to) throw invalid('inForceFrom', 'DATES_REVERSED');
}

interface Dated {
  inForceFrom: string;
}

/** The terms in force on a day: the last that had begun, or the first while none has. */
export function inForceOn<T extends Dated>(terms: readonly T[], day: string): T {
  return terms.findLast(({ inForceFrom }) => inForceFrom <= day) ?? terms[0]!;
}
