import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { Context } from '../graphql/context.ts';
import type { DeliveryRow } from './delivery.row.ts';
import { attemptsByDelivery } from './delivery.store.ts';
import { WebhookAttempt, WebhookDelivery } from './delivery.type.ts';

@Resolver(() => WebhookDelivery)
export class WebhookDeliveryResolver {
  @FieldResolver(() => [WebhookAttempt], { description: 'Each attempt, in order.' })
  attempts(@Root() { id }: DeliveryRow, @Ctx() ctx: Context) {
    return ctx.loaders.load(attemptsByDelivery, id);
  }
}
