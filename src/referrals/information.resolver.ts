import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import { command } from '../graphql/command.ts';
import type { Context } from '../graphql/context.ts';
import { provideInformation, requestInformation, withdrawInformationRequest } from './information.actions.ts';
import {
  InformationProviding,
  InformationRequestWithdrawal,
  NewInformationRequest,
} from './information.inputs.ts';
import { requestsOf } from './information.store.ts';
import { InformationRequest } from './information.type.ts';
import type { ReferralRow } from './referral.row.ts';
import { referralById } from './referral.store.ts';
import { Referral, ReferralPayload } from './referral.type.ts';

@Resolver(() => Referral)
export class InformationResolver {
  @FieldResolver(() => [InformationRequest], {
    description: 'What the provider asked the sender before it answers, oldest first; at most three.',
  })
  informationRequests(@Root() referral: ReferralRow, @Ctx() ctx: Context) {
    return ctx.loaders.load(requestsOf, referral.id);
  }

  @Mutation(() => ReferralPayload, {
    description:
      'Asks the sender before answering: the clock stands still until it answers, for as long as the provider had ' +
      'to answer. One request at a time, three in all. By its receiver, while SENT or ACKNOWLEDGED.',
  })
  requestInformation(
    @Arg('input', () => NewInformationRequest, { description: 'Of which one, and what.' })
    input: NewInformationRequest,
    @Ctx() ctx: Context,
  ) {
    return command({
      ctx,
      operation: 'requestInformation',
      scope: 'referrals:write',
      input,
      noun: 'referral',
      read: referralById,
      subject: input.referral,
      act: (tx) => requestInformation(tx, input),
    });
  }

  @Mutation(() => ReferralPayload, {
    description: 'Answers what the provider asked, question by question; time runs again. By its sender.',
  })
  provideInformation(
    @Arg('input', () => InformationProviding, { description: 'Of which one, and the answers.' })
    input: InformationProviding,
    @Ctx() ctx: Context,
  ) {
    return command({
      ctx,
      operation: 'provideInformation',
      scope: 'referrals:write',
      input,
      noun: 'referral',
      read: referralById,
      subject: input.referral,
      act: (tx) => provideInformation(tx, input),
    });
  }

  @Mutation(() => ReferralPayload, {
    description: 'The information is no longer needed; time runs again. By the receiver.',
  })
  withdrawInformationRequest(
    @Arg('input', () => InformationRequestWithdrawal, { description: 'Of which one.' })
    input: InformationRequestWithdrawal,
    @Ctx() ctx: Context,
  ) {
    return command({
      ctx,
      operation: 'withdrawInformationRequest',
      scope: 'referrals:write',
      input,
      noun: 'referral',
      read: referralById,
      subject: input.referral,
      act: (tx) => withdrawInformationRequest(tx, input),
    });
  }
}
