import { Arg, Args, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import { command } from '../graphql/command.ts';
import { PageArgs } from '../graphql/connection.ts';
import type { Context } from '../graphql/context.ts';
import { children } from '../graphql/lists.ts';
import { memberById } from '../partners/member.store.ts';
import { MemberPayload, Viewer } from '../partners/member.type.ts';
import { referralById } from '../referrals/referral.store.ts';
import { Referral } from '../referrals/referral.type.ts';
import { preferencesOf } from './kind.rules.ts';
import type { NoticeRow } from './notice.row.ts';
import { noticesOf } from './notice.store.ts';
import { Notice, NoticeConnection, NoticePreference, NoticePreferences } from './notice.type.ts';
import { setNoticePreferences } from './preference.actions.ts';

@Resolver(() => Notice)
export class NoticeReferralResolver {
  @FieldResolver(() => Referral, {
    nullable: true,
    description: 'The referral it is about; null where it is about none, or you no longer see it.',
  })
  referral(@Root() notice: NoticeRow, @Ctx() ctx: Context) {
    return notice.referralId && ctx.loaders.load(referralById, notice.referralId);
  }
}

@Resolver(() => Viewer)
export class NoticeResolver {
  @FieldResolver(() => NoticeConnection, {
    nullable: true,
    description: 'What you were told, or are to be told, by mail, newest first; null for a tool.',
  })
  notices(@Args(() => PageArgs) page: PageArgs, @Ctx() ctx: Context) {
    return ctx.viewer.kind === 'MEMBER' ? children(ctx, noticesOf, ctx.viewer.member!, page) : null;
  }

  @FieldResolver(() => [NoticePreference], {
    nullable: true,
    description: 'How you are told of each kind of thing; null for a tool.',
  })
  async noticePreferences(@Ctx() ctx: Context) {
    if (ctx.viewer.kind !== 'MEMBER') return null;
    const member = await ctx.loaders.load(memberById, ctx.viewer.member!);
    return member && preferencesOf(member);
  }

  @Mutation(() => MemberPayload, {
    description:
      'Chooses how you are told of each kind of thing, and in which language. By the member alone.',
  })
  setNoticePreferences(
    @Arg('input', () => NoticePreferences, { description: 'How.' }) input: NoticePreferences,
    @Ctx() ctx: Context,
  ) {
    return command({
      ctx,
      operation: 'setNoticePreferences',
      scope: 'referrals:write',
      input,
      noun: 'member',
      read: memberById,
      subject: input.member,
      act: (tx) => setNoticePreferences(tx, input),
    });
  }
}
