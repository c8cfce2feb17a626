import { standingIn } from '../eligibility/eligibility.rules.ts';
import type { Verdict } from '../eligibility/verdict.rules.ts';
import { type Vocabulary, vocabulary } from '../kernel/vocabulary.ts';
import { departementOf } from '../territory/commune.rules.ts';
import { bandsLacking, levelLacking, licencesLacking, verdictOf } from './ability.rules.ts';
import type { Pair } from './pair.rules.ts';
import { publicVerdict } from './public.rules.ts';
import { reachOf } from './reach.rules.ts';
import { hoursVerdict, type MatchRule } from './verdict.rules.ts';

/** What a sentence is made of: codes and numbers, never a word of a language. */
export type Values = Readonly<Record<string, string | number>>;
export const MatchUnit = vocabulary({
  KM: 'Kilometres (kilomètres)',
  HOURS: 'Hours a week (heures par semaine)',
  DAYS: 'Days (jours)',
  RANK: 'Places on the waiting list (rangs sur la liste d’attente)',
});
export type MatchUnit = Vocabulary<typeof MatchUnit>;

/** What would make a failing rule pass, and nothing more. */
export interface Change {
  by: number | null;
  unit: MatchUnit | null;
  /** The codes to be acquired or accepted, or the day. */
  to: readonly string[];
}

export interface Judged {
  rule: MatchRule;
  verdict: Verdict;
  values: Values;
  change: Change | null;
}

type Judgement = Omit<Judged, 'rule' | 'change'> & { change?: Change };
type Judge = (pair: Pair) => Judgement | null;

const judges: Readonly<Record<MatchRule, Judge>> = {
  PLACE: place,
  REFUSAL: refusal,
  TRADE: trade,
  PUBLIC: ({ place: { publics }, person }) => {
    // what the viewer may not read of the person's situations is not among them
    const verdict = publicVerdict(publics, { ...person, iae: 'UNKNOWN' }, everything);
    const values = { publics: publics.join(', ') };
    return verdict === 'FAIL' ? failing(values, { to: publics }) : verdict && known(verdict, values);
  },
  IAE: ({ place: { siae }, between: { iae } }) => {
    if (!siae) return null;
    const { verdict, until, question } = iae ?? unread;
    return { verdict, values: { until: until ?? '', question: question ?? 'NOTHING_KNOWN' } };
  },
  RESIDENCE: residence,
  TRAVEL: travel,
  DATES: dates,
  WEEKLY_HOURS: hours,
  TIME_BANDS: ({ place: { timeBands }, person }) => lacking(timeBands, bandsLacking(timeBands, person.timeBands)),
  LICENCE: ({ place: { licences }, person }) => lacking(licences, licencesLacking(licences, person.licences)),
  FRENCH_LEVEL: ({ place: { frenchLevel }, person }) =>
    frenchLevel && lacking([frenchLevel], levelLacking(frenchLevel, person.frenchLevel)),
}; // prettier-ignore

/** What binds first, first. */
export const rulesInOrder = Object.keys(judges) as MatchRule[];

const everything = { kind: 'ASSOCIATION', remit: null, employs: false };
const unread = { ...standingIn([], '0001-01-01'), question: null };

/**
 * A line for each kind of rule the place sets, what binds most first: no place, a refusal and a trade refused are changed by
 * nobody's effort, then come the law, the distance, the days, the hours, and last what can be learnt.
 */
export function judgedOf(pair: Pair): Judged[] {
  return Object.entries(judges).flatMap(([rule, judge]) => {
    const { change = null, ...judgement } = judge(pair) ?? {};
    return 'verdict' in judgement ? [{ rule: rule as MatchRule, ...(judgement as Judgement), change }] : [];
  });
}

/** What keeps them apart, else what is to be asked; null where every rule passes. */
export function bindingOf(judged: readonly Judged[]): Judged | null {
  const first = (verdict: Verdict) => judged.find((each) => each.verdict === verdict);
  return first('FAIL') ?? first('UNKNOWN') ?? null;
}

/** Whether a rule excludes, found by the first that does: for many pairs, of which only that is asked. */
export function excludes(pair: Pair): boolean {
  return Object.values(judges).some((judge) => judge(pair)?.verdict === 'FAIL');
}

