import type { NeedRow } from '../people/need.row.ts';
import type { NeedTheme } from '../people/need.rules.ts';
import type { ProfileRow } from '../people/profile.row.ts';
import type {
  FrenchLevel,
  ProfileLine,
  Stated,
  TimeBand,
  TravelMode,
  WorkConstraint,
} from '../people/profile.rules.ts';
import { fresh, type Ground } from './ground.ts';
import type { DemoPerson } from './people.ts';
import type { Random } from './random.ts';
import { iso } from './timeline.ts';

const trades = ['A1203', 'A1414', 'F1606', 'F1703', 'F1704', 'G1603', 'K1302', 'K1304', 'K2204', 'K2304', 'N1103', 'N4105', 'D1507', 'I1203']; // prettier-ignore
const skills = ['Conduite d’un utilitaire', 'Accueil du public', 'Jardinage', 'Cuisine familiale', 'Ménage', 'Peinture', 'Caisse', 'Informatique de base', 'Travail en équipe', 'Bricolage', 'Garde d’enfants', 'Manutention']; // prettier-ignore
const bands: TimeBand[] = ['MORNING', 'AFTERNOON', 'EARLY_MORNING', 'EVENING', 'WEEKEND'];
const constraints: WorkConstraint[] = ['NO_HEAVY_LOADS', 'SCHOOL_HOURS', 'NO_NIGHT_WORK', 'NO_LONG_STANDING', 'INDOORS', 'LIMITED_HOURS', 'SEATED_WORK']; // prettier-ignore

/** What people said they want and can; what nobody asked stays unknown. */
export function profileOf({ time, random }: Ground, person: DemoPerson): ProfileRow | null {
  const isNadia = person.key === 'nadia';
  if (!isNadia && random.chance(0.18)) return null;
  const wishedRome = isNadia ? ['A1203'] : random.some(trades, random.int(0, 3));
  const licences = isNadia || random.chance(0.25) ? null : random.chance(0.45) ? ['B' as const] : [];
  const travelMode = random.chance(0.85) ? travelOf(random, licences?.includes('B') ?? false) : null;
  const hours = random.chance(0.7) ? random.pick([[15, 24], [20, 30], [24, 35], [30, 35], [35, 39]]) : null; // prettier-ignore
  const profile: ProfileRow = {
    personId: person.row.id,
    wishedRome,
    refusedRome: random.chance(0.1) ? random.some(trades.filter((each) => !wishedRome.includes(each)), 1) : [], // prettier-ignore
    skills: random.some(skills, random.int(0, 3)),
    licences,
    frenchLevel: random.chance(0.7) ? random.weighted<FrenchLevel>({ C1: 50, B2: 20, B1: 12, A2: 9, A1: 6, BELOW_A1: 3 }) : null, // prettier-ignore
    // she comes from Vertou by bus; what is drawn for the others stays as it is
    travelMode: isNadia ? 'BUS' : travelMode,
    travelMinutes: isNadia ? 45 : travelMode ? random.pick([20, 30, 45, 60]) : null,
    travelKm: null,
    weeklyHoursLeast: isNadia ? 24 : (hours?.[0] ?? null),
    weeklyHoursMost: isNadia ? 35 : (hours?.[1] ?? null),
    timeBands: hours ? random.some(bands, random.int(1, 4)) : [],
    availableFrom: startOf(random.chance(0.2) ? time.day(random.int(0, 40)) : null, isNadia),
    away: [],
    workConstraints: random.chance(0.22) ? random.some(constraints, random.int(1, 2)) : [],
    stated: {},
  };
  profile.stated = statedLines(profile, time.day(Math.max(time.offset(person.created) + 2, -random.int(1, 200))), person); // prettier-ignore
  return profile;
}

/** Nadia can begin at once. */
function startOf(drawn: string | null, isNadia: boolean): string | null {
  return isNadia ? null : drawn;
}

