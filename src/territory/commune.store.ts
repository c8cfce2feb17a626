import sql, { raw } from 'sql-template-tag';
import { firstRow, type Reader } from '../db/reader.ts';
import { everyone, table } from '../db/table.ts';
import type { Batch } from '../graphql/loaders.ts';
import { Refusal } from '../kernel/refusal.ts';
import { CommuneRow, EpciRow } from './commune.row.ts';

export const communes = table('commune', CommuneRow, everyone);
export const epcis = table('epci', EpciRow, everyone);

function byCode<R extends { code: string }>(of: typeof communes | typeof epcis): Batch<string, R | null> {
  return {
    async load(reader, codes) {
      const rows = await reader.rows<R>(
        sql`select ${of.columns} from ${raw(of.name)} where code = any(${codes})`,
      );
      const found = new Map(rows.map((row) => [row.code, row]));
      return codes.map((code) => found.get(code) ?? null);
    },
  };
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
