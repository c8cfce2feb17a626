import { Arg, Args, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import { requireScope } from '../auth/policy.ts';
import { PageArgs } from '../graphql/connection.ts';
import type { Context } from '../graphql/context.ts';
import { listed } from '../graphql/lists.ts';
import { offerById } from '../offers/offer.store.ts';
import { Offer } from '../offers/offer.type.ts';
import { memberById } from '../partners/member.store.ts';
import { Member } from '../partners/member.type.ts';
import { organisationById } from '../partners/organisation.store.ts';
import { Organisation } from '../partners/organisation.type.ts';
import { siteById } from '../partners/site.store.ts';
import { Site } from '../partners/site.type.ts';
import { referralById } from '../referrals/referral.store.ts';
import { Referral } from '../referrals/referral.type.ts';
import { vacancyById } from '../vacancies/vacancy.store.ts';
import { Vacancy } from '../vacancies/vacancy.type.ts';
import type { AttendanceRow } from './attendance.row.ts';
import { attendancesOf, attendancesOfReferral } from './attendance.store.ts';
import { MeetingFilter } from './meeting.inputs.ts';
import type { MeetingRow } from './meeting.row.ts';
import { meetingById, meetingList } from './meeting.store.ts';
import { Meeting, MeetingAttendance, MeetingConnection, MeetingOrder } from './meeting.type.ts';

@Resolver(() => Meeting)
export class MeetingResolver {
  @Query(() => Meeting, { nullable: true, description: 'One meeting; null when unknown or not for you.' })
  meeting(@Arg('id', () => ID, { description: 'TypeID `mtg_…`.' }) id: string, @Ctx() ctx: Context) {
    requireScope(ctx.viewer, 'referrals:read');
    return ctx.loaders.load(meetingById, id);
  }

  @Query(() => MeetingConnection, {
    description:
      'Meetings your organisation holds, and those referrals you see are invited to. No filter asks who came.',
  })
  meetings(
    @Arg('filter', () => MeetingFilter, { nullable: true, description: 'Which ones; all if not said.' })
    filter: MeetingFilter | null,
    @Arg('orderBy', () => MeetingOrder, { defaultValue: 'NEXT', description: 'In which order.' })
    orderBy: MeetingOrder,
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() ctx: Context,
  ) {
    requireScope(ctx.viewer, 'referrals:read');
    return listed(ctx, meetingList(ctx.viewer, filter ?? {}, orderBy), page, filter);
  }

  @FieldResolver(() => Organisation, { description: 'Who holds it.' })
  organisation(@Root() meeting: MeetingRow, @Ctx() ctx: Context) {
    return ctx.loaders.load(organisationById, meeting.organisationId);
  }

  @FieldResolver(() => Offer, { nullable: true, description: 'The offer it is about.' })
  offer(@Root() meeting: MeetingRow, @Ctx() ctx: Context) {
    return ctx.loaders.load(offerById, meeting.offerId);
  }

  @FieldResolver(() => Vacancy, {
    nullable: true,
    description: 'The recruitment or session; null if for any.',
  })
  vacancy(@Root() meeting: MeetingRow, @Ctx() ctx: Context) {
    return meeting.vacancyId && ctx.loaders.load(vacancyById, meeting.vacancyId);
  }

  @FieldResolver(() => Site, { nullable: true, description: 'Where; null by telephone or video.' })
  site(@Root() meeting: MeetingRow, @Ctx() ctx: Context) {
    return meeting.siteId && ctx.loaders.load(siteById, meeting.siteId);
  }

  @FieldResolver(() => Member, {
    nullable: true,
    description:
      'The member who holds it; null to other organisations, and when a tool planned it for nobody.',
  })
  member(@Root() meeting: MeetingRow, @Ctx() ctx: Context) {
    return meeting.memberId && ctx.loaders.load(memberById, meeting.memberId);
  }

  @FieldResolver(() => [MeetingAttendance], {
    description: 'Who is, or was, invited, as far as you see the referrals; in the order invited.',
  })
  attendances(@Root() meeting: MeetingRow, @Ctx() ctx: Context) {
    return ctx.loaders.load(attendancesOf, meeting.id);
  }
}

@Resolver(() => MeetingAttendance)
export class MeetingAttendanceResolver {
  @FieldResolver(() => Meeting, { nullable: true, description: 'The meeting.' })
  meeting(@Root() { meetingId }: AttendanceRow, @Ctx() ctx: Context) {
    return ctx.loaders.load(meetingById, meetingId);
  }

  @FieldResolver(() => Referral, {
    nullable: true,
    description: 'The referral invited: of its person it opens what is open to you anyway.',
  })
  referral(@Root() { referralId }: AttendanceRow, @Ctx() ctx: Context) {
    return ctx.loaders.load(referralById, referralId);
  }

  @FieldResolver(() => ID, {
    nullable: true,
    description: 'The attendance it was put off to; null while there is none.',
  })
  nextId(@Root() { nextId }: AttendanceRow) {
    return nextId;
  }
}

@Resolver(() => Referral)
export class ReferralMeetingsResolver {
  @FieldResolver(() => [MeetingAttendance], {
    description: 'The first meetings its person was invited to, oldest first.',
  })
  meetings(@Root() referral: { id: string }, @Ctx() ctx: Context) {
    return ctx.loaders.load(attendancesOfReferral, referral.id);
  }
}