export function isFeasible(judged: readonly Judged[]): boolean {
  return judged.every(({ verdict }) => verdict !== 'FAIL');
}

const known = (verdict: Verdict, values: Values = {}): Judgement => ({ verdict, values });
const failing = (values: Values, change: Partial<Change> = {}): Judgement => ({
  ...known('FAIL', values),
  change: { by: null, unit: null, to: [], ...change },
});

function lacking(asked: readonly string[], missing: readonly string[] | null): Judgement | null {
  if (!asked.length) return null;
  const values = { asked: asked.join(', '), missing: (missing ?? []).join(', ') };
  const verdict = verdictOf(missing);
  return verdict === 'FAIL' ? failing(values, { to: missing ?? [] }) : known(verdict, values);
}

function place({
  place: { open, free, nextRank, endsOn },
  between: { waitingRank },
  today,
}: Pair): Judgement {
  if (!open || (endsOn !== null && endsOn < today)) return failing({ free: -1, rank: 0 });
  if (free === null) return known('PASS', { free: -1 });
  if (free > 0) return known('PASS', { free });
  const rank = waitingRank ?? nextRank;
  return failing({ free: 0, rank }, { by: rank, unit: 'RANK' });
}

function refusal({ person: { seesPathway }, between: { refused }, today }: Pair): Judgement {
  if (!refused) return known(seesPathway ? 'PASS' : 'UNKNOWN');
  const { until } = refused;
  if (until === null) return failing({ until: 'none' });
  return failing({ until }, { by: daysBetween(today, until), unit: 'DAYS', to: [until] });
}

function trade({ place: { trades }, person: { refusedTrades } }: Pair): Judgement | null {
  if (!trades.length) return null;
  const refused = trades.filter((each) => refusedTrades.includes(each));
  const values = { trades: refused.join(', ') };
  return refused.length ? failing(values, { to: refused }) : known('PASS', values);
}

function residence({ place: { zone }, person: { epciCode, communeCode } }: Pair): Judgement | null {
  if (!zone.length) return null;
  const within = [epciCode, communeCode, communeCode && departementOf(communeCode)];
  if (zone.some((code) => within.includes(code))) return known('PASS');
  return communeCode === null ? known('UNKNOWN') : failing({});
}

function travel({ place: { remote, point }, person: { home, travel: by }, between: { metres } }: Pair): Judgement | null {
  if (remote || point === null) return null;
  const reach = reachOf(by);
  if (metres === null || reach === null) return known('UNKNOWN', { missing: home === null ? 'HOME' : 'TRAVEL' });
  const values = { km: Math.round(metres / 100) / 10, reach: Math.round(reach / 100) / 10 };
  if (metres <= reach) return known('PASS', values);
  return failing(values, { by: Math.ceil((metres - reach) / 1000), unit: 'KM' });
} // prettier-ignore

/** On the first day, or today where it has begun. */
function dates({ place: { startsOn }, person, today }: Pair): Judgement | null {
  if (startsOn === null) return null;
  const day = startsOn > today ? startsOn : today;
  const from = availableOn(person, day);
  if (from > day) return failing({ day, from }, { by: daysBetween(day, from), unit: 'DAYS', to: [from] });
  return known(person.timeBands === null ? 'UNKNOWN' : 'PASS', { day });
}

/** The first day from this one on which the person is available and not away. */
function availableOn({ availableFrom, away }: Pair['person'], day: string): string {
  let first = availableFrom !== null && availableFrom > day ? availableFrom : day;
  for (const { from, to } of [...away].sort((one, other) => (one.from < other.from ? -1 : 1)))
    if (from <= first && first < to) first = to;
  return first;
}

function hours({ place: { weeklyHours: asked }, person }: Pair): Judgement | null {
  if (asked === null) return null;
  const verdict = hoursVerdict(asked, person);
  const { weeklyHoursLeast: least, weeklyHoursMost: most } = person;
  const values = { asked, least: least ?? 0, most: most ?? 48 };
  if (verdict !== 'FAIL') return known(verdict, values);
  const by = asked > values.most ? asked - values.most : values.least - asked;
  return failing(values, { by, unit: 'HOURS', to: [String(asked)] });
}

export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);
}
