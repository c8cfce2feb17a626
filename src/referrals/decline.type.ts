import { Field, Int, ObjectType } from 'type-graphql';
import { Day } from '../graphql/scalars.ts';
import { registerVocabulary } from '../graphql/vocabulary.ts';
import * as rules from './decline.rules.ts';
import type * as reasons from './reason.rules.ts';
import { DeclineReason } from './referral.inputs.ts';

const DeclineOwner = registerVocabulary('DeclineOwner', 'Whose a refusal is.', rules.DeclineOwner);
const WaitEnd = registerVocabulary(
  'WaitEnd',
  'What ends the wait before an offer is proposed to the same person again.',
  rules.WaitEnd,
);

@ObjectType({
  simpleResolvers: true,
  description: 'What follows from a reason to decline (docs/domain.md §4): the same for every partner.',
})
export class DeclineRule {
  @Field(() => DeclineReason, { description: 'The code.' })
  code: reasons.DeclineReason;

  @Field(() => String, { description: 'In words.' })
  label: string;

  @Field(() => DeclineOwner, { description: 'Whose it is.' })
  whose: rules.DeclineOwner;

  @Field(() => Int, {
    nullable: true,
    description: 'Days before this offer is proposed to this person again; null: no number of days.',
  })
  waitDays: number | null;

  @Field(() => [WaitEnd], {
    description: 'What ends the wait earlier, or at all where it has no days; empty with no days: no wait.',
  })
  liftedBy: readonly rules.WaitEnd[];

  @Field(() => Boolean, { description: 'Whether the reason is for the person to hear, by who follows them.' })
  toldToPerson: boolean;
}

@ObjectType({ simpleResolvers: true, description: 'What follows from the refusal of one referral.' })
export class Decline {
  @Field(() => DeclineRule, { description: 'The rule of its reason.' })
  rule: DeclineRule;

  @Field(() => Day, {
    nullable: true,
    description:
      'From which day the offer may be proposed to the person again without a reason; null: no day says.',
  })
  againFrom: string | null;
}
