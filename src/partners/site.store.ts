import sql from 'sql-template-tag';
import { byId as byIdOrder } from '../db/list.ts';
import { firstRow, type Reader } from '../db/reader.ts';
import { everyone, insertInto, table } from '../db/table.ts';
import type { Transaction } from '../db/transaction.ts';
import { edge } from '../graphql/lists.ts';
import { byId } from '../graphql/loaders.ts';
import { found } from '../kernel/refusal.ts';
import { SiteRow } from './site.row.ts';

export const sites = table('site', SiteRow, everyone);
export const siteById = byId(sites, 'Site');
export const sitesOfOrganisation = edge(sites, 'organisationId', byIdOrder('site'));

/** A site anybody may name: the catalogue is open, and a host is not always the employer. */
export async function knownSite(reader: Reader, id: string, field: string): Promise<SiteRow> {
  const query = sql`select ${sites.columns} from site where id = ${id}`;
  return found(await firstRow<SiteRow>(reader, query), field);
}

export async function saveNewSite(tx: Transaction, row: Partial<SiteRow> & { id: string }): Promise<void> {
  await tx.change(insertInto(sites, { ...row, createdAt: tx.now, updatedAt: tx.now }), 1);
}
