import { Kind, type GraphQLResolveInfo, type SelectionSetNode } from 'graphql';
import { Arg, Args, Ctx, FieldResolver, Info, Resolver, Root } from 'type-graphql';
import { agreementList, opinionsAwaited } from '../agreements/agreement.store.ts';
import { AgreementConnection } from '../agreements/agreement.type.ts';
import { requireScope } from '../auth/policy.ts';
import { passesEnding } from '../eligibility/pass.store.ts';
import { IaePassConnection } from '../eligibility/pass.type.ts';
import { PageArgs } from '../graphql/connection.ts';
import type { Context } from '../graphql/context.ts';
import { listed } from '../graphql/lists.ts';
import { Instant } from '../graphql/scalars.ts';
import { addDays, parisDay } from '../kernel/clock.ts';
import type { Viewer as Asking } from '../kernel/viewer.ts';
import { meetingList } from '../meetings/meeting.store.ts';
import { MeetingConnection } from '../meetings/meeting.type.ts';
import { Viewer } from '../partners/member.type.ts';
import { engagementsToSign, reviewsDue } from '../pathway/engagement.store.ts';
import { EngagementConnection } from '../pathway/engagement.type.ts';
import { pathwaysToEnd } from '../pathway/pathway.store.ts';
import { PathwayConnection } from '../pathway/pathway.type.ts';
import { PersonConnection } from '../people/person.type.ts';
import { placementList } from '../placements/placement.store.ts';
import { PlacementConnection } from '../placements/placement.type.ts';
import { peopleToChooseFor } from '../referrals/choice.store.ts';
import { referralList } from '../referrals/referral.store.ts';
import { ReferralConnection } from '../referrals/referral.type.ts';
import { grantList } from '../sharing/grant.store.ts';
import { SharingGrantConnection } from '../sharing/grant.type.ts';
import { endingDays, reviewDays, sinceWhen, soonUntil } from './worklist.rules.ts';
import * as store from './worklist.store.ts';
import { Worklist } from './worklist.type.ts';

@Resolver(() => Viewer)
export class ViewerWorklistResolver {
  @FieldResolver(() => Worklist, {
    description: 'What awaits your organisation, list by list. INSUFFICIENT_SCOPE for a tool that may not read a list.',
  })
  worklist(
    @Arg('since', () => Instant, {
      nullable: true,
      description:
        'Since when answers and changes are told: your last visit, a week ago if not said, a year at most.',
    })
    since: string | null,
    @Ctx() ctx: Context,
  ): Worklist {
    const { now } = ctx.reader;
    return { since: sinceWhen(since, now), now };
  }
} // prettier-ignore

/** The page that was asked for; none where only the length of the list is. */
function wanted(page: PageArgs, info: GraphQLResolveInfo): PageArgs | null {
  return countAlone(info) ? null : page;
}

function countAlone({ fieldNodes, fragments }: GraphQLResolveInfo): boolean {
  const only = ({ selections }: SelectionSetNode): boolean =>
    selections.every((each) => {
      if (each.kind === Kind.FIELD) return each.name.value === 'totalCount';
      return only(
        each.kind === Kind.INLINE_FRAGMENT ? each.selectionSet : fragments[each.name.value]!.selectionSet,
      );
    });
  return fieldNodes.every(({ selectionSet }) => selectionSet && only(selectionSet));
}

function readsReferrals(viewer: Asking) {
  requireScope(viewer, 'referrals:read');
}

@Resolver(() => Worklist)
export class WorklistReferralsResolver {
  @FieldResolver(() => ReferralConnection, {
    description: 'Referrals received and not answered yet, the first deadline first (à traiter).',
  })
  toAnswer(@Args(() => PageArgs) page: PageArgs, @Ctx() ctx: Context, @Info() info: GraphQLResolveInfo) {
    readsReferrals(ctx.viewer);
    return listed(ctx, referralList(ctx.viewer, { toAnswer: true }, 'DEADLINE'), wanted(page, info), info.fieldName);
  }

  @FieldResolver(() => ReferralConnection, {
    description: 'Of your waiting lists, for whom a freed place is reserved: accept or skip; the first to pass on first (place proposée).',
  })
  placesOffered(@Args(() => PageArgs) page: PageArgs, @Ctx() ctx: Context, @Info() info: GraphQLResolveInfo) {
    readsReferrals(ctx.viewer);
    return listed(ctx, store.placesOfferedBy(ctx.viewer), wanted(page, info), info.fieldName);
  }

  @FieldResolver(() => ReferralConnection, {
    description: 'Accepted by you, and the sender asks to cancel: confirm; after two business days of silence the hub does.',
  })
  cancellationsAsked(@Args(() => PageArgs) page: PageArgs, @Ctx() ctx: Context, @Info() info: GraphQLResolveInfo) {
    readsReferrals(ctx.viewer);
    return listed(ctx, store.cancellationsAskedOf(ctx.viewer), wanted(page, info), info.fieldName);
  }

