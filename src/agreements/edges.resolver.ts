import { Args, Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { PageArgs } from '../graphql/connection.ts';
import type { Context } from '../graphql/context.ts';
import { children } from '../graphql/lists.ts';
import { Offer } from '../offers/offer.type.ts';
import { Organisation } from '../partners/organisation.type.ts';
import { agreementsOfOffer, agreementsOfOrganisation } from './agreement.store.ts';
import { AgreementConnection } from './agreement.type.ts';

@Resolver(() => Organisation)
export class OrganisationAgreementsResolver {
  @FieldResolver(() => AgreementConnection, {
    description: 'Agreements it is a party to, as far as they are yours too; newest first.',
  })
  agreements(@Root() { id }: { id: string }, @Args(() => PageArgs) page: PageArgs, @Ctx() ctx: Context) {
    return children(ctx, agreementsOfOrganisation, id, page);
  }
}

@Resolver(() => Offer)
export class OfferAgreementsResolver {
  @FieldResolver(() => AgreementConnection, {
    description:
      'Agreements that cover it, or one of its vacancies, by their last terms; as far as they are yours.',
  })
  agreements(@Root() { id }: { id: string }, @Args(() => PageArgs) page: PageArgs, @Ctx() ctx: Context) {
    return children(ctx, agreementsOfOffer, id, page);
  }
}
