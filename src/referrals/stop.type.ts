import { Field, ObjectType } from 'type-graphql';
import { Instant } from '../graphql/scalars.ts';
import { registerVocabulary } from '../graphql/vocabulary.ts';
import * as rules from './stop.rules.ts';

const StopCause = registerVocabulary('StopCause', 'Why the time to answer stands still.', rules.StopCause);

@ObjectType({
  simpleResolvers: true,
  description: 'A time during which the time to answer a referral stood or stands still.',
})
export class ClockStop {
  @Field(() => StopCause, { description: 'Why.' })
  cause: rules.StopCause;

  @Field(() => Instant, { description: 'From when.' })
  since: string;

  @Field(() => Instant, { description: 'Until when; in the future, its end at the latest.' })
  until: string;
}
