import { Field, Int, ObjectType } from 'type-graphql';

@ObjectType({
  simpleResolvers: true,
  description:
    'What became of the follow-ups that came due, so many months after the end: `due` is the sum of the four others, and ' +
    'whoever could not be reached is never left out of it.',
})
export class FollowUpFigures {
  @Field(() => Int, { description: 'How many months after the end: 1, 3 or 6.' })
  months: number;

  @Field(() => Int, { description: 'How many came due: the denominator of every share.' })
  due: number;

  @Field(() => Int, { description: 'How many people said how they are.' })
  reached: number;

  @Field(() => Int, { description: 'How many could not be reached.' })
  unreachable: number;

  @Field(() => Int, { description: 'How many did not want to answer.' })
  declined: number;

  @Field(() => Int, { description: 'How many nobody has recorded yet.' })
  open: number;
}
