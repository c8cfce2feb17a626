import sql, { type Sql } from 'sql-template-tag';
import { byId as byIdOrder, type Listing } from '../db/list.ts';
import { firstRow, type Reader } from '../db/reader.ts';
import { assignments, table } from '../db/table.ts';
import type { Transaction } from '../db/transaction.ts';
import { edge } from '../graphql/lists.ts';
import { byId } from '../graphql/loaders.ts';
import { newId, subjectOf } from '../kernel/ids.ts';
import { found } from '../kernel/refusal.ts';
import type { Viewer } from '../kernel/viewer.ts';
import { reaches } from '../people/access.ts';
import { live } from '../referrals/referral.store.ts';
import { AssignmentLineRow } from './line.row.ts';
import type { FixedLine } from './problem.rules.ts';
import type { Stood } from './repair.rules.ts';
import { runs } from './run.store.ts';

/** Of a run the viewer sees, those whose profile is open to the viewer now. */
const scope = (viewer: Viewer): Sql =>
  viewer.kind === 'HUB'
    ? sql`true`
    : sql`(exists (select from assignment_run where assignment_run.id = assignment_line.run_id and ${runs.scope(viewer)})
        and ${reaches(viewer, sql`assignment_line.person_id`, 'PROFILE')})`;

export const lines = table('assignment_line', AssignmentLineRow, scope, {
  category: sql`assignment_line.told`,
  of: 'personId',
});
export const lineById = byId(lines, 'AssignmentLine');
/** Everybody the run was asked about; who has a place, and who has none, tells its vacancy. */
export const linesOfRun = edge(lines, 'runId', byIdOrder('assignment_line'));

/** Places one run found and another does not give the same person. */
export function linesNotIn(run: string, other: string): Listing<AssignmentLineRow> {
  const same = sql`exists (select from assignment_line other where other.run_id = ${other}
    and other.person_id = assignment_line.person_id and other.vacancy_id = assignment_line.vacancy_id)`;
  const where = [
    sql`assignment_line.run_id = ${run} and assignment_line.vacancy_id is not null and not ${same}`,
  ];
  return { table: lines, where, order: byIdOrder('assignment_line') };
}

export interface Considered {
  run: string;
  people: readonly string[];
  told: readonly string[];
}

/** Whom a run is asked about; their places are found later. */
export async function saveConsidered(tx: Transaction, { run, people, told: categories }: Considered) {
  const ids = people.map(() => newId('AssignmentLine'));
  await tx.change(sql`insert into assignment_line (id, run_id, person_id, told)
    select id, ${run}, person, ${categories.join(',')} from unnest(${ids}::text[], ${[...people]}::text[]) given (id, person)`,
    people.length,
  );
} // prettier-ignore

/** Those of a run the viewer still sees. */
export function linesSeen(reader: Reader, run: string): Promise<AssignmentLineRow[]> {
  return reader.rows(sql`select ${lines.columns} from assignment_line
    where assignment_line.run_id = ${run} and ${lines.scope(reader.viewer)} order by assignment_line.person_id`);
} // prettier-ignore

/** Accepted lines whose referral has not come to an end: they stand in whatever follows the run. */
export async function standingLines(reader: Reader, run: string): Promise<FixedLine[]> {
  return reader.rows(sql`select assignment_line.person_id as person, assignment_line.vacancy_id as place,
      assignment_line.score, referral.holds_place as "holdsPlace"
    from assignment_line join referral on referral.id = assignment_line.referral_id
    where assignment_line.run_id = ${run} and (${live} or referral.state = 'DRAFT') and ${lines.scope(reader.viewer)}
    order by assignment_line.person_id`);
} // prettier-ignore

/** The plan of a run as it was found. */
export async function placesFound(reader: Reader, run: string): Promise<Stood[]> {
  return reader.rows(sql`select assignment_line.person_id as person, assignment_line.vacancy_id as place
    from assignment_line where assignment_line.run_id = ${run} and assignment_line.vacancy_id is not null
      and ${lines.scope(reader.viewer)} order by assignment_line.person_id`);
} // prettier-ignore

export interface Found {
  person: string;
  told: string;
  place: string | null;
  score: number | null;
}

/** What a run found, for the lines of the people it could judge; one that stands keeps its referral from the run before. */
export async function saveFound(
  tx: Transaction,
  { run, previous, found: all }: { run: string; previous: string | null; found: readonly Found[] },
): Promise<void> {
  await tx.change(sql`update assignment_line set vacancy_id = given.place, score = given.score, told = given.told,
      referral_id = before.referral_id, accepted_by = before.accepted_by, accepted_at = before.accepted_at
    from jsonb_to_recordset(${JSON.stringify(all)}::jsonb) given (person text, told text, place text, score integer)
      left join assignment_line before on before.run_id = ${previous} and before.person_id = given.person
        and before.vacancy_id = given.place and before.referral_id is not null
    where assignment_line.run_id = ${run} and assignment_line.person_id = given.person`);
} // prettier-ignore

/** Its run is locked. */
export async function knownLine(tx: Transaction, run: string, id: string): Promise<AssignmentLineRow> {
  if (subjectOf(id) !== 'AssignmentLine') return found<AssignmentLineRow>(null, 'line');
  const query = sql`select ${lines.columns} from assignment_line
    where assignment_line.id = ${id} and assignment_line.run_id = ${run} and ${lines.scope(tx.viewer)}`;
  return found(await firstRow<AssignmentLineRow>(tx, query), 'line');
}

export async function saveLine(tx: Transaction, id: string, change: Partial<AssignmentLineRow>): Promise<void> {
  await tx.change(sql`update assignment_line set ${assignments(change)} where assignment_line.id = ${id}`, 1);
} // prettier-ignore

/** How many of a run's lines to a vacancy became referrals under way that hold no place of it yet. */
export async function awaitingPlace(tx: Transaction, run: string, vacancy: string): Promise<number> {
  const query = sql`select count(*)::int as awaiting from assignment_line
      join referral on referral.id = assignment_line.referral_id
    where assignment_line.run_id = ${run} and assignment_line.vacancy_id = ${vacancy}
      and (referral.state in ('DRAFT', 'SENT', 'ACKNOWLEDGED') and not referral.holds_place)`;
  return (await firstRow<{ awaiting: number }>(tx, query))!.awaiting;
}
