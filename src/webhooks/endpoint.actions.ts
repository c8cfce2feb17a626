import { randomBytes } from 'node:crypto';
import type { DocumentNode } from 'graphql';
import { allow } from '../auth/policy.ts';
import type { Transaction } from '../db/transaction.ts';
import type { Happened } from '../events/event-types.ts';
import { record } from '../events/journal.ts';
import { newId } from '../kernel/ids.ts';
import { invalid, Refusal, sameVersion } from '../kernel/refusal.ts';
import { requireUnrevoked } from '../partners/client.rules.ts';
import { lockClient } from '../partners/client.store.ts';
import { checkDocument, checkTypes } from './asked.ts';
import { dropWaiting, pastOf, plan, release, testOf } from './delivery.store.ts';
import type { EndpointRow } from './endpoint.row.ts';
import {
  checkRange,
  checkUrl,
  mostEndpoints,
  overlapHours,
  requireState,
  type Reach,
} from './endpoint.rules.ts';
import { countEndpoints, lockEndpoint, saveEndpoint, saveNewEndpoint, saveSecret } from './endpoint.store.ts';
import type {
  EndpointMove,
  EndpointUpdate,
  NewEndpoint,
  Redelivery,
  SecretRotation,
} from './endpoint.type.ts';

/** A secret leaves with the answer of what made it and is told to nobody afterwards. */
interface Kept {
  id: string;
  secret: string;
}

const cause = 'webhooks';

/** What an endpoint may be: where, and which documents may be asked for it. */
export interface Asking {
  reach: Reach;
  /** Reads and weighs a document as if it were asked now; refuses what is wrong with it. */
  read(document: string): DocumentNode;
}

function checkAsked({ document }: { document?: string | null }, { read }: Asking): void {
  if (document != null) checkDocument(read(document));
}

export async function createWebhookEndpoint(tx: Transaction, input: NewEndpoint, asking: Asking): Promise<Kept> {
  allowWebhooks(tx, tx.viewer.organisation);
  checkAsked(input, asking);
  const client = await lockClient(tx, input.client, 'client');
  requireUnrevoked(client);
  if (!client.scopes.includes('events:read'))
    throw new Refusal('INSUFFICIENT_SCOPE', { scope: 'events:read' });
  if ((await countEndpoints(tx, client.id)) >= mostEndpoints)
    throw invalid('client', 'TOO_MANY', { most: mostEndpoints });
  const id = newId('WebhookEndpoint');
  const { organisationId } = client;
  await saveNewEndpoint(tx, {
    ...{ id, organisationId, clientId: client.id, url: checkUrl(input.url, asking.reach), types: checkTypes(input.types) },
    ...{ document: input.document ?? null, purpose: input.purpose ?? null, state: 'ACTIVE', activeSince: tx.now },
  });
  const secret = await giveSecret(tx, id);
  await recordEndpoint(tx, 'created', { id, organisationId }, 1);
  return { id, secret };
} // prettier-ignore

export async function updateWebhookEndpoint(tx: Transaction, input: EndpointUpdate, asking: Asking) {
  const endpoint = await mine(tx, input);
  checkAsked(input, asking);
  requireState(endpoint.state, 'ACTIVE', 'DISABLED');
  const version = await saveEndpoint(tx, endpoint, {
    ...(input.url != null && { url: checkUrl(input.url, asking.reach) }),
    ...(input.types !== undefined && { types: checkTypes(input.types) }),
    ...(input.document !== undefined && { document: input.document }),
    ...(input.purpose !== undefined && { purpose: input.purpose }),
  });
  await recordEndpoint(tx, 'updated', endpoint, version);
  return { id: endpoint.id };
}

export async function rotateWebhookSecret(tx: Transaction, input: SecretRotation): Promise<Kept> {
  const endpoint = await mine(tx, input);
  requireState(endpoint.state, 'ACTIVE', 'DISABLED');
  const hours = overlapHours(input.overlapHours);
  const previousSecretUntil = new Date(Date.parse(tx.now) + hours * 60 * 60_000).toISOString();
  const version = await saveEndpoint(tx, endpoint, { previousSecretUntil });
  const secret = await giveSecret(tx, endpoint.id);
  await recordEndpoint(tx, 'rotated', endpoint, version);
  return { id: endpoint.id, secret };
}

