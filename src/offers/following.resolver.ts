import { Arg, Args, ID, Resolver, Root, Subscription, type SubscribeResolverData } from 'type-graphql';
import { requireScope } from '../auth/policy.ts';
import { live, type Message } from '../events/live.ts';
import { LiveArgs } from '../events/live.type.ts';
import type { Context } from '../graphql/context.ts';
import { subjectOf } from '../kernel/ids.ts';
import { Refusal } from '../kernel/refusal.ts';
import type { OfferRow } from './offer.row.ts';
import { offerById } from './offer.store.ts';
import { OfferMessage } from './offer.type.ts';

interface Following {
  organisation?: string | null;
  offer?: string | null;
}

function following({ args, context }: SubscribeResolverData<unknown, Following & LiveArgs, Context>) {
  const { organisation, offer } = args;
  requireScope(context.viewer, 'offers:read');
  if (organisation != null && subjectOf(organisation) !== 'Organisation')
    throw new Refusal('NOT_FOUND', {}, 'organisation');
  if (offer != null && subjectOf(offer) !== 'Offer') throw new Refusal('NOT_FOUND', {}, 'offer');
  const wants = (_: Context, row: OfferRow) =>
    (organisation == null || row.organisationId === organisation) && (offer == null || row.id === offer);
  return live<OfferRow>(
    context,
    { subject: 'Offer', read: (ctx, id) => ctx.loaders.load(offerById, id), wants },
    args,
  );
}

@Resolver()
export class OfferFollowingResolver {
  @Subscription(() => OfferMessage, {
    subscribe: following as never,
    description: 'Each change of an offer you may see (published, updated, suspended, archived…), live.',
  })
  offerUpdated(
    @Root() { subject, ...message }: Message<OfferRow>,
    @Arg('organisation', () => ID, { nullable: true, description: 'Only of this organisation.' })
    _organisation: string | null,
    @Arg('offer', () => ID, { nullable: true, description: 'Only this offer.' }) _offer: string | null,
    @Args(() => LiveArgs) _live: LiveArgs,
  ) {
    return { ...message, offer: subject };
  }
}
