import type { ProgrammeRow } from '../programme/programme.row.ts';
import type { Ground } from './ground.ts';
import { iso } from './timeline.ts';

/** Days before the day of loading on which each of the two editions came into force. */
const editions = [700, 180];
const adoptedBefore = 21;
const yearsPlanned = 5;

/** The programme with the three accents of its founding, and the edition before it, which had yet to learn its targets. */
export function programmesOf({ time }: Ground, council: string): ProgrammeRow[] {
  return editions.map((daysAgo, at) => {
    const adopted = time.at(-daysAgo - adoptedBefore, 14, 30);
    const inForceFrom = time.day(-daysAgo);
    const fromYear = Number(time.day(-editions[0]!).slice(0, 4));
    const said = { ...programme, targets: at === 0 ? [] : targetsFrom(fromYear) };
    return {
      ...{ id: time.id('Programme', adopted), number: at + 1, inForceFrom, adoptedAt: iso(adopted) },
      ...{
        ...said,
        fromYear,
        untilYear: fromYear + yearsPlanned - 1,
        organisationId: council,
        withdrawnAt: null,
      },
    };
  });
}

/** A little more each year. */
function targetsFrom(fromYear: number): ProgrammeRow['targets'] {
  return Array.from({ length: yearsPlanned }, (_, at) => fromYear + at).flatMap((year, at) => [
    { indicator: 'BENEFICIARIES_IN_ACTION' as const, year, value: 1_100 + 100 * at },
    { indicator: 'DURABLE_JOB_OR_QUALIFYING_TRAINING' as const, year, value: 260 + 30 * at },
  ]);
}

const programme: Pick<ProgrammeRow, 'title' | 'axes' | 'weights' | 'priorityPublics'> = {
  title: 'Programme départemental d’insertion',
  axes: [
    {
      code: 'A',
      title: 'Un parcours adapté à chacun et au territoire',
      objectives: [
        { code: 'A1', title: 'Lever les freins : santé, logement, mobilité, garde d’enfants', purposes: ['SOCIAL'] },
        { code: 'A2', title: 'Décider ensemble de chaque parcours', purposes: ['GOVERNANCE', 'SOCIAL'] },
      ],
    },
    {
      code: 'B',
      title: 'Développer l’activité',
      objectives: [
        { code: 'B1', title: 'Chantiers des rivières, des espaces verts et des déchets', purposes: ['ENVIRONMENT', 'ECONOMY'] },
        { code: 'B2', title: 'Patrimoine bâti et bâtiments départementaux', purposes: ['ECONOMY', 'SOCIAL'] },
        { code: 'B3', title: 'Clauses sociales et emplois durables', purposes: ['ECONOMY'] },
      ],
    },
    {
      code: 'C',
      title: 'Répondre aux besoins de services à la personne',
      objectives: [
        { code: 'C1', title: 'Se former aux métiers du service', purposes: ['ECONOMY', 'SOCIAL'] },
        { code: 'C2', title: 'L’éducation des enfants', purposes: ['SOCIAL'] },
      ],
    },
  ],
  weights: [
    { criterion: 'WISH', points: 30 },
    { criterion: 'TRADE', points: 20 },
    { criterion: 'TRAVEL', points: 15 },
    { criterion: 'NEEDS', points: 10 },
    { criterion: 'HOURS', points: 10 },
    { criterion: 'WAITING', points: 5 },
    { criterion: 'PRIORITY_PUBLIC', points: 5 },
    { criterion: 'FRESHNESS', points: 5 },
  ],
  priorityPublics: ['RSA', 'DETLD', 'QPV'],
}; // prettier-ignore
