import { Field, ID, Int, ObjectType } from 'type-graphql';
import { connectionOf } from '../graphql/connection.ts';
import { Day, Instant } from '../graphql/scalars.ts';
import { registerVocabulary } from '../graphql/vocabulary.ts';
import { vocabulary } from '../kernel/vocabulary.ts';

export const EntitlementImportState = registerVocabulary(
  'EntitlementImportState',
  'What became of a fund’s file.',
  vocabulary({
    RUNNING: 'It is being read in, or was cut off and goes on (en cours)',
    DONE: 'All of it was read in (intégré)',
    REFUSED: 'Refused whole: it is not what the schema says (refusé)',
    UNDONE: 'Taken back (annulé)',
    PARTLY_UNDONE: 'Taken back but for what a later file told more of (annulé en partie)',
  }),
);

@ObjectType({ simpleResolvers: true, description: 'How many rows a rule refused.' })
export class RuleCount {
  @Field(() => String, {
    description:
      'The rule: `NAME` (one is missing), `BIRTH_DATE` (to come, or before 1900), `NIR` (a social security number where ' +
      'none belongs), `TWICE` (the same adult again), `NO_ADULT` (a household of none).',
  })
  rule: string;

  @Field(() => Int, { description: 'How many rows.' })
  count: number;
}

@ObjectType({
  simpleResolvers: true,
  description:
    'The report of one file of a fund (flux CAF/MSA): counts and rules, nobody. For that fund, and for the council that ' +
    'read it in.',
})
export class EntitlementImport {
  @Field(() => ID, { description: 'Its name (`imp_…`).' })
  id: string;

  @Field(() => String, { nullable: true, description: 'Which fund: `CAF` or `MSA` and its number.' })
  organism: string | null;

  @Field(() => Day, { nullable: true, description: 'The day the file speaks of (DTREF).' })
  referenceOn: string | null;

  @Field(() => Boolean, { description: 'A monthly file; else a daily one.' })
  monthly: boolean;

  @Field(() => EntitlementImportState, { description: 'What became of it.' })
  state: string;

  @Field(() => Int, { description: 'Households in it.' })
  households: number;

  @Field(() => Int, { description: 'Adults whose right was not known yet.' })
  created: number;

  @Field(() => Int, { description: 'Adults of whose right it told more, or otherwise.' })
  changed: number;

  @Field(() => Int, { description: 'Adults of whom it told what was known.' })
  unchanged: number;

  @Field(() => Int, { description: 'Rows refused; `refusals` says by which rules.' })
  refused: number;

  @Field(() => Int, { description: 'People with a right who stand in no row of it: left as they were.' })
  absent: number;

  @Field(() => [RuleCount], { description: 'By which rules rows were refused.' })
  refusals: RuleCount[];

  @Field(() => String, {
    nullable: true,
    description:
      'The rule by which the file was refused whole: `ENCODING XML DOCTYPE TRUNCATED ELEMENT ORDER TIMES LENGTH DATE NUMBER ' +
      'BOOLEAN CODE TOTAL ORGANISM OLDER` (docs/imports.md). Null when it was not.',
  })
  faultRule: string | null;

  @Field(() => Int, { nullable: true, description: 'On which line of the file.' })
  faultLine: number | null;

  @Field(() => String, { description: 'SHA-256 of the file, in hexadecimal.' })
  sha256: string;

  @Field(() => Instant, { description: 'When it began.' })
  startedAt: string;

  @Field(() => Instant, { nullable: true, description: 'When it ended; null while it runs.' })
  finishedAt: string | null;

  @Field(() => Instant, {
    nullable: true,
    description: 'When the file was deleted; null where it was not through the hub. The hub keeps no copy.',
  })
  fileDeletedAt: string | null;
}

export const EntitlementImportConnection = connectionOf(
  () => EntitlementImport,
  'EntitlementImport',
  'files of the funds',
);
