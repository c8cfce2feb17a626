import sql from 'sql-template-tag';
import { constraintMeans } from '../db/constraints.ts';
import { firstRow, type Reader } from '../db/reader.ts';
import { everyone, table } from '../db/table.ts';
import { byId } from '../graphql/loaders.ts';
import { found } from '../kernel/refusal.ts';
import { VacancyRow } from './vacancy.row.ts';

/** Open to every partner; a draft only to whom it belongs. */
export const vacancies = table('vacancy', VacancyRow, (viewer) =>
  viewer.kind === 'HUB'
    ? everyone()
    : sql`(vacancy.state <> 'DRAFT' or vacancy.organisation_id = ${viewer.organisation})`,
);
export const vacancyById = byId(vacancies, 'Vacancy');

constraintMeans('vacancy_external_reference', 'ALREADY_EXISTS', 'externalReference');
constraintMeans('vacancy_places_respected', 'PLACES_IN_USE', 'places');
constraintMeans('vacancy_uncounted_holds_nothing', 'PLACES_IN_USE', 'places');

export async function knownVacancy(reader: Reader, id: string, field: string): Promise<VacancyRow> {
  const query = sql`select ${vacancies.columns} from vacancy
    where id = ${id} and ${vacancies.scope(reader.viewer)}`;
  return found(await firstRow<VacancyRow>(reader, query), field);
}
