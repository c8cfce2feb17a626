import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { command } from '../graphql/command.ts';
import type { Context } from '../graphql/context.ts';
import {
  cancelAcceptance,
  confirmReferralCancellation,
  keepReferral,
  requestReferralCancellation,
  withdrawReferral,
} from './cancel.actions.ts';
import {
  AcceptanceCancellation,
  CancellationConfirmation,
  CancellationRequest,
  ReferralKeeping,
  ReferralWithdrawal,
} from './referral.inputs.ts';
import { referralById } from './referral.store.ts';
import { ReferralPayload } from './referral.type.ts';

@Resolver()
export class ReferralCancelResolver {
  @Mutation(() => ReferralPayload, {
    description: 'Withdraws it before it is accepted, with a coded reason. By its sender.',
  })
  withdrawReferral(
    @Arg('input', () => ReferralWithdrawal, { description: 'Which one, and why.' }) input: ReferralWithdrawal,
    @Ctx() ctx: Context,
  ) {
    return command({
      ctx,
      operation: 'withdrawReferral',
      scope: 'referrals:write',
      input,
      noun: 'referral',
      read: referralById,
      subject: input.referral,
      act: (tx) => withdrawReferral(tx, input),
    });
  }

  @Mutation(() => ReferralPayload, {
    description: 'Takes an acceptance back, with a coded reason; the place is free again. By its receiver.',
  })
  cancelAcceptance(
    @Arg('input', () => AcceptanceCancellation, { description: 'Which one, and why.' })
    input: AcceptanceCancellation,
    @Ctx() ctx: Context,
  ) {
    return command({
      ctx,
      operation: 'cancelAcceptance',
      scope: 'referrals:write',
      input,
      noun: 'referral',
      read: referralById,
      subject: input.referral,
      act: (tx) => cancelAcceptance(tx, input),
    });
  }

  @Mutation(() => ReferralPayload, {
    description:
      'Asks to cancel an acceptance; done at once when the person refuses or cannot. By its sender.',
  })
  requestReferralCancellation(
    @Arg('input', () => CancellationRequest, { description: 'Which one, and why.' })
    input: CancellationRequest,
    @Ctx() ctx: Context,
  ) {
    return command({
      ctx,
      operation: 'requestReferralCancellation',
      scope: 'referrals:write',
      input,
      noun: 'referral',
      read: referralById,
      subject: input.referral,
      act: (tx) => requestReferralCancellation(tx, input),
    });
  }

  @Mutation(() => ReferralPayload, {
    description:
      'Confirms a cancellation the sender asked for; after 2 business days of silence the hub does. By its receiver.',
  })
  confirmReferralCancellation(
    @Arg('input', () => CancellationConfirmation, { description: 'Which one.' })
    input: CancellationConfirmation,
    @Ctx() ctx: Context,
  ) {
    return command({
      ctx,
      operation: 'confirmReferralCancellation',
      scope: 'referrals:write',
      input,
      noun: 'referral',
      read: referralById,
      subject: input.referral,
      act: (tx) => confirmReferralCancellation(tx, input),
    });
  }

  @Mutation(() => ReferralPayload, {
    description: 'Takes the asked cancellation back: the acceptance stands. By its sender.',
  })
  keepReferral(
    @Arg('input', () => ReferralKeeping, { description: 'Which one.' }) input: ReferralKeeping,
    @Ctx() ctx: Context,
  ) {
    return command({
      ctx,
      operation: 'keepReferral',
      scope: 'referrals:write',
      input,
      noun: 'referral',
      read: referralById,
      subject: input.referral,
      act: (tx) => keepReferral(tx, input),
    });
  }
}
