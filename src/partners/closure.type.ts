import { Field, ID, ObjectType } from 'type-graphql';
import { Payload } from '../graphql/payload.ts';
import { Day, Instant } from '../graphql/scalars.ts';
import { registerVocabulary } from '../graphql/vocabulary.ts';
import * as rules from './closure.rules.ts';

export const ClosureReason = registerVocabulary(
  'ClosureReason',
  'Why a partner is closed.',
  rules.ClosureReason,
);

@ObjectType({
  simpleResolvers: true,
  description:
    'Days on which an organisation, or one of its sites, answers nobody (fermeture): they are no business days to ' +
    'whoever awaits its answer. Open to every partner.',
})
export class Closure {
  @Field(() => ID, { description: 'TypeID `clo_…`.' })
  id: string;

  @Field(() => Day, { name: 'from', simple: false, description: 'First closed day.' })
  fromDay: string;

  @Field(() => Day, { name: 'to', simple: false, description: 'Last closed day.' })
  toDay: string;

  @Field(() => ClosureReason, { description: 'Why.' })
  reason: rules.ClosureReason;

  @Field(() => Instant, { nullable: true, description: 'When it was taken back before it began.' })
  cancelledAt: string | null;
}

@ObjectType({ description: 'The closure, or why not.' })
export class ClosurePayload extends Payload {
  @Field(() => Closure, { nullable: true, description: 'As it now is; null when refused.' })
  closure: Closure | null;
}
