import { Arg, Args, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import { command } from '../graphql/command.ts';
import { PageArgs } from '../graphql/connection.ts';
import type { Context } from '../graphql/context.ts';
import { children } from '../graphql/lists.ts';
import { communeByCode } from '../territory/commune.store.ts';
import { Commune } from '../territory/commune.type.ts';
import type { OrganisationRow } from './organisation.row.ts';
import { organisationById } from './organisation.store.ts';
import { Organisation } from './organisation.type.ts';
import { addSite } from './site.actions.ts';
import type { SiteRow } from './site.row.ts';
import { siteById, sitesOfOrganisation } from './site.store.ts';
import { NewSite, Site, SiteConnection, SitePayload } from './site.type.ts';

@Resolver(() => Site)
export class SiteResolver {
  @FieldResolver(() => Organisation, { description: 'Whose place it is.' })
  organisation(@Root() site: SiteRow, @Ctx() ctx: Context) {
    return ctx.loaders.load(organisationById, site.organisationId);
  }

  @FieldResolver(() => Commune, { description: 'Where it lies.' })
  commune(@Root() site: SiteRow, @Ctx() ctx: Context) {
    return ctx.loaders.load(communeByCode, site.communeCode);
  }

  @Mutation(() => SitePayload, {
    description: 'Adds a place to one’s own organisation. By its providers and managers.',
  })
  addSite(@Arg('input', () => NewSite, { description: 'The place.' }) input: NewSite, @Ctx() ctx: Context) {
    return command({
      ctx,
      operation: 'addSite',
      scope: 'offers:write',
      input,
      noun: 'site',
      read: siteById,
      act: (tx) => addSite(tx, input),
    });
  }
}

@Resolver(() => Organisation)
export class OrganisationSitesResolver {
  @FieldResolver(() => SiteConnection, { description: 'Its places, oldest first.' })
  sites(@Root() organisation: OrganisationRow, @Args(() => PageArgs) page: PageArgs, @Ctx() ctx: Context) {
    return children(ctx, sitesOfOrganisation, organisation.id, page);
  }
}
