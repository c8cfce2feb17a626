import { Arg, Args, Ctx, FieldResolver, ID, Int, Query, Resolver, Root } from 'type-graphql';
import { requireScope } from '../auth/policy.ts';
import { PageArgs } from '../graphql/connection.ts';
import type { Context } from '../graphql/context.ts';
import { listed } from '../graphql/lists.ts';
import { Instant } from '../graphql/scalars.ts';
import { refuseUnreadable } from '../graphql/text.ts';
import { offerById } from '../offers/offer.store.ts';
import { Offer } from '../offers/offer.type.ts';
import { namedTo } from '../partners/discretion.ts';
import { organisationById } from '../partners/organisation.store.ts';
import { Organisation } from '../partners/organisation.type.ts';
import { personById } from '../people/person.store.ts';
import { Person } from '../people/person.type.ts';
import { vacancyById } from '../vacancies/vacancy.store.ts';
import { Vacancy } from '../vacancies/vacancy.type.ts';
import { contactOf, historyOf, notesOf, rankOf } from './history.store.ts';
import { ReferralMoveLine, ReferralNote } from './history.type.ts';
import { ReferralFilter } from './referral.inputs.ts';
import type { ReferralRow } from './referral.row.ts';
import { referralById, referralByNumber, referralList } from './referral.store.ts';
import { Referral, ReferralConnection, ReferralOrder, SenderContact } from './referral.type.ts';

@Resolver(() => Referral)
export class ReferralResolver {
  @Query(() => Referral, {
    nullable: true,
    description:
      'One referral, by id or, of those you sent, by your own number; null when unknown or not for you.',
  })
  referral(
    @Arg('id', () => ID, { nullable: true, description: 'TypeID `ref_…`.' }) id: string | null,
    @Arg('externalReference', () => String, {
      nullable: true,
      description: 'Your own number for it.',
    })
    externalReference: string | null,
    @Ctx() ctx: Context,
  ) {
    requireScope(ctx.viewer, 'referrals:read');
    refuseUnreadable({ externalReference });
    if (id) return ctx.loaders.load(referralById, id);
    return externalReference ? ctx.loaders.load(referralByNumber, externalReference) : null;
  }

  @FieldResolver(() => String, {
    nullable: true,
    description: 'Your own number for it, if you sent it under one; null to everybody but its sender.',
  })
  externalReference(@Root() { senderId, externalReference }: ReferralRow, @Ctx() ctx: Context) {
    return senderId === ctx.viewer.organisation ? externalReference : null;
  }

  @Query(() => ReferralConnection, {
    description:
      'Referrals you sent, received or follow the person of; `toAnswer: true` by deadline is the inbox.',
  })
  referrals(
    @Arg('filter', () => ReferralFilter, { nullable: true, description: 'Which ones; all if not said.' })
    filter: ReferralFilter | null,
    @Arg('orderBy', () => ReferralOrder, { defaultValue: 'NEWEST', description: 'In which order.' })
    orderBy: ReferralOrder,
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() ctx: Context,
  ) {
    requireScope(ctx.viewer, 'referrals:read');
    return listed(ctx, referralList(ctx.viewer, filter ?? {}, orderBy), page, filter);
  }

  @FieldResolver(() => Instant, {
    nullable: true,
    description:
      'When the hub acts by itself if nobody does: an unanswered one expires, a wait ends, an acceptance lapses, ' +
      'a cancellation is taken as confirmed. Delays in business days of Paris (docs/domain.md §4).',
  })
  deadline(@Root() referral: ReferralRow) {
    return referral.dueAt;
  }

  @FieldResolver(() => Person, {
    nullable: true,
    description: 'The person; null once nothing of them is open to you.',
  })
  person(@Root() referral: ReferralRow, @Ctx() ctx: Context) {
    return ctx.loaders.load(personById, referral.personId);
  }

  @FieldResolver(() => Offer, { nullable: true, description: 'The offer the person is referred to.' })
  offer(@Root() referral: ReferralRow, @Ctx() ctx: Context) {
    return ctx.loaders.load(offerById, referral.offerId);
  }

  @FieldResolver(() => Vacancy, {
    nullable: true,
    description: 'Its recruitment or session; null while it is bound to none.',
  })
  vacancy(@Root() referral: ReferralRow, @Ctx() ctx: Context) {
    return referral.vacancyId && ctx.loaders.load(vacancyById, referral.vacancyId);
  }

  @FieldResolver(() => Organisation, {
    nullable: true,
    description: 'Who sent it; null, to its receiver, for a social partner whose name would say too much.',
  })
  sender(@Root() referral: ReferralRow, @Ctx() ctx: Context) {
    return namedTo(ctx, referral.senderId, referral.receiverId);
  }

  @FieldResolver(() => Organisation, { description: 'Whose offer it is: who answers.' })
  receiver(@Root() referral: ReferralRow, @Ctx() ctx: Context) {
    return ctx.loaders.load(organisationById, referral.receiverId);
  }

  @FieldResolver(() => Organisation, {
    nullable: true,
    description:
      'Who follows it for the person: the sender, until another referent is named; null as `sender` is.',
  })
  follower(@Root() referral: ReferralRow, @Ctx() ctx: Context) {
    return namedTo(ctx, referral.followerId ?? referral.senderId, referral.receiverId);
  }

  @FieldResolver(() => SenderContact, {
    nullable: true,
    description: 'The member of the sender to speak to; null when a tool sent it for nobody.',
  })
  senderContact(@Root() referral: ReferralRow, @Ctx() ctx: Context) {
    return ctx.loaders.load(contactOf, referral.id);
  }

  @FieldResolver(() => Referral, { nullable: true, description: 'The referral this one replaces.' })
  previous(@Root() referral: ReferralRow, @Ctx() ctx: Context) {
    return referral.previousId && ctx.loaders.load(referralById, referral.previousId);
  }

  @FieldResolver(() => Referral, {
    nullable: true,
    description: 'The referral opened instead of this one, where you may see it.',
  })
  next(@Root() referral: ReferralRow, @Ctx() ctx: Context) {
    return referral.nextId && ctx.loaders.load(referralById, referral.nextId);
  }

  @FieldResolver(() => Int, {
    nullable: true,
    description: 'Its rank on the waiting list, from 1, for its two parties; null when it does not wait.',
  })
  waitingRank(@Root() referral: ReferralRow, @Ctx() ctx: Context) {
    return referral.state === 'WAITLISTED' ? ctx.loaders.load(rankOf, referral.id) : null;
  }

  @FieldResolver(() => [ReferralMoveLine], { description: 'All that was done with it, oldest first.' })
  history(@Root() referral: ReferralRow, @Ctx() ctx: Context) {
    return ctx.loaders.load(historyOf, referral.id);
  }

  @FieldResolver(() => [ReferralNote], {
    description: 'Notes of both parties, oldest first; empty for others.',
  })
  notes(@Root() referral: ReferralRow, @Ctx() ctx: Context) {
    return ctx.loaders.load(notesOf, referral.id);
  }
}
