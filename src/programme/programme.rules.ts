import { invalid } from '../kernel/refusal.ts';
import { type Vocabulary, vocabulary } from '../kernel/vocabulary.ts';
import type { TargetPublic } from './public.rules.ts';

export const SustainabilityPurpose = vocabulary({
  ENVIRONMENT: 'Protecting and mending places and resources (environnement)',
  SOCIAL: 'People: bonds, health, housing, rights (social)',
  ECONOMY: 'Work, activity and services on the territory (économie)',
  GOVERNANCE: 'Deciding and working together (gouvernance)',
});
export type SustainabilityPurpose = Vocabulary<typeof SustainabilityPurpose>;

export const Indicator = vocabulary({
  BENEFICIARIES_IN_ACTION:
    'Beneficiaries taking part in an insertion action (bénéficiaires engagés dans une action d’insertion)',
  DURABLE_JOB_OR_QUALIFYING_TRAINING:
    'Beneficiaries who, at the end of their path, obtained a durable job or a qualifying training (sortie vers l’emploi durable ou la formation qualifiante)',
});
export type Indicator = Vocabulary<typeof Indicator>;

/** What a match is made of; none reads sex, origin, family, health, nor age beyond the publics the law names. */
export const MatchCriterion = vocabulary({
  WISH: 'The person wishes this very action or trade (souhait)',
  TRADE: 'The trade is close to those the person knows or wishes (proximité du métier)',
  TRAVEL: 'It is near, by the way the person travels (trajet)',
  NEEDS: 'It answers needs the person stated (besoins)',
  HOURS: 'Its hours fit those the person can work (horaires)',
  WAITING: 'The person has waited long (attente)',
  PRIORITY_PUBLIC: 'The person is of a priority public of the programme (public prioritaire)',
  FRESHNESS: 'The offer was confirmed lately (fraîcheur de l’offre)',
});
export type MatchCriterion = Vocabulary<typeof MatchCriterion>;

export const ProgrammeState = vocabulary({
  TO_COME: 'Adopted, and not in force yet (à venir)',
  IN_FORCE: 'What is done is done under it today (en vigueur)',
  PAST: 'Another edition has taken its place (passé)',
  WITHDRAWN: 'Taken back before it came into force (retiré)',
});
export type ProgrammeState = Vocabulary<typeof ProgrammeState>;

export interface Objective {
  code: string;
  title: string;
  purposes: SustainabilityPurpose[];
}
export interface Axis {
  code: string;
  title: string;
  objectives: Objective[];
}
export interface Target {
  indicator: Indicator;
  year: number;
  value: number;
}
export interface Weight {
  criterion: MatchCriterion;
  points: number;
}

/** What an edition says: all of it is said again by the next. */
export interface Said {
  title: string;
  fromYear: number;
  untilYear: number;
  axes: readonly Axis[];
  targets: readonly Target[];
  weights: readonly Weight[];
  priorityPublics: readonly TargetPublic[];
}

const longestTitle = 200;
const code = /^[\w.-]{1,20}$/;
const mostAxes = 20;
const mostObjectives = 50;
const mostYears = 10;
const mostPoints = 100;
const mostPeople = 1_000_000;

export function checkSaid(said: Said): void {
  checkTitle('title', said.title);
  if (said.untilYear < said.fromYear) throw invalid('untilYear', 'DATES_REVERSED');
  checkNumber('fromYear', said.fromYear, 2000, 2100);
  checkNumber('untilYear', said.untilYear, said.fromYear, said.fromYear + mostYears - 1);
  checkAxes(said.axes);
  checkTargets(said);
  checkWeights(said.weights);
  checkOnce('priorityPublics', said.priorityPublics);
}

function checkAxes(axes: readonly Axis[]): void {
  checkCount('axes', axes, mostAxes);
  axes.forEach((axis, at) => {
    checkNamed(`axes.${at}`, axis);
    checkCount(`axes.${at}.objectives`, axis.objectives, mostObjectives);
    axis.objectives.forEach((objective, nth) => {
      const field = `axes.${at}.objectives.${nth}`;
      checkNamed(field, objective);
      if (objective.purposes.length === 0) throw invalid(`${field}.purposes`, 'REQUIRED');
      checkOnce(`${field}.purposes`, objective.purposes);
    });
  });
  checkOnce('axes', axes.flatMap(({ code: own, objectives }) => [own, ...objectives.map((each) => each.code)]));
} // prettier-ignore

function checkTargets({ targets, fromYear, untilYear }: Said): void {
  targets.forEach(({ year, value }, at) => {
    checkNumber(`targets.${at}.year`, year, fromYear, untilYear);
    checkNumber(`targets.${at}.value`, value, 0, mostPeople);
  });
  checkOnce('targets', targets.map(({ indicator, year }) => `${indicator} ${year}`)); // prettier-ignore
}

function checkWeights(weights: readonly Weight[]): void {
  weights.forEach(({ points }, at) => checkNumber(`weights.${at}.points`, points, 0, mostPoints));
  checkOnce('weights', weights.map(({ criterion }) => criterion)); // prettier-ignore
}

function checkNamed(field: string, named: { code: string; title: string }): void {
  if (!code.test(named.code)) throw invalid(`${field}.code`, 'SHORT_CODE', { most: 20 });
  checkTitle(`${field}.title`, named.title);
}

function checkTitle(field: string, { length }: string): void {
  if (length < 2 || length > longestTitle) throw invalid(field, 'LENGTH', { least: 2, most: longestTitle });
}

function checkNumber(field: string, value: number, least: number, most: number): void {
  if (value < least || value > most) throw invalid(field, 'RANGE', { least, most });
}

function checkCount(field: string, { length }: readonly unknown[], most: number): void {
  if (length === 0) throw invalid(field, 'REQUIRED');
  if (length > most) throw invalid(field, 'TOO_MANY', { most });
}

function checkOnce(field: string, values: readonly string[]): void {
  if (new Set(values).size < values.length) throw invalid(field, 'TWICE');
}

/** The past is not rewritten: an edition begins today at the earliest, and after every one adopted before it. */
export function checkBeginning(inForceFrom: string, today: string, last: string | null): void {
  if (inForceFrom < today) throw invalid('inForceFrom', 'PAST');
  if (last !== null && inForceFrom <= last) throw invalid('inForceFrom', 'AFTER_LAST_EDITION', { from: last });
} // prettier-ignore

export interface Standing {
  inForceFrom: string;
  /** The first day of the edition that follows; null while none does. */
  followedOn: string | null;
  withdrawnAt: string | null;
}

export function stateOn({ inForceFrom, followedOn, withdrawnAt }: Standing, today: string): ProgrammeState {
  if (withdrawnAt !== null) return 'WITHDRAWN';
  if (inForceFrom > today) return 'TO_COME';
  return followedOn !== null && followedOn <= today ? 'PAST' : 'IN_FORCE';
}
