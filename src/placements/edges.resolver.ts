import { Args, Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { PageArgs } from '../graphql/connection.ts';
import type { Context } from '../graphql/context.ts';
import { children } from '../graphql/lists.ts';
import { Offer } from '../offers/offer.type.ts';
import { Organisation } from '../partners/organisation.type.ts';
import { Person } from '../people/person.type.ts';
import { Referral } from '../referrals/referral.type.ts';
import { Vacancy } from '../vacancies/vacancy.type.ts';
import { followUpsOfReceiver } from './follow-up.store.ts';
import { FollowUpFigures } from './follow-up.type.ts';
import {
  placementOfReferral,
  placementsOfOffer,
  placementsOfPerson,
  placementsOfVacancy,
} from './placement.store.ts';
import { Placement, PlacementConnection } from './placement.type.ts';

interface Parent {
  id: string;
}

@Resolver(() => Referral)
export class ReferralPlacementResolver {
  @FieldResolver(() => Placement, {
    nullable: true,
    description: 'What became of it; null until the person has started.',
  })
  placement(@Root() referral: Parent, @Ctx() ctx: Context) {
    return ctx.loaders.load(placementOfReferral, referral.id);
  }
}

@Resolver(() => Person)
export class PersonPlacementsResolver {
  @FieldResolver(() => PlacementConnection, {
    description: 'Placements of this person that you may see, newest first.',
  })
  placements(@Root() person: Parent, @Args(() => PageArgs) page: PageArgs, @Ctx() ctx: Context) {
    return children(ctx, placementsOfPerson, person.id, page);
  }
}

@Resolver(() => Offer)
export class OfferPlacementsResolver {
  @FieldResolver(() => PlacementConnection, {
    description: 'Placements in this offer that you may see, newest first.',
  })
  placements(@Root() offer: Parent, @Args(() => PageArgs) page: PageArgs, @Ctx() ctx: Context) {
    return children(ctx, placementsOfOffer, offer.id, page);
  }
}

@Resolver(() => Organisation)
export class OrganisationFollowUpsResolver {
  @FieldResolver(() => [FollowUpFigures], {
    description:
      'Of the placements there that you may see, what became of the follow-ups due within twelve months, a line for 1, 3 and ' +
      '6 months after the end; empty where none came due.',
  })
  followUps(@Root() organisation: Parent, @Ctx() ctx: Context) {
    return ctx.loaders.load(followUpsOfReceiver, organisation.id);
  }
}

@Resolver(() => Vacancy)
export class VacancyPlacementsResolver {
  @FieldResolver(() => PlacementConnection, {
    description: 'Placements in this vacancy that you may see, newest first.',
  })
  placements(@Root() vacancy: Parent, @Args(() => PageArgs) page: PageArgs, @Ctx() ctx: Context) {
    return children(ctx, placementsOfVacancy, vacancy.id, page);
  }
}
