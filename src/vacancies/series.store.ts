import sql from 'sql-template-tag';
import { firstRow, type Reader } from '../db/reader.ts';
import { everyone, insertInto, table } from '../db/table.ts';
import type { Transaction } from '../db/transaction.ts';
import { byId } from '../graphql/loaders.ts';
import { found } from '../kernel/refusal.ts';
import { VacancySeriesRow } from './series.row.ts';

/** A series is opened, never drafted: it belongs to the catalogue from its first day. */
const series = table('vacancy_series', VacancySeriesRow, everyone);
export const seriesById = byId(series, 'VacancySeries');

export async function knownSeries(reader: Reader, id: string, field: string): Promise<VacancySeriesRow> {
  return found(await firstRow<VacancySeriesRow>(reader, sql`select ${series.columns} from vacancy_series
    where id = ${id}`), field);
} // prettier-ignore

export async function saveNewSeries(tx: Transaction, row: VacancySeriesRow): Promise<void> {
  await tx.change(insertInto(series, row), 1);
}

/** Its vacancies that still take people, from a day on. */
export async function seriesLeft(reader: Reader, id: string, from: string): Promise<string[]> {
  const rows = await reader.rows<{ id: string }>(sql`select id from vacancy
    where series_id = ${id} and state <> 'CLOSED' and coalesce(starts_on, 'infinity') >= ${from} order by id`);
  return rows.map((row) => row.id);
}