function travelOf(random: Random, drives: boolean): TravelMode {
  if (drives && random.chance(0.8)) return 'CAR';
  return random.weighted<TravelMode>({ BUS: 55, BICYCLE: 18, FOOT: 17, MOPED: 10 });
}

function statedLines(profile: ProfileRow, day: string, person: DemoPerson): Stated {
  const said: Partial<Record<ProfileLine, boolean>> = {
    WISHED_TRADES: profile.wishedRome.length > 0,
    REFUSED_TRADES: profile.refusedRome.length > 0,
    SKILLS: profile.skills.length > 0,
    LICENCES: profile.licences !== null,
    FRENCH_LEVEL: profile.frenchLevel !== null,
    TRAVEL: profile.travelMode !== null,
    AVAILABILITY: profile.weeklyHoursLeast !== null || profile.availableFrom !== null,
    WORK_CONSTRAINTS: profile.workConstraints.length > 0,
  };
  const lines = Object.entries(said).filter(([, is]) => is).map(([line]) => line as ProfileLine); // prettier-ignore
  const line = { on: day, by: person.referents.at(-1)?.organisationId ?? person.row.registeredBy };
  return Object.fromEntries(lines.map((each) => [each, line]));
}

const thematiqueOf: Partial<Record<NeedTheme, string>> = {
  MOBILITE: 'mobilite--acceder-a-un-vehicule',
  LOGEMENT: 'logement-hebergement--se-maintenir-dans-le-logement',
  DIFFICULTE_FINANCIERE: 'difficultes-financieres--ameliorer-sa-gestion-budgetaire',
  DIFFICULTE_ADMINISTRATIVE: 'difficultes-administratives-ou-juridiques--accompagnement-aux-demarches-administratives',
  MAITRISE_LANGUE: 'lecture-ecriture-calcul--maitriser-le-francais',
  NUMERIQUE: 'numerique--maitriser-les-fondamentaux-du-numerique',
  CONTRAINTES_FAMILIALES: 'famille--garde-denfants',
}; // prettier-ignore

const weights: Partial<Record<NeedTheme, number>> = {
  MOBILITE: 26, LOGEMENT: 14, CONTRAINTES_FAMILIALES: 13, SANTE: 12, MAITRISE_LANGUE: 10, DIFFICULTE_FINANCIERE: 10,
  NUMERIQUE: 8, DIFFICULTE_ADMINISTRATIVE: 7, CHOISIR_UN_METIER: 8, FORMATION: 7, EMPLOI: 10, TROUVER_UN_EMPLOI: 6,
  PREPARER_SA_CANDIDATURE: 4, CREER_UNE_ENTREPRISE: 2,
}; // prettier-ignore

/** What stands in the way, one line a theme; a third of it is behind them. */
export function needsOf({ time, random }: Ground, person: DemoPerson): NeedRow[] {
  const themes = new Set(Array.from({ length: random.pick([0, 0, 1, 1, 1, 1, 2, 2, 2, 3]) }, () => random.weighted(weights))); // prettier-ignore
  const first = time.offset(person.created);
  return [...themes].map((theme) => {
    const opened = Math.min(-1, first + random.int(0, 30));
    const closed = random.chance(0.33) ? opened + random.int(30, 200) : 0;
    const isClosed = closed < 0;
    const at = time.at(opened);
    return {
      id: time.id('Need', at),
      personId: person.row.id,
      theme,
      thematique: thematiqueOf[theme] ?? null,
      detail: null,
      openedOn: time.day(opened),
      closedOn: isClosed ? time.day(closed) : null,
      closeReason: isClosed ? random.weighted({ MET: 6, NO_LONGER_THERE: 2, NOT_PURSUED: 2 }) : null,
      recordedBy: person.row.registeredBy,
      ...fresh(iso(at)),
      ...(isClosed && { version: 2, updatedAt: iso(time.at(closed)) }),
    };
  });
}
