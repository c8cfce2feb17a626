import { Field, Int, ObjectType } from 'type-graphql';
import type { TargetPublic as Public } from '../programme/public.rules.ts';
import { TargetPublic } from '../programme/public.type.ts';
import { AssignmentRun } from './run.type.ts';

@ObjectType({ simpleResolvers: true, description: 'How much more, or less, the second of two plans does for a group of people.' })
export class AssignmentShareChange {
  @Field(() => TargetPublic, { nullable: true, description: 'A public both plans tell of; null: everybody.' })
  public: Public | null;

  @Field(() => Int, { description: 'How many more of them have a place.' })
  placedMore: number;

  @Field(() => Int, { nullable: true, description: 'Days more on the hub, in the mean; null where one plan places none of them.' })
  meanWaitingMore: number | null;

  @Field(() => Int, { nullable: true, description: 'Points more, in the mean; null where one plan places none of them.' })
  meanScoreMore: number | null;
} // prettier-ignore

@ObjectType({ description: 'Two plans side by side.' })
export class AssignmentComparison {
  @Field(() => AssignmentRun, { simple: true, description: 'The first.' })
  a: AssignmentRun;

  @Field(() => AssignmentRun, { simple: true, description: 'The second.' })
  b: AssignmentRun;
}
