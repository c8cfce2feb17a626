import sql, { empty } from 'sql-template-tag';
import type { Reader } from '../db/reader.ts';
import { subjectOf } from '../kernel/ids.ts';
import { found, invalid, Refusal } from '../kernel/refusal.ts';
import { follows, followed } from '../people/access.ts';
import { personList, toldBy } from '../people/person.list.ts';
import type { PersonFilter } from '../people/person-filter.type.ts';
import { vacancyList } from '../vacancies/vacancy.search.ts';
import type { VacancyFilter } from '../vacancies/vacancy-filter.type.ts';
import { vacancies } from '../vacancies/vacancy.store.ts';
import { limits } from './run.rules.ts';

export interface Chosen {
  people?: readonly string[] | null;
  peopleWhere?: PersonFilter | null;
  vacancies?: readonly string[] | null;
  vacanciesWhere?: VacancyFilter | null;
}

/** One more than may be chosen says that there are too many. */
const enough = limits.people + 1;
const mostFree = 1_000_000;

/** People the viewer follows as far as their profile: those named, and those who meet the conditions. */
export async function peopleChosen(reader: Reader, { people = null, peopleWhere = null }: Chosen): Promise<string[]> {
  if (people === null && peopleWhere === null) throw invalid('people', 'REQUIRED');
  const named = await peopleNamed(reader, [...new Set(people ?? [])]);
  return [...new Set([...named, ...(peopleWhere ? await peopleFound(reader, peopleWhere) : [])])].sort();
} // prettier-ignore

/** By what they are chosen: whoever sees a line is told so much of them. */
export function toldByChoice({ peopleWhere }: Chosen): string[] {
  return [...new Set(['PROFILE', ...(peopleWhere ? toldBy(peopleWhere, 'ID') : [])])];
}

async function peopleNamed(reader: Reader, ids: readonly string[]): Promise<string[]> {
  if (ids.length >= enough) throw invalid('people', 'TOO_MANY', { most: limits.people });
  const rows = await reader.rows<{ id: string }>(sql`select person.id from person
    where person.id = any(${ids.filter((id) => subjectOf(id) === 'Person')}) and person.erased_at is null
      and ${followed(reader.viewer, sql`person.id`, 'CORE')} and ${followed(reader.viewer, sql`person.id`, 'PROFILE')}`);
  const known = new Set(rows.map(({ id }) => id));
  const missing = ids.find((id) => !known.has(id));
  if (missing !== undefined) await refuse(reader, missing, `people.${ids.indexOf(missing)}`);
  return [...known];
} // prettier-ignore

/** Whom the viewer does not see does not exist; whom it sees, somebody else follows. */
async function refuse(reader: Reader, person: string, field: string): Promise<never> {
  const { table } = personList(reader.viewer, {}, 'ID');
  const [seen] = await reader.rows(sql`select person.id from person where person.id = ${person} and ${table.scope(reader.viewer)}`);
  if (seen && !(await follows(reader, person, 'PROFILE'))) throw new Refusal('NOT_ALLOWED', { act: 'planAssignments' }, field);
  return found<never>(null, field);
} // prettier-ignore

async function peopleFound(reader: Reader, filter: PersonFilter): Promise<string[]> {
  const { viewer } = reader;
  const { table, where } = personList(viewer, filter, 'ID');
  const conditions = where.reduce((all, each) => sql`${all} and ${each}`, empty);
  const rows = await reader.rows<{ id: string }>(sql`select person.id from person
    where ${table.scope(viewer)} ${conditions} and person.erased_at is null
      and ${followed(viewer, sql`person.id`, 'PROFILE')} order by person.id limit ${enough}`);
  if (!rows.length) throw invalid('peopleWhere', 'NOTHING_MEETS');
  return rows.map(({ id }) => id);
}

/** Vacancies the viewer sees: those named, and those open with a place left that meet the conditions. */
export async function vacanciesChosen(reader: Reader, chosen: Chosen): Promise<string[]> {
  const { vacancies: named = null, vacanciesWhere = null } = chosen;
  if (named === null && vacanciesWhere === null) throw invalid('vacancies', 'REQUIRED');
  const ids = await vacanciesNamed(reader, [...new Set(named ?? [])]);
  return [...new Set([...ids, ...(vacanciesWhere ? await vacanciesFound(reader, vacanciesWhere) : [])])].sort();
} // prettier-ignore

async function vacanciesNamed(reader: Reader, ids: readonly string[]): Promise<string[]> {
  if (ids.length > limits.vacancies) throw invalid('vacancies', 'TOO_MANY', { most: limits.vacancies });
  const rows = await reader.rows<{ id: string }>(sql`select vacancy.id from vacancy
    where vacancy.id = any(${ids.filter((id) => subjectOf(id) === 'Vacancy')}) and ${vacancies.scope(reader.viewer)}`);
  const known = new Set(rows.map(({ id }) => id));
  const missing = ids.findIndex((id) => !known.has(id));
  if (missing >= 0) found(null, `vacancies.${missing}`);
  return ids.slice();
} // prettier-ignore

async function vacanciesFound(reader: Reader, filter: VacancyFilter): Promise<string[]> {
  const { viewer } = reader;
  if ((filter.freePlacesAtLeast ?? 0) < 0)
    throw invalid('vacanciesWhere.freePlacesAtLeast', 'RANGE', { least: 0, most: mostFree });
  const { table, join = empty, where } = vacancyList(viewer, { filter, circle: null, order: 'START' });
  const conditions = where.reduce((all, each) => sql`${all} and ${each}`, empty);
  const rows = await reader.rows<{ id: string }>(sql`select vacancy.id from vacancy ${join}
    where ${table.scope(viewer)} ${conditions} and vacancy.state = 'OPEN' and offer.state = 'PUBLISHED'
      and (vacancy.free >= 1 or vacancy.free is null) order by vacancy.id limit ${limits.vacancies + 1}`);
  if (!rows.length) throw invalid('vacanciesWhere', 'NOTHING_MEETS');
  return rows.map(({ id }) => id);
}
