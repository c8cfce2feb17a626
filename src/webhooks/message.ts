import { Webhook } from 'standardwebhooks';
import type { DeliveryRow } from './delivery.row.ts';

/** The type of what `sendTestEvent` sends: it is in no journal. */
export const testType = 'webhook.test';

/** The body: ids and codes, and what the endpoint's own document answered. Who acted is read, not told. */
export function bodyOf(delivery: DeliveryRow, result: unknown): string {
  const { eventId: id, type, occurredAt, subjectType, subjectId, subjectVersion } = delivery;
  const event = { id, type, occurredAt, subject: { type: subjectType, id: subjectId, version: subjectVersion } };
  return JSON.stringify({ type, timestamp: occurredAt, data: { event, ...(result !== undefined && { result }) } });
} // prettier-ignore

interface Signing {
  secrets: readonly string[];
  id: string;
  at: Date;
}

/** The headers of the Standard Webhooks specification: one signature for each secret in force. */
export function headersOf({ secrets, id, at }: Signing, body: string): Record<string, string> {
  return {
    'content-type': 'application/json; charset=utf-8',
    'user-agent': 'Passerelle-Webhooks/1',
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
    'webhook-signature': secrets.map((secret) => new Webhook(secret).sign(id, at, body)).join(' '),
  };
}
