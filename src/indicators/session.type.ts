import { Field, Int, ObjectType } from 'type-graphql';
import type { OutcomeClass as Class } from '../placements/outcome-class.rules.ts';
import { OutcomeClass } from '../placements/outcome-class.type.ts';

const few = 'null, with the counts beside it, where one of them would be of fewer than five people.';

@ObjectType({ simpleResolvers: true, description: 'Exits of a class.' })
export class ClassCount {
  @Field(() => OutcomeClass, { description: 'The class.' })
  code: Class;

  @Field(() => Int, { nullable: true, description: `How many; ${few}` })
  count: number | null;
}

@ObjectType({
  simpleResolvers: true,
  description: 'Placements that ended, classed by IAE_2013 in the version of the day of each outcome (sorties).',
})
export class IaeExits {
  @Field(() => Int, { description: 'How many ended.' })
  ended: number;

  @Field(() => [ClassCount], { description: 'Each class the rules know, once; they add up to `ended`.' })
  classes: { code: Class; count: number | null }[];

  @Field(() => Int, { nullable: true, description: `Those that count: withdrawn ones left out (sorties examinées); ${few}` })
  examined: number | null;

  @Field(() => Int, { nullable: true, description: `Of them, durable, transitional or positive (sorties dynamiques); ${few}` })
  dynamic: number | null;

  @Field(() => String, { nullable: true, description: 'The version in force on the last day counted.' })
  ruleVersion: string | null;
} // prettier-ignore
