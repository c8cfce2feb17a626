import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { command } from '../graphql/command.ts';
import type { Context } from '../graphql/context.ts';
import { WaitReconfirmation } from './referral.inputs.ts';
import { referralById } from './referral.store.ts';
import { ReferralPayload } from './referral.type.ts';
import { reconfirmWait } from './waiting.actions.ts';

@Resolver()
export class WaitResolver {
  @Mutation(() => ReferralPayload, {
    description:
      'Says that the person still waits: the wait goes on for as long as it was sent under (30 days if not said ' +
      'otherwise), from today. By its sender, while WAITLISTED.',
  })
  reconfirmWait(
    @Arg('input', () => WaitReconfirmation, { description: 'Which one.' }) input: WaitReconfirmation,
    @Ctx() ctx: Context,
  ) {
    return command({
      ctx,
      operation: 'reconfirmWait',
      scope: 'referrals:write',
      input,
      noun: 'referral',
      read: referralById,
      subject: input.referral,
      act: (tx) => reconfirmWait(tx, input),
    });
  }
}
