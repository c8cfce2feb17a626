import sql, { raw, type Sql } from 'sql-template-tag';
import type { Order } from '../db/list.ts';
import { firstRow, type Reader } from '../db/reader.ts';
import { everyone, table } from '../db/table.ts';
import type { Batch } from '../graphql/loaders.ts';
import { found, Refusal } from '../kernel/refusal.ts';
import { CommuneRow, EpciRow } from './commune.row.ts';
import type { CommuneFilter } from './commune.type.ts';

export const communes = table('commune', CommuneRow, everyone);
export const epcis = table('epci', EpciRow, everyone);

function byCode<R extends { code: string }>(of: typeof communes | typeof epcis): Batch<string, R | null> {
  return {
    async load(reader, codes) {
      // what is no code is unknown, not a text PostgreSQL may choke on
      const wellFormed = codes.filter((code) => /^\w+$/.test(code));
      const rows = await reader.rows<R>(
        sql`select ${of.columns} from ${raw(of.name)} where code = any(${wellFormed})`,
      );
      const found = new Map(rows.map((row) => [row.code, row]));
      return codes.map((code) => found.get(code) ?? null);
    },
  };
}

const byName: Order = {
  name: 'NAME',
  keys: [
    { by: sql`commune.name`, type: 'text' },
    { by: sql`commune.code`, type: 'text' },
  ],
};

export function communeList(filter: CommuneFilter) {
  return { table: communes, where: conditions(filter), order: byName };
}

function conditions({ text, departement, epci }: CommuneFilter): Sql[] {
  return [
    ...(text ? [sql`app.fold(${text}) <% app.fold(commune.name)`] : []),
    ...(departement != null ? [sql`commune.departement_code = ${departement}`] : []),
    ...(epci != null ? [sql`commune.epci_code = ${epci}`] : []),
  ];
}

export const communeByCode = byCode<CommuneRow>(communes);
export const epciByCode = byCode<EpciRow>(epcis);

/** A commune of the official list, or a refusal that names the code. */
export async function knownCommune(reader: Reader, code: string, field: string): Promise<CommuneRow> {
  const row = /^\w{5}$/.test(code)
    ? await firstRow<CommuneRow>(reader, sql`select ${communes.columns} from commune where code = ${code}`)
    : null;
  if (!row) throw new Refusal('UNKNOWN_COMMUNE', { commune: code }, field);
  return row;
}

/** An EPCI of the official list, or NOT_FOUND. */
export async function knownEpci(reader: Reader, code: string, field: string): Promise<EpciRow> {
  const query = sql`select ${epcis.columns} from epci where code = ${code}`;
  return found(/^\d{9}$/.test(code) ? await firstRow<EpciRow>(reader, query) : null, field);
}
