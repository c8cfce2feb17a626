import { allow } from '../auth/policy.ts';
import { hashKey, newKey, prefixOf } from '../auth/tokens.ts';
import type { Transaction } from '../db/transaction.ts';
import type { Happened } from '../events/event-types.ts';
import { record } from '../events/journal.ts';
import { addDays } from '../kernel/clock.ts';
import { newId } from '../kernel/ids.ts';
import { Refusal, sameVersion } from '../kernel/refusal.ts';
import type { ApiClientRow } from './client.row.ts';
import { checkClient, overlapDays, refuseWider, requireUnrevoked } from './client.rules.ts';
import { lockClient, replaceKey, saveClient, saveNewClient } from './client.store.ts';
import type { ApiClientRevocation, ApiClientUpdate, ApiKeyRotation, NewApiClient } from './client.type.ts';
import { knownColleague } from './member.store.ts';

/** The key itself leaves with this answer and is nowhere kept: neither in a row nor with the idempotency key. */
interface Keyed {
  id: string;
  key: string;
}

export async function createApiClient(tx: Transaction, input: NewApiClient): Promise<Keyed> {
  const organisationId = tx.viewer.organisation;
  allowKeys(tx, organisationId);
  const { name, actingMember: actingMemberId = null } = input;
  const scopes = checkClient({ name, scopes: input.scopes, actingMemberId });
  await mayActFor(tx, actingMemberId);
  const { key, ...kept } = fresh();
  const id = newId('ApiClient');
  await saveNewClient(tx, { id, organisationId, actingMemberId, name, scopes, ...kept });
  await recordClient(tx, 'created', { id, organisationId }, 1);
  return { id, key };
}

export async function rotateApiKey(tx: Transaction, input: ApiKeyRotation): Promise<Keyed> {
  const client = await mine(tx, input);
  requireUnrevoked(client);
  await mayActFor(tx, client.actingMemberId);
  const { key, ...kept } = fresh();
  const until = addDays(tx.now, overlapDays(input.overlapDays));
  const version = await replaceKey(tx, client, kept, until);
  await recordClient(tx, 'rotated', client, version);
  return { id: client.id, key };
}

export async function updateApiClient(tx: Transaction, input: ApiClientUpdate) {
  const client = await mine(tx, input);
  requireUnrevoked(client);
  const after = {
    name: input.name ?? client.name,
    scopes: input.scopes ?? client.scopes,
    actingMemberId: input.actingMember === undefined ? client.actingMemberId : input.actingMember,
  };
  const scopes = checkClient(after);
  if (input.actingMember != null) await mayActFor(tx, input.actingMember);
  const version = await saveClient(tx, client, { ...after, scopes });
  await recordClient(tx, 'updated', client, version);
  return { id: client.id };
}

export async function revokeApiClient(tx: Transaction, input: ApiClientRevocation) {
  const client = await mine(tx, input);
  if (client.revokedAt !== null) return { id: client.id };
  const version = await saveClient(tx, client, { revokedAt: tx.now });
  await recordClient(tx, 'revoked', client, version);
  return { id: client.id };
}

async function mine(tx: Transaction, input: { client: string; version?: number | null }) {
  const client = await lockClient(tx, input.client, 'client');
  allowKeys(tx, client.organisationId);
  sameVersion(client, input.version);
  return client;
}

/** A key must not make keys, nor widen its own: people manage tools. */
function allowKeys({ viewer }: Transaction, organisation: string): void {
  allow(viewer, 'manageClients', organisation);
  if (viewer.kind === 'TOOL') throw new Refusal('NOT_ALLOWED', { act: 'manageClients' });
}

/** A colleague at work who sees no more people than whoever holds the key would then see. */
async function mayActFor(tx: Transaction, member: string | null): Promise<void> {
  if (member !== null && member !== tx.viewer.member)
    refuseWider(await knownColleague(tx, member, 'actingMember'), tx.viewer);
}

function fresh() {
  const key = newKey();
  return { key, keyHash: hashKey(key), keyPrefix: prefixOf(key) };
}

function recordClient(
  tx: Transaction,
  happened: Happened<'client'>,
  { id, organisationId }: Pick<ApiClientRow, 'id' | 'organisationId'>,
  version: number,
) {
  const subject = { type: 'ApiClient', id, version };
  return record(tx, { type: `client.${happened}`, subject, audience: [organisationId] });
}
