import { Field, Float, ID, Int, ObjectType } from 'type-graphql';
import { Day, Instant } from '../graphql/scalars.ts';
import { registerVocabulary } from '../graphql/vocabulary.ts';
import * as rules from './published.rules.ts';

export const TableName = registerVocabulary(
  'PublishedTableName',
  'Which tables are published.',
  rules.TableName,
);
export const Audience = registerVocabulary('PublishedAudience', 'For whom a table is made.', rules.Audience);
export const CellLevel = registerVocabulary('PublishedCellLevel', 'What a cell is about.', rules.CellLevel);

@ObjectType({ simpleResolvers: true, description: 'A cell of a published table.' })
export class PublishedCell {
  @Field(() => CellLevel, { description: 'What it is about.' })
  level: rules.CellLevel;

  @Field(() => String, {
    description:
      'Its code, once in the table: ALL, an EPCI, a commune, a kind; `44… REST` are the smaller communes of an EPCI.',
  })
  code: string;

  @Field(() => String, { nullable: true, description: 'What it is called, where it has a name.' })
  label: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'The code of the cell it is a part of; null for the whole.',
  })
  parent: string | null;

  @Field(() => Float, {
    nullable: true,
    description: 'The value; null where it is kept back, or where nothing was measured.',
  })
  value: number | null;

  @Field(() => Float, {
    nullable: true,
    description: 'What the value is of; null where it is a part of nothing, or kept back.',
  })
  of: number | null;

  @Field(() => Boolean, {
    description:
      'Whether the value is kept back, so that nobody is recognised: it is small, or would give a small one away.',
  })
  suppressed: boolean;

  @Field(() => String, {
    nullable: true,
    description: 'Where it is kept back, the code of the next larger cell that is shown and answers for it.',
  })
  answeredBy: string | null;
}

@ObjectType({
  simpleResolvers: true,
  description: 'A table of a closed month, stored as it was published; a correction makes another edition, the old one is kept.',
})
export class PublishedTable {
  @Field(() => ID, { description: 'TypeID `pub_…`.' })
  id: string;

  @Field(() => TableName, { description: 'Which table.' })
  name: rules.TableName;

  @Field(() => Day, { description: 'First day of its month.' })
  month: string;

  @Field(() => Int, { description: 'Counted from 1; another one follows a correction.' })
  edition: number;

  @Field(() => Instant, { description: 'What was known at this moment is counted.' })
  asOf: string;

  @Field(() => Instant, { description: 'When it was published.' })
  publishedAt: string;
} // prettier-ignore
