import type { NeedTheme } from '../people/need.rules.ts';
import { categoriesOf } from '../people/situation.rules.ts';
import type { OfferKind } from '../programme/offer-kind.rules.ts';
import { MatchCriterion, type Weight } from '../programme/programme.rules.ts';
import type { TargetPublic } from '../programme/public.rules.ts';
import { thematiquesMeant } from '../programme/thematique.rules.ts';
import { daysBetween, type Values } from './judged.rules.ts';
import type { Pair } from './pair.rules.ts';
import { reachOf } from './reach.rules.ts';
import { hoursVerdict } from './verdict.rules.ts';

/** What the programme in force says of matches. */
export interface Scale {
  weights: readonly Weight[];
  priorityPublics: readonly TargetPublic[];
}

/** What speaks for a match: so many points of those the programme gives this criterion. */
export interface Reason {
  criterion: MatchCriterion;
  points: number;
  max: number;
  /** How the fact counts, as a code; and the fact. */
  grade: string;
  values: Values;
}

interface Graded {
  /** Of one, how much of the criterion's points. */
  share: number;
  grade: string;
  values?: Values;
}

const graded = (share: number, grade: string, values: Values = {}): Graded => ({ share, grade, values });
const unknown = graded(0, 'UNKNOWN');

const criteria: Readonly<Record<MatchCriterion, (pair: Pair, scale: Scale) => Graded>> = {
  WISH: wish,
  TRADE: trade,
  TRAVEL: travel,
  NEEDS: needs,
  HOURS: hours,
  WAITING: waiting,
  PRIORITY_PUBLIC: priority,
  FRESHNESS: freshness,
};

/** A line for each criterion the programme weighs; their points sum to the score. Fractions are rounded down. */
export function reasonsOf(pair: Pair, scale: Scale): Reason[] {
  return Object.entries(criteria).flatMap(([criterion, grade]) => {
    const max = scale.weights.find((weight) => weight.criterion === criterion)?.points ?? 0;
    if (max === 0) return [];
    const { share, values = {}, ...told } = grade(pair, scale);
    const points = Math.floor(max * Math.min(1, Math.max(0, share)));
    return [{ criterion: criterion as MatchCriterion, points, max, values, ...told }];
  });
}

export function scoreOf(reasons: readonly Reason[]): number {
  return reasons.reduce((sum, { points }) => sum + points, 0);
}

/** The trade itself in full; the kind of action sought, without the trade, for half. */
function wish({ person: { wishedTrades, soughtKind }, place: { trades, kind } }: Pair): Graded {
  const wished = trades.find((each) => wishedTrades.includes(each));
  if (wished) return graded(1, 'TRADE', { trade: wished });
  if (soughtKind === kind) return graded(0.5, 'KIND');
  return wishedTrades.length || soughtKind ? graded(0, 'OTHER') : unknown;
}

/** By the tree of the ROME: the same trade, the same domain (`A12`), the same family (`A`). */
function trade({ person: { wishedTrades }, place: { trades } }: Pair): Graded {
  if (!wishedTrades.length || !trades.length) return unknown;
  const alike = (length: number) =>
    trades.some((each) => wishedTrades.some((wished) => wished.slice(0, length) === each.slice(0, length)));
  if (alike(5)) return graded(1, 'SAME');
  if (alike(3)) return graded(2 / 3, 'DOMAIN');
  return alike(1) ? graded(1 / 3, 'FAMILY') : graded(0, 'OTHER');
}

/** How far one goes where nobody said: nothing more than the order of distances hangs on it. */
const usualReach = 30_000;

function travel({ person, place, between: { metres } }: Pair): Graded {
  if (place.remote) return graded(1, 'REMOTE');
  if (metres === null) return unknown;
  return graded(1 - metres / (reachOf(person.travel) ?? usualReach), 'DISTANCE', { km: Math.round(metres / 100) / 10 });
} // prettier-ignore

