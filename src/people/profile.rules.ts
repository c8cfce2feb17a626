import { invalid } from '../kernel/refusal.ts';
import { type Vocabulary, vocabulary } from '../kernel/vocabulary.ts';
import { checkDays, checkLength } from '../partners/organisation.rules.ts';
import { isRome } from '../programme/rome.rules.ts';

export const Licence = vocabulary({
  AM: 'Moped (cyclomoteur)',
  A1: 'Light motorcycle',
  A2: 'Middle motorcycle',
  A: 'Motorcycle',
  B1: 'Heavy quadricycle',
  B: 'Car (permis B)',
  BE: 'Car with trailer',
  C1: 'Lorry up to 7.5 t',
  C1E: 'Lorry up to 7.5 t with trailer',
  C: 'Lorry (poids lourd)',
  CE: 'Lorry with trailer (super lourd)',
  D1: 'Minibus',
  D1E: 'Minibus with trailer',
  D: 'Bus (transport en commun)',
  DE: 'Bus with trailer',
});
export type Licence = Vocabulary<typeof Licence>;

export const FrenchLevel = vocabulary({
  UNKNOWN: 'Asked, and not known yet',
  BELOW_A1: 'Below A1 (inférieur à A1)',
  A1: 'Breakthrough',
  A2: 'Waystage',
  B1: 'Threshold',
  B2: 'Vantage',
  C1: 'Effective proficiency',
  C2: 'Mastery',
});
export type FrenchLevel = Vocabulary<typeof FrenchLevel>;

export const TravelMode = vocabulary({
  FOOT: 'On foot, counted 4 km/h',
  BICYCLE: 'By bicycle, counted 15 km/h',
  MOPED: 'By moped, counted 30 km/h',
  BUS: 'By public transport, counted 20 km/h',
  CAR: 'By car, counted 60 km/h',
});
export type TravelMode = Vocabulary<typeof TravelMode>;

export const TimeBand = vocabulary({
  EARLY_MORNING: 'Before 8',
  MORNING: 'From 8 to noon',
  AFTERNOON: 'From noon to 18',
  EVENING: 'From 18 to 22',
  NIGHT: 'After 22',
  WEEKEND: 'Saturdays and Sundays',
});
export type TimeBand = Vocabulary<typeof TimeBand>;

/** What the work must be like, never why: this is all an employer reads (docs/domain.md §7). */
export const WorkConstraint = vocabulary({
  NO_HEAVY_LOADS: 'No heavy loads (pas de port de charges)',
  SEATED_WORK: 'Seated work (poste assis)',
  NO_LONG_STANDING: 'No long standing (pas de station debout prolongée)',
  NO_LONG_WALKING: 'No long walking',
  NO_REPEATED_MOVEMENTS: 'No repeated movements (pas de gestes répétitifs)',
  NO_HEIGHTS: 'No work at height (pas de travail en hauteur)',
  NO_NIGHT_WORK: 'No night work (pas de travail de nuit)',
  NO_DRIVING: 'No driving (pas de conduite)',
  INDOORS: 'Indoors (en intérieur)',
  QUIET_PLACE: 'A quiet place (environnement calme)',
  STEP_FREE_ACCESS: 'Step-free access (accès de plain-pied)',
  SCHOOL_HOURS: 'Within school hours (horaires scolaires)',
  LIMITED_HOURS: 'Limited hours (horaires limités)',
});
export type WorkConstraint = Vocabulary<typeof WorkConstraint>;

/** Each line of a profile is stated by itself: on a day, by an organisation. */
export const ProfileLine = vocabulary({
  WISHED_TRADES: 'Trades wished',
  REFUSED_TRADES: 'Trades refused',
  SKILLS: 'Skills',
  LICENCES: 'Driving licences',
  FRENCH_LEVEL: 'Level of French',
  TRAVEL: 'How and how far the person travels',
  AVAILABILITY: 'When the person is available',
  WORK_CONSTRAINTS: 'What the work must be like',
});
export type ProfileLine = Vocabulary<typeof ProfileLine>;