/** What waited goes on; what happened while it was disabled is asked for, with `redeliverEvents`. */
export async function enableWebhookEndpoint(tx: Transaction, input: EndpointMove) {
  const endpoint = await mine(tx, input);
  requireState(endpoint.state, 'DISABLED');
  requireUnrevoked(await lockClient(tx, endpoint.clientId, 'webhookEndpoint'));
  const fresh = { state: 'ACTIVE', reason: null, activeSince: tx.now, failingSince: null, notBefore: null } as const;
  const version = await saveEndpoint(tx, endpoint, fresh);
  await recordEndpoint(tx, 'enabled', endpoint, version);
  return { id: endpoint.id };
} // prettier-ignore

export async function disableWebhookEndpoint(tx: Transaction, input: EndpointMove) {
  const endpoint = await mine(tx, input);
  requireState(endpoint.state, 'ACTIVE');
  const version = await saveEndpoint(tx, endpoint, { state: 'DISABLED', reason: 'MANAGER' });
  await recordEndpoint(tx, 'disabled', endpoint, version);
  return { id: endpoint.id };
}

export async function removeWebhookEndpoint(tx: Transaction, input: EndpointMove) {
  const endpoint = await mine(tx, input);
  if (endpoint.state === 'REMOVED') return { id: endpoint.id };
  const version = await saveEndpoint(tx, endpoint, { state: 'REMOVED', reason: null });
  await tx.asHub(cause, () => dropWaiting(tx, endpoint.id));
  await recordEndpoint(tx, 'removed', endpoint, version);
  return { id: endpoint.id };
}

/** A message of its own, so that a receiver can be tried before anything has happened. */
export async function sendTestEvent(tx: Transaction, input: EndpointMove) {
  const endpoint = await mine(tx, input);
  requireState(endpoint.state, 'ACTIVE');
  await tx.asHub(cause, () => again(tx, endpoint, [testOf(endpoint, tx.now)]));
  return { id: endpoint.id };
}

const mostAgain = 10_000;

/** The past once more, in its order, each event under the id it had: a receiver that knows it takes it for a repeat. */
export async function redeliverEvents(tx: Transaction, input: Redelivery) {
  const endpoint = await mine(tx, input);
  requireState(endpoint.state, 'ACTIVE');
  checkRange(input.from, input.until, tx.now);
  await tx.asHub(cause, async () => {
    const past = await pastOf(tx, endpoint, { from: input.from, until: input.until, most: mostAgain + 1 });
    if (past.length > mostAgain) throw invalid('until', 'TOO_MANY', { most: mostAgain });
    await again(tx, endpoint, past);
  });
  return { id: endpoint.id };
}

async function again(tx: Transaction, { id }: EndpointRow, planned: Parameters<typeof plan>[1]): Promise<void> {
  await plan(tx, planned, true);
  await release(tx, [id]);
} // prettier-ignore

async function giveSecret(tx: Transaction, endpoint: string): Promise<string> {
  const secret = `whsec_${randomBytes(32).toString('base64')}`;
  await tx.asHub(cause, () => saveSecret(tx, endpoint, secret));
  return secret;
}

async function mine(tx: Transaction, input: { webhookEndpoint: string; version?: number | null }) {
  const endpoint = await lockEndpoint(tx, input.webhookEndpoint, 'webhookEndpoint');
  allowWebhooks(tx, endpoint.organisationId);
  sameVersion(endpoint, input.version);
  return endpoint;
}

/** A key must not open a way out of the hub that lasts longer than itself: people manage endpoints. */
function allowWebhooks({ viewer }: Transaction, organisation: string): void {
  allow(viewer, 'manageClients', organisation);
  if (viewer.kind === 'TOOL') throw new Refusal('NOT_ALLOWED', { act: 'manageClients' });
}

/** What happened to an endpoint, for its own organisation. */
export function recordEndpoint(
  tx: Transaction,
  happened: Happened<'webhook'>,
  { id, organisationId }: Pick<EndpointRow, 'id' | 'organisationId'>,
  version: number,
) {
  const subject = { type: 'WebhookEndpoint', id, version };
  return record(tx, { type: `webhook.${happened}`, subject, audience: [organisationId] });
}
