import { Args, Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { PageArgs } from '../graphql/connection.ts';
import type { Context } from '../graphql/context.ts';
import { children } from '../graphql/lists.ts';
import type { OrganisationRow } from '../partners/organisation.row.ts';
import { Organisation } from '../partners/organisation.type.ts';
import type { SiteRow } from '../partners/site.row.ts';
import { Site } from '../partners/site.type.ts';
import { offersOfOrganisation, offersOfSite } from './offer.store.ts';
import { OfferConnection } from './offer.type.ts';

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
