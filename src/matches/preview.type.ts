import { Field, InputType, Int, ObjectType } from 'type-graphql';
import type { Said } from '../matching/requirement.rules.ts';
import type * as profile from '../people/profile.rules.ts';
import { FrenchLevel, Licence, TimeBand } from '../people/profile.type.ts';

@InputType({ description: 'What an offer would ask, all of it anew: what is not given is not asked.' })
export class RuleDraft implements Partial<Said> {
  @Field(() => [Licence], { nullable: true, description: 'Driving licences, each of them.' })
  licences?: profile.Licence[] | null;

  @Field(() => FrenchLevel, { nullable: true, description: 'At least this level of French.' })
  frenchLevel?: profile.FrenchLevel | null;

  @Field(() => [TimeBand], {
    nullable: true,
    description: 'Parts of the day or week the work falls on, each of them.',
  })
  timeBands?: profile.TimeBand[] | null;
}

@ObjectType({
  simpleResolvers: true,
  description:
    'Whom a change of what an offer asks would bring in or leave out, of the people whose profile you may read: counts alone.',
})
export class RulePreview {
  @Field(() => Int, { description: 'Excluded today, and not then.' })
  comesIn: number;

  @Field(() => Int, { description: 'Excluded then, and not today.' })
  dropsOut: number;

  @Field(() => Int, { description: 'Excluded neither today nor then.' })
  stays: number;

  @Field(() => Int, { description: 'Not excluded then, but a question would have to be asked.' })
  toAsk: number;
}
