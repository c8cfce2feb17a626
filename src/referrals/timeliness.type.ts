import { Field, Int, ObjectType } from 'type-graphql';
import { leastAnswers } from './timeliness.rules.ts';

@ObjectType({
  description:
    `How its provider answers referrals, of those due within twelve months; shown from ${leastAnswers}. Exact for the ` +
    'provider itself and the council.',
})
export class OfferAnswers {
  @Field(() => Int, {
    description: 'How many were due: withdrawn before the deadline and direct entries apart.',
  })
  due: number;
}

@ObjectType({ description: 'The usual time to a first answer: the median, stops and closed days apart.' })
export class AnswerTime {
  /** What its resolvers work from. */
  minutes: number | null;
}
