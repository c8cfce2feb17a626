import { Args, Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { PageArgs } from '../graphql/connection.ts';
import type { Context } from '../graphql/context.ts';
import { children } from '../graphql/lists.ts';
import { Offer } from '../offers/offer.type.ts';
import { Organisation } from '../partners/organisation.type.ts';
import { Person } from '../people/person.type.ts';
import { Vacancy } from '../vacancies/vacancy.type.ts';
import {
  referralsOfOffer,
  referralsOfPerson,
  referralsOfVacancy,
  referralsReceivedBy,
  referralsSentBy,
} from './referral.store.ts';
import { ReferralConnection } from './referral.type.ts';

interface Parent {
  id: string;
}

@Resolver(() => Person)
export class PersonReferralsResolver {
  @FieldResolver(() => ReferralConnection, {
    description: 'Referrals of this person that you may see, newest first.',
  })
  referrals(@Root() person: Parent, @Args(() => PageArgs) page: PageArgs, @Ctx() ctx: Context) {
    return children(ctx, referralsOfPerson, person.id, page);
  }
}

@Resolver(() => Offer)
export class OfferReferralsResolver {
  @FieldResolver(() => ReferralConnection, {
    description: 'Referrals to this offer that you may see, newest first.',
  })
  referrals(@Root() offer: Parent, @Args(() => PageArgs) page: PageArgs, @Ctx() ctx: Context) {
    return children(ctx, referralsOfOffer, offer.id, page);
  }
}

@Resolver(() => Vacancy)
export class VacancyReferralsResolver {
  @FieldResolver(() => ReferralConnection, {
    description: 'Referrals to this vacancy that you may see, newest first.',
  })
  referrals(@Root() vacancy: Parent, @Args(() => PageArgs) page: PageArgs, @Ctx() ctx: Context) {
    return children(ctx, referralsOfVacancy, vacancy.id, page);
  }
}

@Resolver(() => Organisation)
export class OrganisationReferralsResolver {
  @FieldResolver(() => ReferralConnection, {
    description: 'Referrals this organisation sent that you may see, newest first.',
  })
  referralsSent(@Root() organisation: Parent, @Args(() => PageArgs) page: PageArgs, @Ctx() ctx: Context) {
    return children(ctx, referralsSentBy, organisation.id, page);
  }

  @FieldResolver(() => ReferralConnection, {
    description: 'Referrals this organisation received that you may see, newest first.',
  })
  referralsReceived(@Root() organisation: Parent, @Args(() => PageArgs) page: PageArgs, @Ctx() ctx: Context) {
    return children(ctx, referralsReceivedBy, organisation.id, page);
  }
}
