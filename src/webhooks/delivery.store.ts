import sql, { join } from 'sql-template-tag';
import { byId as byIdOrder } from '../db/list.ts';
import { firstRow, type Reader } from '../db/reader.ts';
import { insertMany } from '../db/many.ts';
import { assignments, everyone, insertInto, only, table } from '../db/table.ts';
import type { Transaction } from '../db/transaction.ts';
import { typesMeant } from '../events/type-filter.ts';
import { edge } from '../graphql/lists.ts';
import { grouped } from '../graphql/loaders.ts';
import { newId } from '../kernel/ids.ts';
import { AttemptRow, DeliveryRow } from './delivery.row.ts';
import { leaseFrom } from './delivery.rules.ts';
import type { EndpointRow } from './endpoint.row.ts';
import { testType } from './message.ts';

const deliveries = table('webhook_delivery', DeliveryRow, (viewer) =>
  viewer.kind === 'HUB' ? everyone() : sql`webhook_delivery.organisation_id = ${viewer.organisation}`,
);
/** What was never tried may be of what the tool does not see: until then it is nobody's to count. */
const tried = only(deliveries, sql`webhook_delivery.attempts > 0`);
export const deliveriesOf = edge(tried, 'endpointId', byIdOrder('webhook_delivery', true));

const attempts = table('webhook_attempt', AttemptRow, (viewer) =>
  viewer.kind === 'HUB' ? everyone() : sql`webhook_attempt.organisation_id = ${viewer.organisation}`,
);

export const attemptsByDelivery = grouped<AttemptRow, string>(
  (reader, ids) =>
    reader.rows<AttemptRow>(sql`select ${attempts.columns} from webhook_attempt
      where webhook_attempt.delivery_id in (${join(ids)}) and ${attempts.scope(reader.viewer)}
      order by webhook_attempt.delivery_id, webhook_attempt.nth`),
  ({ deliveryId }) => deliveryId,
);

export type Planned = Pick<
  DeliveryRow,
  'endpointId' | 'organisationId' | 'eventId' | 'type' | 'subjectType' | 'subjectId' | 'subjectVersion' | 'occurredAt'
>; // prettier-ignore
const born = ['id', 'endpointId', 'organisationId', 'eventId', 'type', 'subjectType', 'subjectId', 'subjectVersion', 'occurredAt', 'state', 'createdAt'] as const; // prettier-ignore

/** Plans what is not planned yet, in this order; what was sent or given up waits again if asked. */
export async function plan(tx: Transaction, planned: readonly Planned[], again = false): Promise<number> {
  if (planned.length === 0) return 0;
  const rows = planned.map((each) => ({ ...each, id: newId('WebhookDelivery'), state: 'WAITING' as const, createdAt: tx.now })); // prettier-ignore
  const known = again
    ? sql`do update set state = 'WAITING', tries = 0, closed_at = null where webhook_delivery.state <> 'WAITING'`
    : sql`do nothing`;
  return tx.change(
    sql`${insertMany(deliveries, born, rows)} on conflict on constraint webhook_delivery_once ${known}`,
  );
}

/** Gives its time to whatever waits and has nothing of its subject before it. */
export async function release(tx: Transaction, endpoints: readonly string[]): Promise<void> {
  await tx.change(sql`update webhook_delivery set due_at = ${tx.now}
    where endpoint_id in (${join(endpoints)}) and state = 'WAITING' and due_at is null and ${itsTurn}`);
}

/** The same for one subject, whose last delivery has just been closed. */
export async function releaseNext(
  tx: Transaction,
  { endpointId, subjectId }: Pick<DeliveryRow, 'endpointId' | 'subjectId'>,
): Promise<void> {
  await tx.change(sql`update webhook_delivery set due_at = ${tx.now} where due_at is null and id = (
    select id from webhook_delivery where endpoint_id = ${endpointId} and subject_id = ${subjectId} and state = 'WAITING'
    order by nth limit 1)`);
}

const itsTurn = sql`not exists (select from webhook_delivery before where before.state = 'WAITING'
  and before.endpoint_id = webhook_delivery.endpoint_id and before.subject_id = webhook_delivery.subject_id
  and before.nth < webhook_delivery.nth)`;

