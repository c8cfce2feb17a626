import { Field, ID, ObjectType } from 'type-graphql';
import { connectionOf } from '../graphql/connection.ts';
import { Instant } from '../graphql/scalars.ts';
import { registerVocabulary } from '../graphql/vocabulary.ts';
import type { Category } from './access.rules.ts';
import { PersonCategory } from './category.type.ts';
import * as rules from './rectification.rules.ts';

export const RectificationReason = registerVocabulary(
  'RectificationReason',
  'Why what is known of a person is changed.',
  rules.RectificationReason,
);

@ObjectType({ simpleResolvers: true, description: 'What a field of a person held before it was changed.' })
export class FormerValue {
  @Field(() => String, { description: 'Name of the field, e.g. `lastName`, `phone`, `skills`.' })
  field: string;

  @Field(() => String, { nullable: true, description: 'What it held; null: nothing was known.' })
  value: string | null;
}

@ObjectType({
  description:
    'A change of what is known of a person, with what it replaced (rectification, RGPD art. 16). Open to those who ' +
    'follow the person and see the category; emptied when the person is erased.',
})
export class Rectification {
  @Field(() => ID, { simple: true, description: 'TypeID `rec_…`.' })
  id: string;

  @Field(() => PersonCategory, { simple: true, description: 'Which data.' })
  category: Category;

  @Field(() => Instant, { simple: true, description: 'When it was changed.' })
  at: string;

  @Field(() => RectificationReason, { nullable: true, simple: true, description: 'Why; null if not said.' })
  because: rules.RectificationReason | null;
}

export const RectificationConnection = connectionOf(() => Rectification, 'Rectification', 'rectifications');
