import { Field, ID, ObjectType } from 'type-graphql';
import { connectionOf } from '../graphql/connection.ts';
import { Instant } from '../graphql/scalars.ts';
import { registerVocabulary } from '../graphql/vocabulary.ts';
import type { Category } from '../people/access.rules.ts';
import { PersonCategory } from '../people/category.type.ts';
import * as rules from './purpose.rules.ts';

export const Purpose = registerVocabulary(
  'Purpose',
  'For what a member who sees everybody reads outside their own portfolio: header `x-purpose`, or `purpose` in the ' +
    'first message of a socket.',
  rules.Purpose,
);

@ObjectType({
  description:
    'One request opened data of a person to somebody: who, when, which categories, by which right; never what was read.',
})
export class AccessLogEntry {
  @Field(() => ID, { simple: true, description: 'TypeID `log_…`.' })
  id: string;

  @Field(() => Instant, { simple: true, description: 'When it was read.' })
  at: string;

  @Field(() => [PersonCategory], { simple: true, description: 'Which data.' })
  categories: Category[];

  @Field(() => String, {
    simple: true,
    description: 'Root fields of the request, by commas: `person`, `acknowledgeReferral`, `referralUpdated`…',
  })
  operation: string;

  @Field(() => Boolean, {
    simple: true,
    description: 'Whether it was read by a member who sees everybody, outside their own portfolio.',
  })
  outside: boolean;

  @Field(() => Purpose, {
    nullable: true,
    simple: true,
    description: 'The purpose stated with the request; null when none was.',
  })
  purpose: rules.Purpose | null;
}

export const AccessLogEntryConnection = connectionOf(() => AccessLogEntry, 'AccessLogEntry', 'disclosures');
