import sql from 'sql-template-tag';
import type { Order } from '../db/list.ts';
import { firstRow } from '../db/reader.ts';
import { assignments, everyone, insertInto, table } from '../db/table.ts';
import type { Transaction } from '../db/transaction.ts';
import { edge } from '../graphql/lists.ts';
import { byId } from '../graphql/loaders.ts';
import { subjectOf } from '../kernel/ids.ts';
import { found } from '../kernel/refusal.ts';
import { ApiClientRow } from './client.row.ts';

const clients = table('api_client', ApiClientRow, (viewer) =>
  viewer.kind === 'HUB' ? everyone() : sql`api_client.organisation_id = ${viewer.organisation}`,
);
export const clientById = byId(clients, 'ApiClient');

const byName: Order = {
  name: 'NAME',
  keys: [
    { by: sql`api_client.name`, type: 'text' },
    { by: sql`api_client.id`, type: 'text' },
  ],
};
export const clientsOf = edge(clients, 'organisationId', byName);

export async function lockClient(tx: Transaction, id: string, field: string): Promise<ApiClientRow> {
  const query = sql`select ${clients.columns} from api_client
    where api_client.id = ${id} and ${clients.scope(tx.viewer)} for update`;
  return found(subjectOf(id) === 'ApiClient' ? await firstRow<ApiClientRow>(tx, query) : null, field);
}

export async function saveNewClient(
  tx: Transaction,
  row: Partial<ApiClientRow> & { id: string },
): Promise<void> {
  await tx.change(insertInto(clients, { ...row, createdAt: tx.now, updatedAt: tx.now }), 1);
}

export async function saveClient(
  tx: Transaction,
  before: ApiClientRow,
  change: Partial<ApiClientRow>,
): Promise<number> {
  const version = before.version + 1;
  const set = assignments<ApiClientRow>({ ...change, version, updatedAt: tx.now });
  await tx.change(sql`update api_client set ${set} where id = ${before.id}`, 1);
  return version;
}

/** Puts the key in force aside, to open until then; one put aside before ends now. */
export async function replaceKey(
  tx: Transaction,
  before: ApiClientRow,
  key: { keyHash: string; keyPrefix: string },
  until: string,
): Promise<number> {
  await tx.change(
    sql`update api_client set previous_key_hash = key_hash, previous_key_until = ${until} where id = ${before.id}`,
    1,
  );
  return saveClient(tx, before, key);
}
