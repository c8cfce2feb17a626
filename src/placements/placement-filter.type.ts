import { Field, ID, InputType, Int } from 'type-graphql';
import { Day } from '../graphql/scalars.ts';
import { registerVocabulary } from '../graphql/vocabulary.ts';
import { type Vocabulary, vocabulary } from '../kernel/vocabulary.ts';
import { Days } from '../graphql/days.type.ts';
import type { PlacementState as State } from './placement.rules.ts';
import { PlacementState } from './placement.type.ts';

export const PlacementOrder = registerVocabulary(
  'PlacementOrder',
  'In which order placements are listed.',
  vocabulary({
    NEWEST: 'Latest recorded first',
    START: 'Latest first day first',
    CONTRACT_END: 'Earliest end of its last contract first; without contract or open-ended last',
  }),
);
export type PlacementOrder = Vocabulary<typeof PlacementOrder>;

@InputType({ description: 'Which placements; every given condition must hold.' })
export class PlacementFilter {
  @Field(() => ID, { nullable: true, description: 'Sent or received by this organisation.' })
  organisation?: string | null;

  @Field(() => ID, { nullable: true, description: 'Sent by this organisation.' })
  sender?: string | null;

  @Field(() => ID, { nullable: true, description: 'At this organisation.' })
  receiver?: string | null;

  @Field(() => ID, { nullable: true, description: 'Of this person.' })
  person?: string | null;

  @Field(() => ID, { nullable: true, description: 'In this offer.' })
  offer?: string | null;

  @Field(() => ID, { nullable: true, description: 'In this vacancy.' })
  vacancy?: string | null;

  @Field(() => [PlacementState], {
    nullable: true,
    description: 'In any of these states; if not said, in any but UNDONE.',
  })
  states?: State[] | null;

  @Field(() => Days, { nullable: true, description: 'First day between these.' })
  startedBetween?: Days | null;

  @Field(() => Days, { nullable: true, description: 'Last day between these.' })
  endedBetween?: Days | null;

  @Field(() => Day, {
    nullable: true,
    description: 'Not ended, and the last contract ends before this day.',
  })
  contractEndingBefore?: string | null;

  @Field(() => Int, {
    nullable: true,
    description: 'Not ended, and the last contract has ended or ends within so many days: 0 to 366.',
  })
  contractEndingWithin?: number | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'True: ended, and its outcome was asked for and is not known yet.',
  })
  outcomeDue?: boolean | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'True: one of its follow-ups is due today or before, and nobody has recorded it.',
  })
  followUpDue?: boolean | null;
}
