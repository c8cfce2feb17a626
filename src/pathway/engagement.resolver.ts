import { Arg, Args, Ctx, FieldResolver, Float, Mutation, Resolver, Root } from 'type-graphql';
import { movesOf } from '../graphql/command.ts';
import { PageArgs } from '../graphql/connection.ts';
import type { Context } from '../graphql/context.ts';
import { children } from '../graphql/lists.ts';
import { Day } from '../graphql/scalars.ts';
import { memberById } from '../partners/member.store.ts';
import { Member } from '../partners/member.type.ts';
import { organisationById } from '../partners/organisation.store.ts';
import { Organisation } from '../partners/organisation.type.ts';
import { personById } from '../people/person.store.ts';
import { Person } from '../people/person.type.ts';
import { placementById } from '../placements/placement.store.ts';
import { Placement } from '../placements/placement.type.ts';
import { referralById } from '../referrals/referral.store.ts';
import { Referral } from '../referrals/referral.type.ts';
import * as actions from './engagement.actions.ts';
import type { EngagementReviewRow, EngagementRow } from './engagement.row.ts';
import { hoursOf, type Activity } from './engagement.rules.ts';
import { engagementById, engagementOf, engagementsOf, reviewsOf } from './engagement.store.ts';
import * as types from './engagement.type.ts';
import { pathwayById } from './pathway.store.ts';
import { Pathway } from './pathway.type.ts';

const { Engagement, EngagementActivity, EngagementConnection, EngagementPayload, EngagementReview } = types;
const moved = movesOf({ noun: 'engagement', scope: 'people:write', read: engagementById });

@Resolver(() => Engagement)
export class EngagementResolver {
  @FieldResolver(() => Person, { nullable: true, description: 'Whose it is.' })
  person(@Root() engagement: EngagementRow, @Ctx() ctx: Context) {
    return ctx.loaders.load(personById, engagement.personId);
  }

  @FieldResolver(() => Pathway, { nullable: true, description: 'The pathway it belongs to.' })
  pathway(@Root() engagement: EngagementRow, @Ctx() ctx: Context) {
    return ctx.loaders.load(pathwayById, engagement.pathwayId);
  }

  @FieldResolver(() => Organisation, { nullable: true, description: 'Who prepared it with the person.' })
  draftedBy(@Root() engagement: EngagementRow, @Ctx() ctx: Context) {
    return ctx.loaders.load(organisationById, engagement.draftedBy);
  }

  @FieldResolver(() => Day, { nullable: true, description: 'Its last day as agreed; null where none is.' })
  to(@Root() engagement: EngagementRow) {
    return engagement.toDay;
  }

  @FieldResolver(() => [EngagementActivity], { description: 'What fills the week.' })
  activities(@Root() engagement: EngagementRow) {
    return engagement.activities;
  }

  @FieldResolver(() => Float, {
    description: 'Hours a week of all activities; fifteen are aimed at (code du travail L5411-6), nobody is held to them.',
  })
  weeklyHours(@Root() engagement: EngagementRow) {
    return hoursOf(engagement.activities);
  }

  @FieldResolver(() => Boolean, {
    nullable: true,
    description: 'Whether it was signed by the day it was due; null before it is signed.',
  })
  async signedInTime(@Root() { signedOn, pathwayId }: EngagementRow, @Ctx() ctx: Context) {
    const pathway = signedOn && (await ctx.loaders.load(pathwayById, pathwayId));
    return pathway ? signedOn <= pathway.engagementDueOn : null;
  }

  @FieldResolver(() => [EngagementReview], { description: 'Reviews held, the first first.' })
  reviews(@Root() engagement: EngagementRow, @Ctx() ctx: Context) {
    return ctx.loaders.load(reviewsOf, engagement.id);
  }

  @Mutation(() => EngagementPayload, {
    description:
      'Prepares an engagement contract with the person. By coordinators of the referent organisation, or of the council.',
  })
  draftEngagement(@Arg('input', () => types.NewEngagement, { description: 'Of which pathway, with what.' }) input: types.NewEngagement, @Ctx() ctx: Context) {
    return moved(ctx, input, actions.draftEngagement);
  }

  @Mutation(() => EngagementPayload, {
    description: 'Changes goals, activities, last day or next review; what one party signed of a draft is signed no longer. By whoever may prepare one.',
  })
  updateEngagement(@Arg('input', () => types.EngagementUpdate, { description: 'Which, and what changes.' }) input: types.EngagementUpdate, @Ctx() ctx: Context) {
    return moved(ctx, input, actions.updateEngagement);
  }

  @Mutation(() => EngagementPayload, {
    description:
      'Records a signature, of the person, of the referent organisation, or of both. With the last one it is in force, and the one ' +
      'before ends as REPLACED; a draft changed after the first is to be signed anew. By whoever may prepare one.',
  })
  signEngagement(@Arg('input', () => types.EngagementSigning, { description: 'Which, and when.' }) input: types.EngagementSigning, @Ctx() ctx: Context) {
    return moved(ctx, input, actions.signEngagement);
  }

  @Mutation(() => EngagementPayload, {
    description: 'Records a review held with the person. By whoever may prepare an engagement.',
  })
  recordReview(@Arg('input', () => types.NewReview, { description: 'Of which, and what was decided.' }) input: types.NewReview, @Ctx() ctx: Context) {
    return moved(ctx, input, actions.recordReview);
  }

  @Mutation(() => EngagementPayload, {
    description: 'Ends an engagement, or drops its draft. By whoever may prepare one.',
  })
  endEngagement(@Arg('input', () => types.EngagementEnd, { description: 'Which, when and why.' }) input: types.EngagementEnd, @Ctx() ctx: Context) {
    return moved(ctx, input, actions.endEngagement);
  }
} // prettier-ignore

@Resolver(() => EngagementActivity)
export class EngagementActivityResolver {
  @FieldResolver(() => Referral, {
    nullable: true,
    description: 'The referral it goes by, where you see it.',
  })
  referral(@Root() { referral }: Activity, @Ctx() ctx: Context) {
    return referral && ctx.loaders.load(referralById, referral);
  }

  @FieldResolver(() => Placement, {
    nullable: true,
    description: 'The placement it takes place in, where you see it.',
  })
  placement(@Root() { placement }: Activity, @Ctx() ctx: Context) {
    return placement && ctx.loaders.load(placementById, placement);
  }
}

@Resolver(() => EngagementReview)
export class EngagementReviewResolver {
  @FieldResolver(() => Organisation, { nullable: true, description: 'Who held it with the person.' })
  by(@Root() review: EngagementReviewRow, @Ctx() ctx: Context) {
    return ctx.loaders.load(organisationById, review.organisationId);
  }

  @FieldResolver(() => Member, {
    nullable: true,
    description: 'The member who recorded it; seen by the members of the same organisation.',
  })
  member(@Root() { memberId }: EngagementReviewRow, @Ctx() ctx: Context) {
    return memberId && ctx.loaders.load(memberById, memberId);
  }
}

@Resolver(() => Pathway)
export class PathwayEngagementsResolver {
  @FieldResolver(() => Engagement, {
    nullable: true,
    description: 'The engagement in force: signed, and its last day has not passed.',
  })
  engagement(@Root() pathway: Pathway, @Ctx() ctx: Context) {
    return ctx.loaders.load(engagementOf, pathway.id);
  }

  @FieldResolver(() => EngagementConnection, { description: 'All engagements, the latest first.' })
  engagements(@Root() pathway: Pathway, @Args(() => PageArgs) page: PageArgs, @Ctx() ctx: Context) {
    return children(ctx, engagementsOf, pathway.id, page);
  }
}
