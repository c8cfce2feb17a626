import sql from 'sql-template-tag';
import type { Reader } from '../db/reader.ts';
import type { Batch } from '../graphql/loaders.ts';
import { found } from '../kernel/refusal.ts';
import type { Holder } from './closed.rules.ts';

/**
 * Organisations as the law looks at them. An accreditation that has ended still makes an employer: whom it employed
 * it may still know.
 */
export const holderById: Batch<string, Holder | null> = {
  async load(reader, ids) {
    const rows = await reader.rows<Holder & { id: string }>(sql`select id, kind, remit,
        exists (select from accreditation where accreditation.organisation_id = organisation.id) as employs
      from organisation where id = any(${[...ids]})`);
    const known = new Map(rows.map((row) => [row.id, row]));
    return ids.map((id) => known.get(id) ?? null);
  },
};

export async function holderOf(reader: Reader, organisation: string): Promise<Holder> {
  return found((await holderById.load(reader, [organisation]))[0]);
}
