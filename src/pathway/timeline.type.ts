import { Field, ObjectType } from 'type-graphql';
import { connectionOf } from '../graphql/connection.ts';
import { Day } from '../graphql/scalars.ts';
import { registerVocabulary } from '../graphql/vocabulary.ts';
import * as rules from './timeline.rules.ts';

export const TimelineKind = registerVocabulary(
  'TimelineKind',
  'What a line of a person’s time line is about.',
  rules.TimelineKind,
);

@ObjectType({
  simpleResolvers: true,
  description:
    'One thing that happened with a person. It stands there for whoever sees the thing itself, and for nobody else.',
})
export class TimelineEntry {
  @Field(() => TimelineKind, { description: 'What it is about.' })
  kind: rules.TimelineKind;

  @Field(() => Day, {
    description: 'The day it happened or took effect; of a meeting or a pass maybe one to come.',
  })
  on: string;

  @Field(() => String, {
    nullable: true,
    description: 'What happened, by a code that `TimelineKind` explains; null where the kind says it.',
  })
  step: string | null;
}

export const TimelineEntryConnection = connectionOf(
  () => TimelineEntry,
  'TimelineEntry',
  'lines of a time line',
);
