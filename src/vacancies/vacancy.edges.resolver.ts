import { Args, Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { PageArgs } from '../graphql/connection.ts';
import type { Context } from '../graphql/context.ts';
import { children } from '../graphql/lists.ts';
import type { OfferRow } from '../offers/offer.row.ts';
import { Offer } from '../offers/offer.type.ts';
import type { OrganisationRow } from '../partners/organisation.row.ts';
import { Organisation } from '../partners/organisation.type.ts';
import type { SiteRow } from '../partners/site.row.ts';
import { Site } from '../partners/site.type.ts';
import {
  vacanciesHosted,
  vacanciesOfOffer,
  vacanciesOfOrganisation,
  vacanciesOfSite,
} from './vacancy.store.ts';
import { VacancyConnection } from './vacancy.type.ts';

@Resolver(() => Offer)
export class OfferVacanciesResolver {
  @FieldResolver(() => VacancyConnection, {
    description: 'Its recruitments and sessions, oldest first; drafts and closed ones only if yours.',
  })
  vacancies(@Root() offer: OfferRow, @Args(() => PageArgs) page: PageArgs, @Ctx() ctx: Context) {
    return children(ctx, vacanciesOfOffer, offer.id, page);
  }
}

@Resolver(() => Site)
export class SiteVacanciesResolver {
  @FieldResolver(() => VacancyConnection, {
    description:
      'What is open or filled there, whoever provides it (what a host sees), oldest first; drafts and closed ones only if yours.',
  })
  vacancies(@Root() site: SiteRow, @Args(() => PageArgs) page: PageArgs, @Ctx() ctx: Context) {
    return children(ctx, vacanciesOfSite, site.id, page);
  }
}

@Resolver(() => Organisation)
export class OrganisationVacanciesResolver {
  @FieldResolver(() => VacancyConnection, {
    description: 'What it recruits or holds, oldest first; drafts and closed ones only if it is yours.',
  })
  vacancies(
    @Root() organisation: OrganisationRow,
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() ctx: Context,
  ) {
    return children(ctx, vacanciesOfOrganisation, organisation.id, page);
  }

  @FieldResolver(() => VacancyConnection, {
    description:
      'What other organisations hold on its sites (accueil), oldest first, with their places and counts and no person; closed ones only for itself and whoever provides them.',
  })
  hostedVacancies(
    @Root() organisation: OrganisationRow,
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() ctx: Context,
  ) {
    return children(ctx, vacanciesHosted, organisation.id, page);
  }
}
