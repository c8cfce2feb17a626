import type { Database } from '../db/database.ts';
import type { Transaction } from '../db/transaction.ts';
import { everyPartner } from '../events/journal.ts';
import type { JournalLine } from '../events/line.ts';
import { JournalPosition } from '../events/position.ts';
import { ofTypes, type OfTypes } from '../events/type-filter.ts';
import { hubViewer } from '../kernel/viewer.ts';
import { plan, release, type Planned } from './delivery.store.ts';
import { listening, lockEndpoints, type Listening } from './endpoint.store.ts';

const viewer = hubViewer('webhooks');
const position = new JournalPosition('webhooks');
const linesAtOnce = 500;

export function beginWebhooks(db: Database): Promise<void> {
  return db.write(viewer, (tx) => position.beginAtHorizon(tx));
}

/**
 * Reads on in the journal and plans what each endpoint may have to be told, with how far it has read: both or neither.
 * Whether it may is asked when it is sent. Answers whether anybody listens.
 */
export async function planDeliveries(db: Database): Promise<boolean> {
  for (;;) {
    const step = await db.write(viewer, readOn);
    if (!step.more) return step.heard;
  }
}

async function readOn(tx: Transaction): Promise<{ heard: boolean; more: boolean }> {
  const endpoints = await listening(tx);
  const heard = endpoints.length > 0;
  if (!(await position.onlyReader(tx))) return { heard, more: false };
  if (!heard) await position.moveToHorizon(tx);
  const lines = heard ? await position.next(tx, linesAtOnce) : [];
  if (lines.length === 0) return { heard, more: false };
  const each = endpoints.map((endpoint) => ({ ...endpoint, wants: ofTypes(endpoint.types) }));
  const planned = lines.flatMap((line) => each.filter((one) => isFor(one, line)).map((one) => planOf(one, line)));
  if (planned.length > 0) await planFor(tx, planned);
  await position.move(tx, lines.at(-1)!);
  return { heard, more: lines.length === linesAtOnce };
} // prettier-ignore

async function planFor(tx: Transaction, planned: Planned[]): Promise<void> {
  const endpoints = [...new Set(planned.map(({ endpointId }) => endpointId))];
  await lockEndpoints(tx, endpoints);
  await plan(tx, planned);
  await release(tx, endpoints);
}

function isFor({ organisationId, wants, activeSince }: Listening & { wants: OfTypes }, line: JournalLine): boolean {
  const told = line.audience.includes(everyPartner) || line.audience.includes(organisationId);
  return told && wants(line.type) && line.occurredAt >= activeSince;
} // prettier-ignore

function planOf({ id: endpointId, organisationId }: Listening, line: JournalLine): Planned {
  const { id: eventId, type, subjectType, subjectId, subjectVersion, occurredAt } = line;
  return { endpointId, organisationId, eventId, type, subjectType, subjectId, subjectVersion, occurredAt };
}
