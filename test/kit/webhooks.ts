import type { HubOptions } from '../../src/server/hub.ts';
import { deliverEvents, type Delivering } from '../../src/webhooks/deliver.sweep.ts';
import { beginWebhooks, planDeliveries } from '../../src/webhooks/follow.sweep.ts';
import { sendingTo } from '../../src/webhooks/sender.ts';
import type { Client } from './client.ts';
import { Receiver } from './receiver.ts';
import { settled, World, type Asking, type Partner } from './world.ts';

export const endpointSelection = `webhookEndpoint { id url types document purpose state reason version failingSince
  lastDeliveredAt previousSecretUntil client { id } deliveries { nodes { id eventId type subjectId state dueAt closedAt
  attempts { at status fault durationMs bodyHash } } } }`;

/** A world whose endpoints may be on this machine, with a receiver that listens there. */
export class Hooked {
  private constructor(
    readonly world: World,
    readonly receiver: Receiver,
    readonly delivering: Delivering,
  ) {}

  static async open(options: Partial<HubOptions> = {}): Promise<Hooked> {
    const world = await World.open({ reach: 'ANYWHERE', limits: { costPerMinute: 50_000_000 }, ...options });
    const { hub, door } = world.server;
    await beginWebhooks(world.db);
    const sending = { ...sendingTo(hub.reach), patience: 1_000 };
    const delivering = { db: hub.db, health: hub.health, answering: door.answering, sending };
    return new Hooked(world, await Receiver.open(), delivering);
  }

  /** A tool of this partner that acts for the member, and its endpoint at the receiver. */
  async endpoint(manager: Asking, partner: Partner, over: object = {}, actingMember = manager.memberId) {
    const client = await toolOf(manager, actingMember);
    const { webhookEndpoint, secret, userErrors } = await create(manager, {
      client,
      url: this.receiver.url,
      ...over,
    });
    if (!webhookEndpoint) throw new Error(`no endpoint was made: ${JSON.stringify(userErrors)}`);
    return { id: webhookEndpoint.id as string, client, secret: secret as string, partner };
  }

  /** All that happened is planned, and what is due is sent. */
  async tell(): Promise<number> {
    await this.plan();
    return deliverEvents(this.delivering);
  }

  /** Once the journal’s horizon has passed all that happened: a transaction of another worker holds it back. */
  async plan(): Promise<void> {
    await settled(this.world);
    await planDeliveries(this.world.db);
  }

  /** The endpoint as its managers see it. */
  async shown(manager: Client, id: string): Promise<any> {
    const { organisation } = await manager.get(
      `query ($id: ID!) { organisation(id: $id) { webhookEndpoints { nodes { ${endpointSelection.slice(18, -1)} } } } }`,
      { id: (await manager.get('{ viewer { organisation { id } } }')).viewer.organisation.id },
    );
    return organisation.webhookEndpoints.nodes.find((each: any) => each.id === id);
  }

  async close(): Promise<void> {
    await this.receiver.close();
    await this.world.close();
  }
}

/** The whole payload of `createWebhookEndpoint`. */
export const create = (as: Client, input: object) =>
  as.run('createWebhookEndpoint', 'NewWebhookEndpoint', input, `secret ${endpointSelection}`);

/** The whole payload of a move of an endpoint. */
export const moveEndpoint = (as: Client, mutation: string, webhookEndpoint: string, more: object = {}) =>
  as.run(
    mutation,
    moves[mutation] ?? 'WebhookEndpointMove',
    { webhookEndpoint, ...more },
    mutation === 'rotateWebhookSecret' ? `secret ${endpointSelection}` : endpointSelection,
  );

const moves: Record<string, string> = {
  updateWebhookEndpoint: 'WebhookEndpointUpdate',
  redeliverEvents: 'WebhookRedelivery',
  rotateWebhookSecret: 'WebhookSecretRotation',
};

export async function toolOf(manager: Client, actingMember: string | null = null): Promise<string> {
  const scopes = ['events:read', 'offers:read', 'referrals:read', ...(actingMember ? ['people:read'] : [])];
  const input = { name: 'Logiciel métier', scopes, actingMember };
  const { apiClient } = await manager.run('createApiClient', 'NewApiClient', input, 'apiClient { id }');
  return apiClient.id;
}
