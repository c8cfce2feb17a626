import sql from 'sql-template-tag';
import { constraintMeans } from '../db/constraints.ts';
import { byId as byIdOrder, type Order } from '../db/list.ts';
import { firstRow, type Reader } from '../db/reader.ts';
import { assignments, everyone, insertInto, table, type Table } from '../db/table.ts';
import type { Transaction } from '../db/transaction.ts';
import { edge } from '../graphql/lists.ts';
import { byId } from '../graphql/loaders.ts';
import { found } from '../kernel/refusal.ts';
import { VacancyRow } from './vacancy.row.ts';

/** Open to every partner once it was opened; what never was belongs to its own organisation. */
export const vacancies = table('vacancy', VacancyRow, (viewer) =>
  viewer.kind === 'HUB'
    ? everyone()
    : sql`(vacancy.opened_at is not null or vacancy.organisation_id = ${viewer.organisation})`,
);
export const vacancyById = byId(vacancies, 'Vacancy');

/** Along edges: one's own in every state, of others what is not closed. */
const vacanciesListed: Table<VacancyRow> = {
  ...vacancies,
  scope: (viewer) =>
    viewer.kind === 'HUB'
      ? everyone()
      : sql`(vacancy.state in ('OPEN', 'FILLED') or vacancy.organisation_id = ${viewer.organisation})`,
};
/** In the order in which they take place, undated ones last. */
const byStart: Order = {
  name: 'START',
  keys: [
    { by: sql`coalesce(vacancy.starts_on, 'infinity')`, type: 'date' },
    { by: sql`vacancy.id`, type: 'text' },
  ],
};
export const vacanciesOfOffer = edge(vacanciesListed, 'offerId', byIdOrder('vacancy'));
export const vacanciesOfSite = edge(vacanciesListed, 'siteId', byIdOrder('vacancy'));
export const vacanciesOfOrganisation = edge(vacanciesListed, 'organisationId', byIdOrder('vacancy'));
export const vacanciesOfSeries = edge(vacanciesListed, 'seriesId', byStart);

/** What a host has had on its sites, closed ones too: counts, no person. */
const vacanciesOnSites: Table<VacancyRow> = {
  ...vacancies,
  scope: (viewer) =>
    viewer.kind === 'HUB'
      ? everyone()
      : sql`(vacancy.state in ('OPEN', 'FILLED') or vacancy.organisation_id = ${viewer.organisation}
        or (vacancy.host_id = ${viewer.organisation} and vacancy.opened_at is not null))`,
};
export const vacanciesHosted = edge(vacanciesOnSites, 'hostId', byIdOrder('vacancy'));

constraintMeans('vacancy_external_reference', 'ALREADY_EXISTS', 'externalReference');
constraintMeans('vacancy_places_respected', 'PLACES_IN_USE', 'places');
constraintMeans('vacancy_uncounted_holds_nothing', 'PLACES_IN_USE', 'places');

export async function knownVacancy(reader: Reader, id: string, field: string): Promise<VacancyRow> {
  const query = sql`select ${vacancies.columns} from vacancy
    where id = ${id} and ${vacancies.scope(reader.viewer)}`;
  return found(await firstRow<VacancyRow>(reader, query), field);
}

/** The ids of an offer's vacancies that are not closed, in the order in which they are to be locked. */
export async function vacanciesLeft(reader: Reader, offerId: string): Promise<string[]> {
  const rows = await reader.rows<{ id: string }>(
    sql`select id from vacancy where offer_id = ${offerId} and state <> 'CLOSED' order by id`,
  );
  return rows.map(({ id }) => id);
}

export async function saveNewVacancy(
  tx: Transaction,
  row: Partial<VacancyRow> & { id: string },
): Promise<VacancyRow> {
  const insert = insertInto(vacancies, { ...written(row), createdAt: tx.now, updatedAt: tx.now });
  return found(await firstRow<VacancyRow>(tx, sql`${insert} returning ${vacancies.columns}`));
}

/** Saves a change and answers the row as it now is. */
export async function saveVacancy(
  tx: Transaction,
  id: string,
  change: Partial<VacancyRow>,
): Promise<VacancyRow> {
  const query = sql`update vacancy set ${assignments({ ...written(change), updatedAt: tx.now })}, version = version + 1
    where id = ${id} and ${vacancies.scope(tx.viewer)} returning ${vacancies.columns}`;
  return found(await firstRow<VacancyRow>(tx, query));
}

/** A list of objects is written as JSON: PostgreSQL's driver takes any list for an array. */
function written<R extends Partial<VacancyRow>>(row: R): R {
  return row.sessions === undefined ? row : { ...row, sessions: JSON.stringify(row.sessions) };
}