  @FieldResolver(() => ReferralConnection, {
    description: 'Referrals you prepared and did not send; the hub drops them after 30 days, the first to go first (brouillons).',
  })
  drafts(@Args(() => PageArgs) page: PageArgs, @Ctx() ctx: Context, @Info() info: GraphQLResolveInfo) {
    readsReferrals(ctx.viewer);
    return listed(ctx, store.draftsOf(ctx.viewer), wanted(page, info), info.fieldName);
  }

  @FieldResolver(() => ReferralConnection, {
    description:
      'Open referrals, received or followed, and drafts, on which the hub acts by itself within three business days: they would expire.',
  })
  dueSoon(@Root() { now }: Worklist, @Args(() => PageArgs) page: PageArgs, @Ctx() ctx: Context, @Info() info: GraphQLResolveInfo) {
    readsReferrals(ctx.viewer);
    return listed(ctx, store.dueBefore(ctx.viewer, soonUntil(now)), wanted(page, info), info.fieldName);
  }

  @FieldResolver(() => ReferralConnection, {
    description:
      'Answers to what you follow since `since`, silence included: accepted, waitlisted, declined, expired, lapsed, ' +
      'cancelled; the latest first.',
  })
  answersReceived(
    @Root() { since }: Worklist,
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() ctx: Context,
    @Info() info: GraphQLResolveInfo,
  ) {
    readsReferrals(ctx.viewer);
    return listed(ctx, store.answeredSince(ctx.viewer, since), wanted(page, info), info.fieldName);
  }

  @FieldResolver(() => ReferralConnection, {
    description:
      'Accepted by you and not started, once the day announced for it (else that of the acceptance) is past: start them, ' +
      'or say that they did not come.',
  })
  toStart(@Args(() => PageArgs) page: PageArgs, @Ctx() ctx: Context, @Info() info: GraphQLResolveInfo) {
    readsReferrals(ctx.viewer);
    const filter = { toStart: true, receiver: ctx.viewer.organisation };
    return listed(ctx, referralList(ctx.viewer, filter, 'DEADLINE'), wanted(page, info), info.fieldName);
  }

  @FieldResolver(() => ReferralConnection, {
    description: 'Referrals you follow whose provider asked you something before it answers (`provideInformation`).',
  })
  informationAsked(
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() ctx: Context,
    @Info() info: GraphQLResolveInfo,
  ) {
    readsReferrals(ctx.viewer);
    return listed(ctx, store.informationAskedOf(ctx.viewer), wanted(page, info), info.fieldName);
  }

  @FieldResolver(() => ReferralConnection, {
    description: 'Referrals, received or followed, that changed since `since`, the latest first.',
  })
  changed(
    @Root() { since }: Worklist,
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() ctx: Context,
    @Info() info: GraphQLResolveInfo,
  ) {
    readsReferrals(ctx.viewer);
    return listed(ctx, store.changedSince(ctx.viewer, since), wanted(page, info), info.fieldName);
  }

  @FieldResolver(() => MeetingConnection, {
    description: 'Your meetings that have been, and of whom somebody’s coming is not recorded; the oldest first.',
  })
  meetingsToRecord(
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() ctx: Context,
    @Info() info: GraphQLResolveInfo,
  ) {
    readsReferrals(ctx.viewer);
    return listed(ctx, meetingList(ctx.viewer, { toRecord: true }, 'NEXT'), wanted(page, info), info.fieldName);
  }
} // prettier-ignore

@Resolver(() => Worklist)
export class WorklistPlacementsResolver {
  @FieldResolver(() => PlacementConnection, {
    description: 'Placements of yours, as provider or sender, whose follow-up at 1, 3 or 6 months is due.',
  })
  followUpsDue(@Args(() => PageArgs) page: PageArgs, @Ctx() ctx: Context, @Info() info: GraphQLResolveInfo) {
    readsReferrals(ctx.viewer);
    const { organisation } = ctx.viewer;
    return listed(ctx, placementList(ctx.viewer, { organisation, followUpDue: true }, 'START'), wanted(page, info), info.fieldName);
  }

  @FieldResolver(() => PlacementConnection, {
    description: 'Placements of yours that ended with an outcome not known yet, and which was asked for.',
  })
  outcomesDue(@Args(() => PageArgs) page: PageArgs, @Ctx() ctx: Context, @Info() info: GraphQLResolveInfo) {
    readsReferrals(ctx.viewer);
    const { organisation: receiver } = ctx.viewer;
    return listed(ctx, placementList(ctx.viewer, { receiver, outcomeDue: true }, 'NEWEST'), wanted(page, info), info.fieldName);
  }

  @FieldResolver(() => PlacementConnection, {
    description: 'Placements with you whose last contract ends within 30 days or has ended: renew, end or replace.',
  })
  contractsEnding(
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() ctx: Context,
    @Info() info: GraphQLResolveInfo,
  ) {
    readsReferrals(ctx.viewer);
    const filter = { receiver: ctx.viewer.organisation, contractEndingWithin: endingDays.contracts };
    return listed(ctx, placementList(ctx.viewer, filter, 'CONTRACT_END'), wanted(page, info), info.fieldName);
  }
} // prettier-ignore

