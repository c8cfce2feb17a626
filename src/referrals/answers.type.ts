import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { Command, Payload, UserError } from '../graphql/payload.ts';
import { registerVocabulary } from '../graphql/vocabulary.ts';
import { vocabulary } from '../kernel/vocabulary.ts';
import { DeclineReason } from './referral.inputs.ts';
import type { DeclineReason as Reason } from './reason.rules.ts';
import { Referral } from './referral.type.ts';

/** Answers to many referrals at once (docs/domain.md §4). */
export const ReferralAnswer = registerVocabulary(
  'ReferralAnswer',
  'What a receiver answers a referral.',
  vocabulary({
    ACKNOWLEDGE: 'A named member takes charge, as `acknowledgeReferral` (prise en charge)',
    ACCEPT: 'Accepted, as `acceptReferral` (acceptée)',
    WAITLIST: 'Put on the waiting list, as `waitlistReferral` (liste d’attente)',
    DECLINE: 'Declined with a reason, as `declineReferral` (refusée)',
  }),
);
export type ReferralAnswer = keyof typeof ReferralAnswer;

@InputType({ description: 'One answer.' })
export class AnswerLine {
  @Field(() => ID, { description: 'The referral (`ref_…`), received by your organisation.' })
  referral: string;

  @Field(() => Int, {
    nullable: true,
    description: 'The version you read; another one since then refuses this line with STALE.',
  })
  version?: number | null;

  @Field(() => ReferralAnswer, { description: 'What you answer.' })
  move: ReferralAnswer;

  @Field(() => DeclineReason, { nullable: true, description: 'Why; with DECLINE alone, and required there.' })
  reason?: Reason | null;

  @Field(() => ID, {
    nullable: true,
    description: 'With ACCEPT or WAITLIST: the vacancy of the offer to bind it to first, if it is not yet.',
  })
  vacancy?: string | null;
}

@InputType({ description: 'Answers to several referrals at once.' })
export class ReferralAnswers extends Command {
  @Field(() => [AnswerLine], { description: 'From 1 to 50 lines, each decided by itself, in this order.' })
  lines: AnswerLine[];
}

@ObjectType({ simpleResolvers: true, description: 'What became of one line.' })
export class ReferralLine {
  @Field(() => ID, { description: 'The referral as it was named in the line.' })
  id: string;

  @Field(() => Referral, {
    nullable: true,
    description: 'As it now is, also when refused; null when it does not exist for you.',
  })
  referral: Referral | null;

  @Field(() => [UserError], { description: 'Empty when the line was done; otherwise why not.' })
  userErrors: UserError[];
}

@ObjectType({
  description:
    'What became of each line; `userErrors` gathers the refusals of all, each with its line in `field`.',
})
export class ReferralAnswersPayload extends Payload {
  @Field(() => [ReferralLine], { description: 'Each line’s referral or refusal, in the order given.' })
  lines: ReferralLine[];
}