/** Endpoints that something is due for and that may be written to now. */
export async function endpointsDue(reader: Reader): Promise<string[]> {
  const rows = await reader.rows<{ id: string }>(sql`select endpoint.id from webhook_endpoint endpoint
    where endpoint.state = 'ACTIVE' and (endpoint.not_before is null or endpoint.not_before <= ${reader.now})
      and exists (select from webhook_delivery due where due.endpoint_id = endpoint.id and due.due_at <= ${reader.now})
    order by endpoint.id`);
  return rows.map(({ id }) => id);
}

/** When the next is due of endpoints other than these; null: nothing waits for its time. */
export async function nextDue(reader: Reader, others: readonly string[]): Promise<string | null> {
  const row = await firstRow<{ at: string | null }>(
    reader,
    sql`select min(greatest(due.at, endpoint.not_before)) as at from webhook_endpoint endpoint
      cross join lateral (select min(due_at) as at from webhook_delivery
        where endpoint_id = endpoint.id and due_at is not null) due
      where endpoint.state = 'ACTIVE' and due.at is not null and endpoint.id <> all (${others}::text[])`,
  );
  return row!.at;
}

/** Takes what is due of one endpoint, and keeps it from other processes while it is sent. */
export function claim(tx: Transaction, endpoint: string, most: number): Promise<DeliveryRow[]> {
  return tx.rows<DeliveryRow>(sql`
    with due as (
      select webhook_delivery.id from webhook_delivery
      where endpoint_id = ${endpoint} and due_at <= ${tx.now} and ${itsTurn}
      order by due_at, nth limit ${most} for update skip locked)
    update webhook_delivery set attempts = attempts + 1, tries = tries + 1, due_at = ${leaseFrom(tx.now)}
    from due where webhook_delivery.id = due.id returning ${deliveries.columns}`);
}

export async function saveAttempt(tx: Transaction, row: AttemptRow): Promise<void> {
  await tx.change(insertInto(attempts, row), 1);
}

export async function saveDelivery(tx: Transaction, id: string, change: Partial<DeliveryRow>): Promise<number> {
  return tx.change(sql`update webhook_delivery set ${assignments(change)} where id = ${id} and state = 'WAITING'`);
} // prettier-ignore

/** Nothing more is sent to an endpoint that is removed. */
export async function dropWaiting(tx: Transaction, endpoint: string): Promise<void> {
  await tx.change(sql`update webhook_delivery set state = 'DROPPED', due_at = null, closed_at = ${tx.now}
    where endpoint_id = ${endpoint} and state = 'WAITING'`);
}

/** What an endpoint would have been told of a stretch of the past, in order, those it was told included. */
export function pastOf(
  tx: Transaction,
  endpoint: EndpointRow,
  { from, until, most }: { from: string; until: string; most: number },
): Promise<Planned[]> {
  const { id, organisationId } = endpoint;
  const types = typesMeant(endpoint.types);
  return tx.rows<Planned>(sql`
    select ${id}::text as "endpointId", ${organisationId}::text as "organisationId", id as "eventId", type,
      subject_type as "subjectType", subject_id as "subjectId", subject_version as "subjectVersion",
      occurred_at as "occurredAt"
    from event where occurred_at >= ${from} and occurred_at < ${until}
      and audience && ${[organisationId, '*']}::text[] and (${types}::text[] is null or type = any (${types}::text[]))
    order by event.tx, event.pos limit ${most}`);
}

/** Whether the endpoint was ever sent something about the person of this event. */
export async function wasTold(reader: Reader, { endpointId, eventId }: DeliveryRow): Promise<boolean> {
  const row = await firstRow<{ told: boolean }>(
    reader,
    sql`select exists (select from event ended join event told on told.person_id = ended.person_id
      join webhook_delivery delivered on delivered.event_id = told.id
      where ended.id = ${eventId} and delivered.endpoint_id = ${endpointId} and delivered.state = 'DELIVERED') as told`,
  );
  return row!.told;
}

export function testOf({ id, organisationId, version }: EndpointRow, now: string): Planned {
  return {
    ...{ endpointId: id, organisationId, eventId: newId('Event'), type: testType, occurredAt: now },
    ...{ subjectType: 'WebhookEndpoint', subjectId: id, subjectVersion: version },
  };
}

export async function forgetOldDeliveries(tx: Transaction, most: number): Promise<number> {
  const [row] = await tx.rows<{ gone: number }>(sql`select app.forget_deliveries(${most}) as gone`);
  return row!.gone;
}
