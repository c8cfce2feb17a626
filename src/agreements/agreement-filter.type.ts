import { Field, ID, InputType, Int } from 'type-graphql';
import { Day } from '../graphql/scalars.ts';
import { registerVocabulary } from '../graphql/vocabulary.ts';
import { vocabulary, type Vocabulary } from '../kernel/vocabulary.ts';
import * as rules from './agreement.rules.ts';
import * as party from './party.rules.ts';

export const AgreementKind = registerVocabulary(
  'AgreementKind',
  'What is agreed, and between whom (docs/domain.md §9).',
  rules.AgreementKind,
);
export const AgreementState = registerVocabulary(
  'AgreementState',
  'Where an agreement stands.',
  rules.AgreementState,
);
export const PartyRole = registerVocabulary(
  'AgreementPartyRole',
  'What a partner is in an agreement.',
  party.PartyRole,
);

const orders = vocabulary({
  NEWEST: 'Drafted last first',
  END: 'By their last day, the next to end first',
});
export type AgreementOrder = Vocabulary<typeof orders>;
export const AgreementOrder = registerVocabulary(
  'AgreementOrder',
  'In which order agreements are listed.',
  orders,
);

@InputType({ description: 'Which agreements; each condition narrows the list.' })
export class AgreementFilter {
  @Field(() => [AgreementKind], { nullable: true, description: 'Of these kinds.' })
  kinds?: rules.AgreementKind[] | null;

  @Field(() => [AgreementState], { nullable: true, description: 'In these states.' })
  states?: rules.AgreementState[] | null;

  @Field(() => ID, { nullable: true, description: 'That this organisation is a party to.' })
  organisation?: string | null;

  @Field(() => PartyRole, { nullable: true, description: 'As this; with `organisation`.' })
  role?: party.PartyRole | null;

  @Field(() => ID, { nullable: true, description: 'That cover this offer, or one of its vacancies, by their last terms.' })
  offer?: string | null;

  @Field(() => Day, { nullable: true, description: 'Laid before the session of this day.' })
  sessionOn?: string | null;

  @Field(() => Day, { nullable: true, description: 'Signed, and running on this day.' })
  on?: string | null;

  @Field(() => Int, { nullable: true, description: 'Signed, and ending within so many days from today, from 0 to 366.' })
  endingWithin?: number | null;
} // prettier-ignore
