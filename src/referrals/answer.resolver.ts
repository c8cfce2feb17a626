import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { command } from '../graphql/command.ts';
import type { Context } from '../graphql/context.ts';
import { acceptReferral, acknowledgeReferral, declineReferral, waitlistReferral } from './answer.actions.ts';
import { skipWaitlistedReferral } from './waiting.actions.ts';
import {
  PlaceSkipping,
  ReferralAcceptance,
  ReferralAcknowledgement,
  ReferralDeclining,
  ReferralWaitlisting,
} from './referral.inputs.ts';
import { referralById } from './referral.store.ts';
import { ReferralPayload } from './referral.type.ts';

@Resolver()
export class ReferralAnswerResolver {
  @Mutation(() => ReferralPayload, {
    description:
      'A named member takes charge (prise en charge): the person’s name and contact open, unless the sender disclosed later. By its receiver.',
  })
  acknowledgeReferral(
    @Arg('input', () => ReferralAcknowledgement, { description: 'Which one.' })
    input: ReferralAcknowledgement,
    @Ctx() ctx: Context,
  ) {
    return command({
      ctx,
      operation: 'acknowledgeReferral',
      scope: 'referrals:write',
      input,
      noun: 'referral',
      read: referralById,
      subject: input.referral,
      act: (tx) => acknowledgeReferral(tx, input),
    });
  }

  @Mutation(() => ReferralPayload, {
    description:
      'Accepts: holds a place where places are counted, or NO_PLACE_LEFT; VACANCY_REQUIRED when the offer has vacancies and none is bound; ALREADY_REFERRED when the person is accepted there under another record. Also within 30 days after it expired or lapsed. By its receiver.',
  })
  acceptReferral(
    @Arg('input', () => ReferralAcceptance, { description: 'Which one.' }) input: ReferralAcceptance,
    @Ctx() ctx: Context,
  ) {
    return command({
      ctx,
      operation: 'acceptReferral',
      scope: 'referrals:write',
      input,
      noun: 'referral',
      read: referralById,
      subject: input.referral,
      act: (tx) => acceptReferral(tx, input),
    });
  }

  @Mutation(() => ReferralPayload, {
    description: 'Puts it on the waiting list (liste d’attente). By its receiver.',
  })
  waitlistReferral(
    @Arg('input', () => ReferralWaitlisting, { description: 'Which one.' }) input: ReferralWaitlisting,
    @Ctx() ctx: Context,
  ) {
    return command({
      ctx,
      operation: 'waitlistReferral',
      scope: 'referrals:write',
      input,
      noun: 'referral',
      read: referralById,
      subject: input.referral,
      act: (tx) => waitlistReferral(tx, input),
    });
  }

  @Mutation(() => ReferralPayload, { description: 'Declines, with a coded reason. By its receiver.' })
  declineReferral(
    @Arg('input', () => ReferralDeclining, { description: 'Which one, and why.' }) input: ReferralDeclining,
    @Ctx() ctx: Context,
  ) {
    return command({
      ctx,
      operation: 'declineReferral',
      scope: 'referrals:write',
      input,
      noun: 'referral',
      read: referralById,
      subject: input.referral,
      act: (tx) => declineReferral(tx, input),
    });
  }

  @Mutation(() => ReferralPayload, {
    description:
      'Does not give a freed place to the first of the list: the next is offered it. By its receiver.',
  })
  skipWaitlistedReferral(
    @Arg('input', () => PlaceSkipping, { description: 'Which one, and why.' }) input: PlaceSkipping,
    @Ctx() ctx: Context,
  ) {
    return command({
      ctx,
      operation: 'skipWaitlistedReferral',
      scope: 'referrals:write',
      input,
      noun: 'referral',
      read: referralById,
      subject: input.referral,
      act: (tx) => skipWaitlistedReferral(tx, input),
    });
  }
}
