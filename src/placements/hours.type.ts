import { Field, Float, ObjectType } from 'type-graphql';
import { Day, Instant } from '../graphql/scalars.ts';

@ObjectType({
  simpleResolvers: true,
  description: 'Hours worked in a month, as known from one instant to another.',
})
export class WorkedHours {
  @Field(() => Day, { description: 'First day of the month.' })
  month: string;

  @Field(() => Float, { description: 'Hours worked.' })
  worked: number;

  @Field(() => Instant, { name: 'recordedAt', simple: false, description: 'When they were recorded.' })
  knownFrom: string;

  @Field(() => Instant, { nullable: true, description: 'When they were corrected; null for what holds now.' })
  knownUntil: string | null;
}
