import type { AssignmentLineRow } from '../planning/line.row.ts';
import type { AssignmentRunRow } from '../planning/run.row.ts';
import { fresh, type Ground, type Rows } from './ground.ts';
import type { DemoMember } from './organisations.ts';
import type { DemoPerson } from './people.ts';
import { iso } from './timeline.ts';
import type { DemoVacancy } from './vacancies.ts';

interface Planned {
  people: readonly DemoPerson[];
  vacancies: readonly DemoVacancy[];
  /** Who asks: the coordinator of the story, for whom she follows in her unit. */
  author: DemoMember & { organisationId: string };
  busy: (person: string) => boolean;
}

/** How many people each run is asked about. */
const asked = [12, 8];
const mostPlaces = 10;

/**
 * Two runs that wait for the first hub that starts: who of those in her unit without anything under way might go to a worksite.
 * The plan is worked out then, by the same rules as any other; here nothing is drawn and nothing made up.
 */
export function assignmentsOf({ time }: Ground, { people, vacancies, author, busy }: Planned): Rows {
  const places = vacancies
    .filter(({ row, offer }) => row.state === 'OPEN' && row.places !== null && row.held + row.taken < row.places && offer.row.kind === 'INSERTION_WORKSITE')
    .slice(0, mostPlaces)
    .map(({ row }) => row.id);
  const free = people.filter(
    ({ key, row }) => !key && author.territory.includes(row.epciCode!) && row.soughtKind === 'INSERTION_WORKSITE' && !busy(row.id),
  );
  const runs = asked.map((count, nth) => ({
    run: runOf(author, { id: time.id('AssignmentRun', time.at(0, 8, nth)), at: iso(time.at(0, 8, nth)), vacancies: places }),
    people: free.slice(-count - nth).slice(0, count),
  }));
  return {
    assignment_run: runs.map(({ run, people: of }) => ({ ...run, people: of.length })),
    assignment_line: runs.flatMap(({ run, people: of }, nth) =>
      of.map(({ row }) => ({ ...lineOf(run.id, row.id), id: time.id('AssignmentLine', time.at(0, 8, nth)) })),
    ),
  };
} // prettier-ignore

interface Asked {
  id: string;
  at: string;
  vacancies: string[];
}

function runOf({ id: memberId, organisationId, territory }: Planned['author'], { id, at, vacancies }: Asked) {
  return {
    ...{ id, organisationId, memberId, eyes: `TERRITORY|${[...territory].sort().join(',')}` },
    ...{ kind: 'NEW', state: 'QUEUED', vacancies, atMostSeconds: 60, ...fresh(at) },
    terms: { mostPerOrganisation: 3, mostPerReferent: null, organisations: [], floors: [], ceilings: [] },
  } satisfies Partial<AssignmentRunRow>;
}

function lineOf(runId: string, personId: string): Omit<AssignmentLineRow, 'id'> {
  return {
    ...{ runId, personId, vacancyId: null, score: null, told: 'PROFILE' },
    ...{ referralId: null, acceptedBy: null, acceptedAt: null },
  };
}
