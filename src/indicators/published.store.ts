import sql from 'sql-template-tag';
import { everyone, insertInto, table } from '../db/table.ts';
import type { Reader } from '../db/reader.ts';
import type { Transaction } from '../db/transaction.ts';
import { grouped, type Batch } from '../graphql/loaders.ts';
import type { Viewer } from '../kernel/viewer.ts';
import { PublishedCellRow, PublishedTableRow } from './published.row.ts';
import { monthsTo, TableName, type Audience, type Told } from './published.rules.ts';

export const publishedTables = table('published_table', PublishedTableRow, everyone);
/** What a funder is told, only a funder reads. */
const cells = table('published_cell', PublishedCellRow, (viewer) =>
  viewer.kind === 'HUB' || audienceOf(viewer) === 'FUNDER'
    ? sql`true`
    : sql`published_cell.audience = 'EVERYBODY'`,
);

export function audienceOf({ organisationKind }: Pick<Viewer, 'organisationKind'>): Audience {
  return organisationKind === 'STATE' ? 'FUNDER' : 'EVERYBODY';
}

export interface Edition {
  name: TableName;
  month: string;
  /** The newest, if not said. */
  edition: number | null;
}

/** An edition of a table of a month; null where there is none. */
export const editionOf: Batch<Edition, PublishedTableRow | null> = {
  same: ({ name, month, edition }) => `${name} ${month} ${edition}`,
  async load(reader, asked) {
    const rows = await reader.rows<PublishedTableRow>(sql`select ${publishedTables.columns} from published_table
      where published_table.name = any(${asked.map(({ name }) => name)}) and published_table.month = any(${asked.map(({ month }) => month)}::date[])
      order by published_table.edition desc`);
    return asked.map((each) => rows.find((row) => row.name === each.name && row.month === each.month
      && (each.edition === null || row.edition === each.edition)) ?? null);
  },
}; // prettier-ignore

/** The cells as the viewer is told them, in their order. */
export const cellsTold = grouped<PublishedCellRow, string>(
  (reader, ids) =>
    reader.rows<PublishedCellRow>(sql`select ${cells.columns} from published_cell
      where published_cell.table_id = any(${[...ids]}) and published_cell.audience = ${audienceOf(reader.viewer)}
        and ${cells.scope(reader.viewer)} order by published_cell.nth`),
  (row) => row.tableId,
);

export interface DueRow {
  id: string;
}

/** Which tables of closed months are still to be published, or to be looked at again since another month has closed. */
export function due(reader: Reader, last: string, { after, most }: { after: string; most: number }): Promise<DueRow[]> {
  return reader.rows<DueRow>(sql`select id from (
      select name || ' ' || month as id, name, month from unnest(${Object.keys(TableName)}::text[]) name, unnest(${monthsTo(last)}::date[]) month) asked
    where id > ${after} and month >= (select date_trunc('month', min(first)) from (select min(started_on) as first from placement where name <> 'UNMET_NEEDS'
        union all select min(opened_on) from need where name = 'UNMET_NEEDS') told)
      and not exists (select from published_table where published_table.name = asked.name
        and published_table.month = asked.month and published_table.closing >= ${last})
    order by id limit ${most}`);
} // prettier-ignore

/** As the role of figures: the newest edition, and which cells any edition has kept back, by audience. */
export async function lastEdition(tx: Transaction, name: TableName, month: string) {
  const [edition] = await tx.rows<PublishedTableRow>(sql`select ${publishedTables.columns} from published_table
    where published_table.name = ${name} and published_table.month = ${month} order by published_table.edition desc limit 1 for update`);
  const hidden = await tx.rows<{ audience: Audience; codes: string[] }>(sql`
    select audience, array_agg(distinct code) as codes from published_cell join published_table on published_table.id = table_id
    where name = ${name} and month = ${month} and value is null group by 1`);
  const told = edition
    ? await tx.rows<PublishedCellRow>(sql`select ${cells.columns} from published_cell
        where published_cell.table_id = ${edition.id} and published_cell.audience = 'EVERYBODY' order by published_cell.nth`)
    : [];
  return { edition: edition ?? null, told, before: new Map(hidden.map(({ audience, codes }) => [audience, new Set(codes)])) };
} // prettier-ignore

export async function saveEdition(
  tx: Transaction,
  row: PublishedTableRow,
  lines: readonly Told[],
): Promise<void> {
  await tx.change(insertInto(publishedTables, row), 1);
  const given = JSON.stringify(lines.map((line, nth) => ({ ...line, nth })));
  await tx.change(
    sql`insert into published_cell (table_id, audience, nth, level, code, parent, value, of)
      select ${row.id}, audience, nth, level, code, parent, value, of
      from jsonb_to_recordset(${given}::jsonb) line (audience text, nth integer, level text, code text, parent text, value numeric, of numeric)`,
    lines.length,
  );
}

export async function holdsAt(tx: Transaction, id: string, closing: string): Promise<void> {
  await tx.change(sql`update published_table set closing = ${closing} where id = ${id}`, 1);
}
