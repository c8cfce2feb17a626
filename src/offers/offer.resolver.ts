import { Arg, Args, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import { requireScope } from '../auth/policy.ts';
import { PageArgs } from '../graphql/connection.ts';
import type { Context } from '../graphql/context.ts';
import { children } from '../graphql/lists.ts';
import type { OrganisationRow } from '../partners/organisation.row.ts';
import { organisationById } from '../partners/organisation.store.ts';
import { Organisation } from '../partners/organisation.type.ts';
import type { SiteRow } from '../partners/site.row.ts';
import { siteById } from '../partners/site.store.ts';
import { Site } from '../partners/site.type.ts';
import { communeByCode } from '../territory/commune.store.ts';
import { Commune } from '../territory/commune.type.ts';
import type { OfferRow } from './offer.row.ts';
import { isStale, staleAfterDays } from './offer.rules.ts';
import { offerById, offersOfOrganisation, offersOfSite } from './offer.store.ts';
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

@Resolver(() => Organisation)
export class OrganisationOffersResolver {
  @FieldResolver(() => OfferConnection, {
    description:
      'What it offers, oldest first: the catalogue; for its own members drafts and archives as well.',
  })
  offers(@Root() organisation: OrganisationRow, @Args(() => PageArgs) page: PageArgs, @Ctx() ctx: Context) {
    return children(ctx, offersOfOrganisation, organisation.id, page);
  }
}

@Resolver(() => Site)
export class SiteOffersResolver {
  @FieldResolver(() => OfferConnection, { description: 'What happens there, oldest first.' })
  offers(@Root() site: SiteRow, @Args(() => PageArgs) page: PageArgs, @Ctx() ctx: Context) {
    return children(ctx, offersOfSite, site.id, page);
  }
}
