import { Arg, Args, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import { requireScope } from '../auth/policy.ts';
import { PageArgs } from '../graphql/connection.ts';
import type { Context } from '../graphql/context.ts';
import { listed } from '../graphql/lists.ts';
import { offerById } from '../offers/offer.store.ts';
import { Offer } from '../offers/offer.type.ts';
import { namedAsAuthor, namedTo } from '../partners/discretion.ts';
import { organisationById } from '../partners/organisation.store.ts';
import { Organisation } from '../partners/organisation.type.ts';
import { personById } from '../people/person.store.ts';
import { Person } from '../people/person.type.ts';
import { referralById } from '../referrals/referral.store.ts';
import { Referral } from '../referrals/referral.type.ts';
import { vacancyById } from '../vacancies/vacancy.store.ts';
import { Vacancy } from '../vacancies/vacancy.type.ts';
import type { EpisodeRow } from './episode.row.ts';
import { episodesOf, leaveKindOf } from './episode.store.ts';
import type { FollowUpRow } from './follow-up.row.ts';
import {
  contractCorrectionsOf,
  contractsOf,
  currentContractOf,
  followUpsOf,
  outcomeOf,
  outcomesOf,
  startCorrectionsOf,
} from './history.store.ts';
import { hoursHistoryOf, hoursOf } from './hours.store.ts';
import {
  Contract,
  ContractCorrection,
  Episode,
  EpisodeKind,
  FollowUp,
  Outcome,
  StartCorrection,
} from './placement-history.type.ts';
import { PlacementFilter, PlacementOrder } from './placement-filter.type.ts';
import { WorkedHours } from './hours.type.ts';
import type { PlacementRow } from './placement.row.ts';
import { placementById, placementList } from './placement.store.ts';
import { Placement, PlacementConnection } from './placement.type.ts';

@Resolver(() => Placement)
export class PlacementResolver {
  @Query(() => Placement, {
    nullable: true,
    description: 'One placement; null when unknown or not for you.',
  })
  placement(@Arg('id', () => ID, { description: 'TypeID `pla_…`.' }) id: string, @Ctx() ctx: Context) {
    requireScope(ctx.viewer, 'referrals:read');
    return ctx.loaders.load(placementById, id);
  }

  @Query(() => PlacementConnection, {
    description: 'Placements you sent, received or follow the person of; undone ones only if asked for.',
  })
  placements(
    @Arg('filter', () => PlacementFilter, { nullable: true, description: 'Which ones; all if not said.' })
    filter: PlacementFilter | null,
    @Arg('orderBy', () => PlacementOrder, { defaultValue: 'NEWEST', description: 'In which order.' })
    orderBy: PlacementOrder,
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() ctx: Context,
  ) {
    requireScope(ctx.viewer, 'referrals:read');
    return listed(ctx, placementList(ctx.viewer, filter ?? {}, orderBy), page, filter);
  }

  @FieldResolver(() => Person, {
    nullable: true,
    description: 'The person; null once nothing of them is open to you.',
  })
  person(@Root() placement: PlacementRow, @Ctx() ctx: Context) {
    return ctx.loaders.load(personById, placement.personId);
  }

  @FieldResolver(() => Referral, { nullable: true, description: 'The referral it came from.' })
  referral(@Root() placement: PlacementRow, @Ctx() ctx: Context) {
    return ctx.loaders.load(referralById, placement.referralId);
  }

  @FieldResolver(() => Offer, { nullable: true, description: 'The offer the person takes part in.' })
  offer(@Root() placement: PlacementRow, @Ctx() ctx: Context) {
    return ctx.loaders.load(offerById, placement.offerId);
  }

  @FieldResolver(() => Vacancy, {
    nullable: true,
    description: 'Its recruitment or session; null for an offer that has none.',
  })
  vacancy(@Root() placement: PlacementRow, @Ctx() ctx: Context) {
    return placement.vacancyId && ctx.loaders.load(vacancyById, placement.vacancyId);
  }

  @FieldResolver(() => Organisation, {
    nullable: true,
    description:
      'Who referred the person; null, to the receiver, for a social partner whose name would say too much.',
  })
  sender(@Root() placement: PlacementRow, @Ctx() ctx: Context) {
    return namedTo(ctx, placement.senderId, placement.receiverId);
  }

  @FieldResolver(() => Organisation, { description: 'Where the person is placed: who employs or receives.' })
  receiver(@Root() placement: PlacementRow, @Ctx() ctx: Context) {
    return ctx.loaders.load(organisationById, placement.receiverId);
  }

  @FieldResolver(() => [Contract], { description: 'Its contracts, the first one first.' })
  contracts(@Root() placement: PlacementRow, @Ctx() ctx: Context) {
    return ctx.loaders.load(contractsOf, placement.id);
  }

  @FieldResolver(() => Contract, {
    nullable: true,
    description: 'The contract that runs today; null between two, after the last, and without contract.',
  })
  currentContract(@Root() placement: PlacementRow, @Ctx() ctx: Context) {
    return ctx.loaders.load(currentContractOf, placement.id);
  }

  @FieldResolver(() => [ContractCorrection], {
    description: 'What its contracts were believed to say, oldest first.',
  })
  contractCorrections(@Root() placement: PlacementRow, @Ctx() ctx: Context) {
    return ctx.loaders.load(contractCorrectionsOf, placement.id);
  }

  @FieldResolver(() => [WorkedHours], { description: 'Hours worked, month by month, as they are known now.' })
  hours(@Root() placement: PlacementRow, @Ctx() ctx: Context) {
    return ctx.loaders.load(hoursOf, placement.id);
  }

  @FieldResolver(() => [WorkedHours], {
    description: 'The same with what was believed before, oldest first in each month.',
  })
  hoursHistory(@Root() placement: PlacementRow, @Ctx() ctx: Context) {
    return ctx.loaders.load(hoursHistoryOf, placement.id);
  }

  @FieldResolver(() => [Episode], { description: 'What interrupted or accompanied it, oldest first.' })
  episodes(@Root() placement: PlacementRow, @Ctx() ctx: Context) {
    return ctx.loaders.load(episodesOf, placement.id);
  }

  @FieldResolver(() => Outcome, {
    nullable: true,
    description: 'What the person went on to, as now known; null until it has ended.',
  })
  outcome(@Root() placement: PlacementRow, @Ctx() ctx: Context) {
    return ctx.loaders.load(outcomeOf, placement.id);
  }

  @FieldResolver(() => [Outcome], {
    description: 'What was known of its end, line by line, oldest first; the last one holds now.',
  })
  outcomeHistory(@Root() placement: PlacementRow, @Ctx() ctx: Context) {
    return ctx.loaders.load(outcomesOf, placement.id);
  }

  @FieldResolver(() => [StartCorrection], { description: 'First days believed before, oldest first.' })
  startCorrections(@Root() placement: PlacementRow, @Ctx() ctx: Context) {
    return ctx.loaders.load(startCorrectionsOf, placement.id);
  }

  @FieldResolver(() => [FollowUp], {
    description: 'Follow-ups due and recorded, in order; none until it has ended.',
  })
  followUps(@Root() placement: PlacementRow, @Ctx() ctx: Context) {
    return ctx.loaders.load(followUpsOf, placement.id);
  }
}

@Resolver(() => FollowUp)
export class FollowUpResolver {
  @FieldResolver(() => Organisation, {
    nullable: true,
    description: 'Who asked; null until recorded, and for a social partner whose name would say too much.',
  })
  by(@Root() { organisationId }: FollowUpRow, @Ctx() ctx: Context) {
    return namedAsAuthor(ctx, organisationId);
  }
}

@Resolver(() => Episode)
export class EpisodeResolver {
  @FieldResolver(() => EpisodeKind, {
    description:
      'What it is. A sick or family leave reads LEAVE to all but the employer and who follows the person’s health.',
  })
  async kind(@Root() { id, kind }: EpisodeRow, @Ctx() ctx: Context) {
    return kind === 'LEAVE' ? ((await ctx.loaders.load(leaveKindOf, id)) ?? kind) : kind;
  }
}