@Resolver(() => Worklist)
export class WorklistPeopleResolver {
  @FieldResolver(() => PersonConnection, {
    description: 'People of whom you follow two acceptances or more by exclusive offers: `chooseAcceptance`.',
  })
  choose(@Args(() => PageArgs) page: PageArgs, @Ctx() ctx: Context, @Info() info: GraphQLResolveInfo) {
    requireScope(ctx.viewer, 'people:read');
    readsReferrals(ctx.viewer);
    return listed(ctx, peopleToChooseFor(ctx.viewer), wanted(page, info), info.fieldName);
  }

  @FieldResolver(() => PersonConnection, {
    description: 'People your organisation is the referent of, with no referral or placement under way; the oldest first.',
  })
  withoutLiveStep(
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() ctx: Context,
    @Info() info: GraphQLResolveInfo,
  ) {
    requireScope(ctx.viewer, 'people:read');
    readsReferrals(ctx.viewer);
    return listed(ctx, store.withoutLiveStep(ctx.viewer), wanted(page, info), info.fieldName);
  }

  @FieldResolver(() => IaePassConnection, {
    description: 'Passes that end within 90 days, of people you follow or employ; the first to end first.',
  })
  passesEnding(@Args(() => PageArgs) page: PageArgs, @Ctx() ctx: Context, @Info() info: GraphQLResolveInfo) {
    requireScope(ctx.viewer, 'people:read');
    return listed(ctx, passesEnding(endingDays.passes), wanted(page, info), info.fieldName);
  }

  @FieldResolver(() => PathwayConnection, {
    description:
      'Pathways your organisation accompanies without an engagement in force: prepare and sign one; the first due first ' +
      '(contrats d’engagement à signer).',
  })
  engagementsToSign(@Args(() => PageArgs) page: PageArgs, @Ctx() ctx: Context, @Info() info: GraphQLResolveInfo) {
    requireScope(ctx.viewer, 'people:read');
    return listed(ctx, engagementsToSign(ctx.viewer), wanted(page, info), info.fieldName);
  }

  @FieldResolver(() => PathwayConnection, {
    description:
      'Open pathways your organisation accompanies of people whose right to a minimum income has closed, the household ' +
      'moved away included, or who went on to a durable job or a qualifying training (`PDI_2007`): end them, or go on (`endPathway`); the oldest first (parcours à clore).',
  })
  pathwaysToEnd(@Args(() => PageArgs) page: PageArgs, @Ctx() ctx: Context, @Info() info: GraphQLResolveInfo) {
    requireScope(ctx.viewer, 'people:read');
    return listed(ctx, pathwaysToEnd(ctx.viewer), wanted(page, info), info.fieldName);
  }

  @FieldResolver(() => EngagementConnection, {
    description: 'Engagements whose review is planned within 14 days or was; the first day first (bilans à faire).',
  })
  reviewsDue(@Args(() => PageArgs) page: PageArgs, @Ctx() ctx: Context, @Info() info: GraphQLResolveInfo) {
    requireScope(ctx.viewer, 'people:read');
    return listed(ctx, reviewsDue(ctx.viewer, reviewDays), wanted(page, info), info.fieldName);
  }

  @FieldResolver(() => SharingGrantConnection, {
    description: 'Sharing grants that end within 30 days; the first to end first.',
  })
  grantsEnding(@Root() { now }: Worklist, @Args(() => PageArgs) page: PageArgs, @Ctx() ctx: Context, @Info() info: GraphQLResolveInfo) {
    requireScope(ctx.viewer, 'people:read');
    const endingBefore = parisDay(addDays(now, endingDays.grants));
    return listed(ctx, grantList(ctx.viewer, { endingBefore }, 'ENDING'), wanted(page, info), info.fieldName);
  }
} // prettier-ignore

@Resolver(() => Worklist)
export class WorklistAgreementsResolver {
  @FieldResolver(() => AgreementConnection, {
    description: 'Signed agreements your organisation is a party to that end within 90 days; the first to end first.',
  })
  agreementsEnding(@Args(() => PageArgs) page: PageArgs, @Ctx() ctx: Context, @Info() info: GraphQLResolveInfo) {
    requireScope(ctx.viewer, 'agreements:read');
    const ending = { organisation: ctx.viewer.organisation, endingWithin: endingDays.agreements };
    return listed(ctx, agreementList(ending, 'END'), wanted(page, info), info.fieldName);
  }

  @FieldResolver(() => AgreementConnection, {
    description: 'Conventions on which an opinion is asked of your organisation and not given; the next session first.',
  })
  opinionsAwaited(@Args(() => PageArgs) page: PageArgs, @Ctx() ctx: Context, @Info() info: GraphQLResolveInfo) {
    requireScope(ctx.viewer, 'agreements:read');
    return listed(ctx, opinionsAwaited(ctx.viewer), wanted(page, info), info.fieldName);
  }
} // prettier-ignore
