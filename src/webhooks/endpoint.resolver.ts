import { Arg, Args, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import { holds } from '../auth/policy.ts';
import type { Transaction } from '../db/transaction.ts';
import { movesOf } from '../graphql/command.ts';
import { PageArgs } from '../graphql/connection.ts';
import type { Context } from '../graphql/context.ts';
import { children } from '../graphql/lists.ts';
import { clientById } from '../partners/client.store.ts';
import { ApiClient } from '../partners/client.type.ts';
import { Organisation } from '../partners/organisation.type.ts';
import * as actions from './endpoint.actions.ts';
import type { EndpointRow } from './endpoint.row.ts';
import { deliveriesOf } from './delivery.store.ts';
import { WebhookDeliveryConnection } from './delivery.type.ts';
import { endpointById, endpointsOf } from './endpoint.store.ts';
import {
  EndpointMove,
  EndpointUpdate,
  NewEndpoint,
  Redelivery,
  SecretRotation,
  WebhookEndpoint,
  WebhookEndpointConnection,
  WebhookEndpointPayload,
  WebhookSecretPayload,
} from './endpoint.type.ts';

declare module '../graphql/context.ts' {
  interface Context {
    readonly webhooks: actions.Asking;
  }
}

@Resolver(() => Organisation)
export class OrganisationWebhooksResolver {
  @FieldResolver(() => WebhookEndpointConnection, {
    nullable: true,
    description: 'Where its tools are told of what happens, newest first; null but for the managers of this organisation.',
  })
  webhookEndpoints(@Root() organisation: Organisation, @Args(() => PageArgs) page: PageArgs, @Ctx() ctx: Context) {
    const { viewer } = ctx;
    const manages = viewer.kind === 'MEMBER' && holds(viewer, 'manageClients');
    return manages && organisation.id === viewer.organisation
      ? children(ctx, endpointsOf, organisation.id, page)
      : null;
  }
} // prettier-ignore

const moved = movesOf({ noun: 'webhookEndpoint', scope: 'offers:write', read: endpointById });

/** The secret goes from the action to the answer by hand, past everything that remembers. */
async function keeping(move: (keep: (kept: { secret: string }) => void) => ReturnType<typeof moved>) {
  let secret: string | null = null;
  const payload = await move((kept) => (secret = kept.secret));
  return { ...payload, secret: payload.userErrors.length ? null : secret };
}

const byManagers = 'By the managers of its organisation, in person.';

@Resolver(() => WebhookEndpoint)
export class WebhookEndpointResolver {
  @FieldResolver(() => ApiClient, {
    nullable: true,
    description: 'The tool that is told, with whose rights.',
  })
  client(@Root() { clientId }: EndpointRow, @Ctx() ctx: Context) {
    return ctx.loaders.load(clientById, clientId);
  }

  @FieldResolver(() => WebhookDeliveryConnection, {
    description: 'What was sent to it, or tried to be, newest first; kept thirty days.',
  })
  deliveries(@Root() { id }: EndpointRow, @Args(() => PageArgs) page: PageArgs, @Ctx() ctx: Context) {
    return children(ctx, deliveriesOf, id, page);
  }

  @Mutation(() => WebhookSecretPayload, {
    description: `Tells a tool what happens, at an address of its own, from now on. ${byManagers}`,
  })
  createWebhookEndpoint(
    @Arg('input', () => NewEndpoint, { description: 'Where.' }) input: NewEndpoint,
    @Ctx() ctx: Context,
  ) {
    return keeping((keep) => {
      const createWebhookEndpoint = async (tx: Transaction) => {
        const kept = await actions.createWebhookEndpoint(tx, input, ctx.webhooks);
        keep(kept);
        return kept;
      };
      return moved(ctx, input, createWebhookEndpoint);
    });
  }

  @Mutation(() => WebhookSecretPayload, {
    description: `Gives an endpoint a new secret, shown once; both sign for an overlap. ${byManagers}`,
  })
  rotateWebhookSecret(
    @Arg('input', () => SecretRotation, { description: 'Whose secret.' }) input: SecretRotation,
    @Ctx() ctx: Context,
  ) {
    return keeping((keep) => {
      const rotateWebhookSecret = async (tx: Transaction) => {
        const kept = await actions.rotateWebhookSecret(tx, input);
        keep(kept);
        return kept;
      };
      return moved(ctx, input, rotateWebhookSecret);
    });
  }

  @Mutation(() => WebhookEndpointPayload, {
    description: `Changes the address, types or document of an endpoint; what waits goes to the new address. ${byManagers}`,
  })
  updateWebhookEndpoint(
    @Arg('input', () => EndpointUpdate, { description: 'What changes.' }) input: EndpointUpdate,
    @Ctx() ctx: Context,
  ) {
    const updateWebhookEndpoint = (tx: Transaction) => actions.updateWebhookEndpoint(tx, input, ctx.webhooks);
    return moved(ctx, input, updateWebhookEndpoint);
  }

  @Mutation(() => WebhookEndpointPayload, {
    description:
      'Takes up a disabled endpoint: what waited is sent; what happened meanwhile is asked for with `redeliverEvents`. ' +
      byManagers,
  })
  enableWebhookEndpoint(
    @Arg('input', () => EndpointMove, { description: 'Which.' }) input: EndpointMove,
    @Ctx() ctx: Context,
  ) {
    return moved(ctx, input, actions.enableWebhookEndpoint);
  }

  @Mutation(() => WebhookEndpointPayload, {
    description: `Tells an endpoint nothing until it is enabled; what waits is kept. ${byManagers}`,
  })
  disableWebhookEndpoint(
    @Arg('input', () => EndpointMove, { description: 'Which.' }) input: EndpointMove,
    @Ctx() ctx: Context,
  ) {
    return moved(ctx, input, actions.disableWebhookEndpoint);
  }

  @Mutation(() => WebhookEndpointPayload, {
    description: `Tells an endpoint nothing any more, for good; what waits is dropped. ${byManagers}`,
  })
  removeWebhookEndpoint(
    @Arg('input', () => EndpointMove, { description: 'Which.' }) input: EndpointMove,
    @Ctx() ctx: Context,
  ) {
    return moved(ctx, input, actions.removeWebhookEndpoint);
  }

  @Mutation(() => WebhookEndpointPayload, {
    description:
      'Sends an active endpoint one message of type `webhook.test`, which is in no journal: see `deliveries` for how it ' +
      `was taken. ${byManagers}`,
  })
  sendTestEvent(
    @Arg('input', () => EndpointMove, { description: 'To which.' }) input: EndpointMove,
    @Ctx() ctx: Context,
  ) {
    return moved(ctx, input, actions.sendTestEvent);
  }

  @Mutation(() => WebhookEndpointPayload, {
    description:
      'Sends an active endpoint what happened in a stretch of the last thirty days, in its order and under the same ids, ' +
      `with the rights of today. ${byManagers}`,
  })
  redeliverEvents(
    @Arg('input', () => Redelivery, { description: 'To which, and what.' }) input: Redelivery,
    @Ctx() ctx: Context,
  ) {
    return moved(ctx, input, actions.redeliverEvents);
  }
}
