import { Field, ID, ObjectType } from 'type-graphql';
import { Payload, UserError } from '../graphql/payload.ts';
import { Day, Instant } from '../graphql/scalars.ts';
import { registerVocabulary } from '../graphql/vocabulary.ts';
import * as rules from './attendance.rules.ts';
import { Placement } from './placement.type.ts';

export const Presence = registerVocabulary('Presence', 'Whether a person came.', rules.Presence);
export const Half = registerVocabulary('Half', 'A half of a day.', rules.Half);

@ObjectType({
  simpleResolvers: true,
  description: 'Whether the person came, one half of one day, as it is known now.',
})
export class HalfDay {
  @Field(() => Day, { name: 'on', simple: false, description: 'The day.' })
  onDay: string;

  @Field(() => Half, { description: 'Which half of it.' })
  half: rules.Half;

  @Field(() => Presence, { description: 'Whether the person came. Nothing follows from an absence.' })
  presence: rules.Presence;

  @Field(() => Instant, { description: 'When it was recorded, or last put right.' })
  recordedAt: string;
}

@ObjectType({ simpleResolvers: true, description: 'What became of one line of an attendance sheet.' })
export class PlacementLine {
  @Field(() => ID, { description: 'The placement as it was named in the line.' })
  id: string;

  @Field(() => Placement, {
    nullable: true,
    description: 'As it now is, also when refused; null when it does not exist for you.',
  })
  placement: Placement | null;

  @Field(() => [UserError], { description: 'Empty when the line was done; otherwise why not.' })
  userErrors: UserError[];
}

@ObjectType({
  description:
    'What became of each line; `userErrors` gathers the refusals of all, each with its line in `field`.',
})
export class GroupAttendancePayload extends Payload {
  @Field(() => [PlacementLine], { description: 'Each line’s placement or refusal, in the order given.' })
  lines: PlacementLine[];
}
