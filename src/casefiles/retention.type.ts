import { Field, ID, InputType, ObjectType } from 'type-graphql';
import { connectionOf } from '../graphql/connection.ts';
import { Command } from '../graphql/payload.ts';
import { Day, Instant } from '../graphql/scalars.ts';
import { registerVocabulary } from '../graphql/vocabulary.ts';
import * as rules from './retention.rules.ts';

const KeepReason = registerVocabulary(
  'KeepReason',
  'Why a record is kept longer than the law would.',
  rules.KeepReason,
);

@ObjectType({
  description:
    'Notice that nobody has acted on a person for two years (the data-protection authority’s framework of 11 March 2021) ' +
    'and that the hub erases them on the day given, unless somebody acts on the person or says `keepPerson`.',
})
export class RetentionNotice {
  @Field(() => ID, { simple: true, description: 'TypeID `ntc_…`.' })
  id: string;

  @Field(() => Instant, {
    simple: true,
    description: 'The last act of a professional on the person that this record knows of.',
  })
  lastContactAt: string;

  @Field(() => Instant, { simple: true, description: 'When the notice was given.' })
  createdAt: string;
}

export const RetentionNoticeConnection = connectionOf(() => RetentionNotice, 'RetentionNotice', 'notices');

@InputType({ description: 'Which notices; all if nothing is given.' })
export class RetentionNoticeFilter {
  @Field(() => Day, { nullable: true, description: 'Of people to be erased before this day.' })
  dueBefore?: string | null;
}

@InputType({ description: 'Whose record is still needed, and why.' })
export class PersonKeeping extends Command {
  @Field(() => ID, { description: 'The person.' })
  person: string;

  @Field(() => KeepReason, { description: 'Why.' })
  reason: rules.KeepReason;
}
