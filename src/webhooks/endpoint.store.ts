import sql, { join } from 'sql-template-tag';
import { byId as byIdOrder } from '../db/list.ts';
import { firstRow, type Reader } from '../db/reader.ts';
import { assignments, everyone, insertInto, only, table } from '../db/table.ts';
import type { Transaction } from '../db/transaction.ts';
import { edge } from '../graphql/lists.ts';
import { byId } from '../graphql/loaders.ts';
import { subjectOf } from '../kernel/ids.ts';
import { found } from '../kernel/refusal.ts';
import { EndpointRow } from './endpoint.row.ts';

/** An organisation's own; the interface shows them to its managers alone. */
const endpoints = table('webhook_endpoint', EndpointRow, (viewer) =>
  viewer.kind === 'HUB' ? everyone() : sql`webhook_endpoint.organisation_id = ${viewer.organisation}`,
);
const kept = only(endpoints, sql`webhook_endpoint.state <> 'REMOVED'`);

export const endpointById = byId(endpoints, 'WebhookEndpoint');
export const endpointsOf = edge(kept, 'organisationId', byIdOrder('webhook_endpoint', true));

export async function lockEndpoint(tx: Transaction, id: string, field: string): Promise<EndpointRow> {
  const query = sql`select ${endpoints.columns} from webhook_endpoint
    where webhook_endpoint.id = ${id} and ${endpoints.scope(tx.viewer)} for no key update`;
  return found(subjectOf(id) === 'WebhookEndpoint' ? await firstRow<EndpointRow>(tx, query) : null, field);
}

/** Their tool's row is locked: two at once cannot both be the last that is allowed. */
export async function countEndpoints(tx: Transaction, client: string): Promise<number> {
  const counted = await firstRow<{ count: number }>(
    tx,
    sql`select count(*)::int as count from webhook_endpoint where client_id = ${client} and state <> 'REMOVED'`,
  );
  return counted!.count;
}

export async function saveNewEndpoint(tx: Transaction, row: Partial<EndpointRow>): Promise<void> {
  await tx.change(insertInto(endpoints, { ...row, createdAt: tx.now, updatedAt: tx.now }), 1);
}

/** A change that whoever manages it may read of: it has a version. */
export async function saveEndpoint(
  tx: Transaction,
  before: EndpointRow,
  change: Partial<EndpointRow>,
): Promise<number> {
  const version = before.version + 1;
  await noteOf(tx, before.id, { ...change, version, updatedAt: tx.now });
  return version;
}

/** What the deliveries tell of their endpoint: nobody decided it, and no version counts it. */
export async function noteOf(tx: Transaction, id: string, change: Partial<EndpointRow>): Promise<void> {
  await tx.change(sql`update webhook_endpoint set ${assignments<EndpointRow>(change)} where id = ${id}`, 1);
}

/** As the hub: nobody else writes or reads a secret once it is given. */
export async function saveSecret(tx: Transaction, endpoint: string, secret: string): Promise<void> {
  await tx.change(
    sql`insert into webhook_secret (endpoint_id, secret) values (${endpoint}, ${secret})
      on conflict (endpoint_id) do update set previous = webhook_secret.secret, secret = excluded.secret`,
    1,
  );
}

/** What to sign with at this time: the secret, and for as long as it overlaps the one before. */
export async function secretsOf(reader: Reader, { id, previousSecretUntil: until }: EndpointRow) {
  const row = await firstRow<{ secret: string; previous: string | null }>(
    reader,
    sql`select secret, previous from webhook_secret where endpoint_id = ${id}`,
  );
  const { secret, previous } = row!;
  return previous !== null && until !== null && until > reader.now ? [secret, previous] : [secret];
}

export type Listening = Pick<EndpointRow, 'id' | 'organisationId' | 'types' | 'activeSince'>;

export function listening(tx: Transaction): Promise<Listening[]> {
  return tx.rows<Listening>(sql`
    select id, organisation_id as "organisationId", types, active_since as "activeSince"
    from webhook_endpoint where state = 'ACTIVE' order by id`);
}

/** Against deliveries that close meanwhile: what waits behind them must not be missed. */
export async function lockEndpoints(tx: Transaction, ids: readonly string[]): Promise<void> {
  await tx.rows(sql`select from webhook_endpoint where id in (${join(ids)}) order by id for no key update`);
}
