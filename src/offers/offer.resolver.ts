import { Arg, Args, Ctx, FieldResolver, Float, ID, Query, Resolver, Root } from 'type-graphql';
import { requireScope } from '../auth/policy.ts';
import { PageArgs } from '../graphql/connection.ts';
import type { Context } from '../graphql/context.ts';
import { listed } from '../graphql/lists.ts';
import { refuseUnreadable } from '../graphql/text.ts';
import { organisationById } from '../partners/organisation.store.ts';
import { Organisation } from '../partners/organisation.type.ts';
import { siteById } from '../partners/site.store.ts';
import { Site } from '../partners/site.type.ts';
import { communeByCode } from '../territory/commune.store.ts';
import { Commune } from '../territory/commune.type.ts';
import { centreOf, Near } from '../territory/near.type.ts';
import { OfferFilter, OfferOrder } from './offer-filter.type.ts';
import { orderMeant, type OfferOrder as Order } from './offer-search.rules.ts';
import type { OfferRow } from './offer.row.ts';
import { isStale, staleAfterDays } from './offer.rules.ts';
import { offerList, type OfferFound } from './offer.search.ts';
import { offerById } from './offer.store.ts';
import { Offer, OfferConnection } from './offer.type.ts';

@Resolver(() => Offer)
export class OfferResolver {
  @Query(() => Offer, {
    nullable: true,
    description: 'One offer, by its id; null when unknown or not for you.',
  })
  offer(@Arg('id', () => ID, { description: 'TypeID `off_…`.' }) id: string, @Ctx() ctx: Context) {
    requireScope(ctx.viewer, 'offers:read');
    return ctx.loaders.load(offerById, id);
  }

  @Query(() => OfferConnection, {
    description: 'The catalogue of offers, as you may see it; the nearest first when `near` is given.',
  })
  async offers(
    @Arg('near', () => Near, {
      nullable: true,
      description: 'Only those within a circle, with their distance.',
    })
    near: Near | null,
    @Arg('filter', () => OfferFilter, { nullable: true, description: 'Which ones.' })
    filter: OfferFilter | null,
    @Arg('orderBy', () => OfferOrder, {
      nullable: true,
      description: 'DISTANCE if not said and `near` is given, FRESHNESS otherwise.',
    })
    orderBy: Order | null,
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() ctx: Context,
  ) {
    requireScope(ctx.viewer, 'offers:read');
    refuseUnreadable({ near, filter });
    const order = orderMeant(orderBy, Boolean(near));
    const circle = near && { ...(await centreOf(ctx.reader, near)), km: near.km };
    return listed(ctx, offerList({ filter: filter ?? {}, circle, order }), page, { near, filter });
  }

  @FieldResolver(() => Float, {
    nullable: true,
    description:
      'Kilometres from the centre asked for, straight line, to a tenth; null where no `near` was given.',
  })
  distanceKm(@Root() { metres }: OfferFound) {
    return metres == null ? null : Math.round(metres / 100) / 10;
  }

  @FieldResolver(() => Organisation, { description: 'Who offers it, and answers the referrals to it.' })
  organisation(@Root() offer: OfferRow, @Ctx() ctx: Context) {
    return ctx.loaders.load(organisationById, offer.organisationId);
  }

  @FieldResolver(() => Site, { nullable: true, description: 'Where it happens, if at one place.' })
  site(@Root() offer: OfferRow, @Ctx() ctx: Context) {
    return offer.siteId && ctx.loaders.load(siteById, offer.siteId);
  }

  @FieldResolver(() => Commune, {
    nullable: true,
    description: 'Commune where it happens: its site’s, or its own.',
  })
  commune(@Root() offer: OfferRow, @Ctx() ctx: Context) {
    return offer.communeCode && ctx.loaders.load(communeByCode, offer.communeCode);
  }

  @FieldResolver(() => Boolean, {
    description: `In the catalogue, but nobody said for ${staleAfterDays} days that it still holds (offre à confirmer).`,
  })
  stale(@Root() offer: OfferRow, @Ctx() ctx: Context) {
    return isStale(offer, ctx.reader.now);
  }
}
