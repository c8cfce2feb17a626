import { Field, ObjectType } from 'type-graphql';
import { Instant } from '../graphql/scalars.ts';

@ObjectType({
  description:
    'What awaits the organisation of who asks, list by list, the most pressing first (liste de travail, docs/domain.md §8). ' +
    'Each list is computed only when asked, in one statement for its page and one for its count, and holds nothing that the ' +
    'same viewer would not find by the ordinary questions.',
})
export class Worklist {
  @Field(() => Instant, {
    simple: true,
    description: 'Since when `answersReceived` and `changed` look back.',
  })
  since: string;

  /** When it is asked: what is soon, or ends, is so from here. */
  now: string;
}
