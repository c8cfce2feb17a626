import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import type { Context } from '../graphql/context.ts';
import { commandOfLines } from '../graphql/lines.ts';
import { answerReferral } from './answers.actions.ts';
import { ReferralAnswers, ReferralAnswersPayload } from './answers.type.ts';
import { referralById } from './referral.store.ts';

const most = 50;

@Resolver()
export class ReferralAnswersResolver {
  @Mutation(() => ReferralAnswersPayload, {
    description:
      'Answers up to 50 referrals at once, each line by itself: one that is refused does not stop the others, and one that ' +
      'was done stays done. By their receiver.',
  })
  answerReferrals(
    @Arg('input', () => ReferralAnswers, { description: 'What is answered to which.' })
    input: ReferralAnswers,
    @Ctx() ctx: Context,
  ) {
    return commandOfLines({
      ...{ ctx, operation: 'answerReferrals', scope: 'referrals:write', input, most },
      ...{ noun: 'referral', read: referralById, act: answerReferral },
    });
  }
}