/** What of the catalogue answers a theme; health and family answer none here: they weigh in no match. */
const answers: Readonly<Record<string, { kinds: readonly OfferKind[]; thematiques: readonly string[] }>> = {
  ...of('LOGEMENT', 'logement-hebergement', 'HOUSING'),
  ...of('EMPLOI', 'trouver-un-emploi', 'JOB', 'INSERTION_WORKSITE', 'INSERTION_ENTERPRISE_JOB'),
  ...of('TROUVER_UN_EMPLOI', 'trouver-un-emploi', 'JOB', 'INSERTION_WORKSITE', 'INSERTION_ENTERPRISE_JOB'),
  ...of('FORMATION', 'se-former', 'QUALIFYING_TRAINING'),
  ...of('SE_FORMER', 'se-former', 'QUALIFYING_TRAINING'),
  ...of('DIFFICULTE_ADMINISTRATIVE', 'difficultes-administratives-ou-juridiques', 'RIGHTS_AND_LEGAL'),
  ...of('DIFFICULTE_FINANCIERE', 'difficultes-financieres', 'BUDGET'),
  ...of('MOBILITE', 'mobilite', 'MOBILITY'),
  ...of('MAITRISE_LANGUE', 'lecture-ecriture-calcul', 'LITERACY'),
  ...of('NUMERIQUE', 'numerique', 'DIGITAL'),
  ...of('CHOISIR_UN_METIER', 'choisir-un-metier', 'IMMERSION'),
  ...of('PREPARER_SA_CANDIDATURE', 'preparer-sa-candidature'),
  ...of('CREER_UNE_ENTREPRISE', 'creer-une-entreprise'),
  ...of('S_OUVRIR_A_L_INTERNATIONAL', 'souvrir-a-linternational'),
};

function of(theme: NeedTheme, category: string, ...kinds: OfferKind[]) {
  return { [theme]: { kinds, thematiques: thematiquesMeant([category]) } };
}

/** The themes of needs that weigh in a match. */
export const weighedThemes: readonly string[] = Object.keys(answers);

/** The themes such a place answers. */
export function themesAnswered({ kind, thematiques }: Answering): string[] {
  return weighedThemes.filter((theme) => {
    const { kinds, thematiques: meant } = answers[theme]!;
    return kinds.includes(kind) || meant.some((each) => thematiques.includes(each));
  });
}

function needs({ person: { needs: open }, place }: Pair): Graded {
  if (open === null) return unknown;
  if (open.length === 0) return graded(0, 'NONE');
  const met = needsMet(open, place);
  return graded(met.length / open.length, 'ANSWERED', { met: met.length, open: open.length });
}

type Answering = Pick<Pair['place'], 'kind' | 'thematiques'>;

export function answersByKind({ kind }: Answering, theme: string): boolean {
  return answers[theme]?.kinds.includes(kind) ?? false;
}

/** A need told in full counts by what it tells, one told by its theme alone by the theme. */
export function needsMet<N extends { theme: string; thematique: string | null }>(open: readonly N[], place: Answering): N[] {
  if (open.length === 0) return [];
  const themes = themesAnswered(place);
  return open.filter(({ theme, thematique }) =>
    thematique === null || answersByKind(place, theme) ? themes.includes(theme) : place.thematiques.includes(thematique),
  );
} // prettier-ignore

function hours({ person, place: { weeklyHours } }: Pair): Graded {
  if (weeklyHours === null) return unknown;
  const verdict = hoursVerdict(weeklyHours, person);
  if (verdict === 'UNKNOWN') return unknown;
  return graded(verdict === 'PASS' ? 1 : 0, verdict === 'PASS' ? 'FIT' : 'OTHER', { hours: weeklyHours });
}

/** In full after half a year on the hub. */
const longWait = 180;

function waiting({ person: { registeredOn }, today }: Pair): Graded {
  const days = Math.max(0, daysBetween(registeredOn, today));
  return graded(days / longWait, 'SINCE', { days });
}

/** What the law protects, and raising children alone: no programme can make it weigh. */
function isProtected(code: TargetPublic): boolean {
  const opensWith = categoriesOf(code);
  return code === 'PI' || opensWith.includes('HEALTH') || opensWith.includes('JUSTICE');
}

/** Of the publics the law names, as far as any verdict may rest on them. */
function priority({ person: { situations } }: Pair, { priorityPublics }: Scale): Graded {
  return situations.some((each) => priorityPublics.includes(each) && !isProtected(each)) ? graded(1, 'PRIORITY') : graded(0, 'NOT_KNOWN');
} // prettier-ignore

const staleAfter = 90;

function freshness({ place: { confirmedAt }, today }: Pair): Graded {
  if (confirmedAt === null) return unknown;
  const days = Math.max(0, daysBetween(confirmedAt.slice(0, 10), today));
  return graded(1 - days / staleAfter, 'CONFIRMED', { days });
}
