import { createHash } from 'node:crypto';
import { clientViewer } from '../auth/login.ts';
import type { Database } from '../db/database.ts';
import type { Transaction } from '../db/transaction.ts';
import { hasScope, hubViewer, type Viewer } from '../kernel/viewer.ts';
import type { DeliveryRow } from './delivery.row.ts';
import { isDeaf, isDelivered, isGone, nextTry, notBefore, type Answer } from './delivery.rules.ts';
import { claim, endpointsDue, releaseNext, saveAttempt, saveDelivery, wasTold } from './delivery.store.ts';
import { recordEndpoint } from './endpoint.actions.ts';
import type { EndpointRow } from './endpoint.row.ts';
import type { EndpointReason } from './endpoint.rules.ts';
import { endpointById, lockEndpoint, noteOf, saveEndpoint, secretsOf } from './endpoint.store.ts';
import { bodyOf, headersOf, testType } from './message.ts';
import { post, type Sending } from './sender.ts';

const hub = hubViewer('webhooks');
const atOnce = 4;
/** Told to who was told of the person before, though nothing of them is open any more. */
const endings: readonly string[] = ['person.access_ended', 'person.access_narrowed', 'person.erased'];

/** What the hub can ask as a tool: whether it sees something, and what its own document answers. */
export interface Answering {
  sees(viewer: Viewer, subject: string): Promise<boolean>;
  answer(
    viewer: Viewer,
    asked: { document: string; subject: string; purpose: string | null; request: string },
  ): Promise<unknown>;
}

export interface Delivering {
  db: Database;
  sending: Sending;
  answering: Answering;
  /** Whether health data are kept: what a tool may see depends on it. */
  health: boolean;
  /** What is under way is given up when the hub stops. */
  stopping?: AbortSignal;
}

/** Sends what is due, to all that it is due for. Answers how many attempts were made. */
export async function deliverEvents(of: Delivering): Promise<number> {
  const due = await endpointsDue(of.db.as(hub));
  const made = await Promise.all(due.map((id) => deliverTo(of, id)));
  return made.reduce((sum, each) => sum + each, 0);
}

/** Sends one endpoint what is due, a few at a time: a subject that is slow to be taken keeps no other waiting. */
export async function deliverTo(of: Delivering, id: string): Promise<number> {
  let made = 0;
  const work = async () => {
    for (let next; (next = await claimed(of, id)); made++) await deliver(of, next.endpoint, next.delivery);
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return made;
}

/** Taken from others for the time of an attempt; null when nothing is due, or the endpoint is to be left alone. */
async function claimed({ db, stopping }: Delivering, id: string) {
  if (stopping?.aborted) return null;
  const [endpoint] = await endpointById.load(db.as(hub), [id]);
  if (endpoint?.state !== 'ACTIVE' || (endpoint.notBefore ?? '') > db.clock.now()) return null;
  const [delivery] = await db.write(hub, (tx) => claim(tx, id, 1));
  return delivery ? { endpoint, delivery } : null;
}

async function deliver(of: Delivering, endpoint: EndpointRow, delivery: DeliveryRow): Promise<void> {
  const viewer = await clientViewer(of.db.pool, endpoint.clientId, of.health);
  if (!viewer || !hasScope(viewer, 'events:read'))
    return of.db.write(hub, async (tx) => {
      await saveDelivery(tx, delivery.id, untried(tx, delivery));
      await disable(tx, endpoint.id, 'TOOL_STOPPED');
    });
  const reader = of.db.as(hub);
  if (!(await mayTell(of, viewer, delivery)))
    return of.db.write(hub, (tx) => close(tx, delivery, 'DROPPED'));
  const body = bodyOf(delivery, await resultOf(of, viewer, endpoint, delivery));
  const headers = headersOf({ secrets: await secretsOf(reader, endpoint), id: delivery.eventId, at: new Date(reader.now) }, body);
  const began = performance.now();
  const answer = await post({ ...of.sending, stopping: of.stopping }, { url: endpoint.url, headers, body });
  if (answer.fault && of.stopping?.aborted) return; // cut by us: whoever comes next tries it as if it had not been
  const durationMs = Math.round(performance.now() - began);
  const bodyHash = createHash('sha256').update(body).digest('hex');
  await of.db.write(hub, (tx) => taken(tx, delivery, answer, { at: reader.now, durationMs, bodyHash }));
} // prettier-ignore

/** Asked at each attempt: rights may have ended since the event, and since the last attempt. */
async function mayTell({ db, answering }: Delivering, viewer: Viewer, delivery: DeliveryRow): Promise<boolean> {
  if (delivery.type === testType) return true;
  if (await answering.sees(viewer, delivery.subjectId)) return true;
  return endings.includes(delivery.type) && wasTold(db.as(hub), delivery);
} // prettier-ignore

function resultOf({ answering }: Delivering, viewer: Viewer, endpoint: EndpointRow, delivery: DeliveryRow) {
  const { document, purpose } = endpoint;
  if (document === null || delivery.type === testType) return undefined;
  return answering.answer(viewer, { document, purpose, subject: delivery.subjectId, request: delivery.id });
} // prettier-ignore

interface Attempted {
  at: string;
  durationMs: number;
  bodyHash: string;
}

/** Writes how it went, and what follows for this delivery, for the next of its subject, and for the endpoint. */
async function taken(tx: Transaction, delivery: DeliveryRow, answer: Answer, attempted: Attempted): Promise<void> {
  const { id: deliveryId, attempts: nth, organisationId, endpointId, tries } = delivery;
  const endpoint = await lockEndpoint(tx, endpointId, 'endpoint');
  const { status, fault } = answer;
  await saveAttempt(tx, { deliveryId, nth, organisationId, status, fault, ...attempted });
  if (isDelivered(answer)) {
    await noteOf(tx, endpointId, { lastDeliveredAt: tx.now, failingSince: null, notBefore: null });
    return close(tx, delivery, 'DELIVERED');
  }
  const failingSince = endpoint.failingSince ?? tx.now;
  await noteOf(tx, endpointId, { failingSince, notBefore: notBefore(tx.now, answer) ?? endpoint.notBefore });
  const dueAt = nextTry(tx.now, tries, answer, Math.random());
  if (dueAt) await saveDelivery(tx, deliveryId, { dueAt });
  else await close(tx, delivery, 'FAILED');
  if (isGone(answer)) await disable(tx, endpointId, 'GONE');
  else if (isDeaf(failingSince, tx.now)) await disable(tx, endpointId, 'FAILING');
} // prettier-ignore

async function close(tx: Transaction, delivery: DeliveryRow, state: 'DELIVERED' | 'FAILED' | 'DROPPED') {
  await lockEndpoint(tx, delivery.endpointId, 'endpoint');
  const dropped = state === 'DROPPED' && delivery.attempts === 1;
  // never tried: nobody is shown that there was something
  const attempts = dropped ? { attempts: 0 } : {};
  await saveDelivery(tx, delivery.id, { state, dueAt: null, closedAt: tx.now, ...attempts });
  await releaseNext(tx, delivery);
}

const untried = ({ now }: Transaction, { attempts, tries }: DeliveryRow) => ({
  ...{ dueAt: now, attempts: attempts - 1, tries: tries - 1 },
});

async function disable(tx: Transaction, id: string, reason: EndpointReason): Promise<void> {
  const endpoint = await lockEndpoint(tx, id, 'endpoint');
  if (endpoint.state !== 'ACTIVE') return;
  const version = await saveEndpoint(tx, endpoint, { state: 'DISABLED', reason });
  await recordEndpoint(tx, 'disabled', endpoint, version);
}