export interface Travel {
  mode: TravelMode;
  maxMinutes?: number | null;
  maxKm?: number | null;
}

export interface Availability {
  weeklyHoursLeast?: number | null;
  weeklyHoursMost?: number | null;
  timeBands?: readonly TimeBand[] | null;
  from?: string | null;
  away?: readonly { from: string; to: string }[] | null;
}

export interface ProfileFacts {
  wishedTrades?: readonly string[] | null;
  refusedTrades?: readonly string[] | null;
  skills?: readonly string[] | null;
  licences?: readonly Licence[] | null;
  frenchLevel?: FrenchLevel | null;
  travel?: Travel | null;
  availability?: Availability | null;
  workConstraints?: readonly WorkConstraint[] | null;
}

export const lineOf: Readonly<Record<keyof ProfileFacts, ProfileLine>> = {
  wishedTrades: 'WISHED_TRADES',
  refusedTrades: 'REFUSED_TRADES',
  skills: 'SKILLS',
  licences: 'LICENCES',
  frenchLevel: 'FRENCH_LEVEL',
  travel: 'TRAVEL',
  availability: 'AVAILABILITY',
  workConstraints: 'WORK_CONSTRAINTS',
};

const mostTrades = 20;
const mostSkills = 30;
const mostAway = 12;

export function checkProfile(facts: ProfileFacts): void {
  checkTrades('profile.wishedTrades', facts.wishedTrades ?? []);
  checkTrades('profile.refusedTrades', facts.refusedTrades ?? []);
  const both = facts.wishedTrades?.find((trade) => facts.refusedTrades?.includes(trade));
  if (both) throw invalid('profile.refusedTrades', 'WISHED_TOO');
  checkCount('profile.skills', facts.skills ?? [], mostSkills);
  for (const [at, skill] of (facts.skills ?? []).entries())
    checkLength(`profile.skills.${at}`, skill, 1, 100);
  if (facts.travel) checkTravel(facts.travel);
  if (facts.availability) checkAvailability(facts.availability);
}

function checkTrades(field: string, trades: readonly string[]): void {
  checkCount(field, trades, mostTrades);
  for (const [at, trade] of trades.entries()) if (!isRome(trade)) throw invalid(`${field}.${at}`, 'ROME');
}

function checkCount(field: string, list: readonly unknown[], most: number): void {
  if (list.length > most) throw invalid(field, 'TOO_MANY', { most });
}

function checkTravel({ maxMinutes, maxKm }: Travel): void {
  if (maxMinutes != null && maxKm != null) throw invalid('profile.travel.maxKm', 'MINUTES_OR_KM');
  checkRange('profile.travel.maxMinutes', maxMinutes, 1, 240);
  checkRange('profile.travel.maxKm', maxKm, 1, 200);
}

function checkAvailability({ weeklyHoursLeast: least, weeklyHoursMost: most, away }: Availability): void {
  checkRange('profile.availability.weeklyHoursLeast', least, 0, 48);
  checkRange('profile.availability.weeklyHoursMost', most, 0, 48);
  if (least != null && most != null && least > most)
    throw invalid('profile.availability.weeklyHoursMost', 'RANGE', { least, most: 48 });
  checkCount('profile.availability.away', away ?? [], mostAway);
  for (const [at, { from, to }] of (away ?? []).entries())
    checkDays(`profile.availability.away.${at}.to`, from, to);
}

function checkRange(field: string, value: number | null | undefined, least: number, most: number): void {
  if (value != null && (value < least || value > most)) throw invalid(field, 'RANGE', { least, most });
}

export type Stated = Partial<Record<ProfileLine, { on: string; by: string }>>;

/** What is given is stated now; what is given as null is unknown again; what is not given stays as it was. */
export function restated(before: Stated, facts: ProfileFacts, on: string, by: string): Stated {
  const after: Stated = { ...before };
  for (const [name, line] of Object.entries(lineOf)) {
    const value = facts[name as keyof ProfileFacts];
    if (value === null) delete after[line];
    else if (value !== undefined) after[line] = { on, by };
  }
  return after;
}
