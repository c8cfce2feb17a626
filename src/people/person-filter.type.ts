import { Field, ID, InputType } from 'type-graphql';
import { registerVocabulary } from '../graphql/vocabulary.ts';
import { type Vocabulary, vocabulary } from '../kernel/vocabulary.ts';
import type * as programme from '../programme/offer-kind.rules.ts';
import { OfferKind } from '../programme/offer-kind.type.ts';
import type { NeedTheme as Theme } from './need.rules.ts';
import { NeedTheme } from './need.type.ts';

const orders = vocabulary({
  NAME: 'By last and first name; only people whose identity is open to you',
  UPDATED: 'The latest change first',
  ID: 'The first registered first',
});
export const PersonOrder = registerVocabulary('PersonOrder', 'In which order.', orders);
export type PersonOrder = Vocabulary<typeof orders>;

@InputType({ description: 'Which people; every given condition must hold, on what is open to you.' })
export class PersonFilter {
  @Field(() => String, {
    nullable: true,
    description:
      'A name (accents, case and small typing errors forgiven), among people whose identity is open to you; or a reference.',
  })
  text?: string | null;

  @Field(() => ID, { nullable: true, description: 'SIREN of the EPCI where they live.' })
  epci?: string | null;

  @Field(() => ID, {
    nullable: true,
    description: 'INSEE code of the commune: over 5,000 inhabitants, or people whose contact is open to you.',
  })
  commune?: string | null;

  @Field(() => [OfferKind], { nullable: true, description: 'Who seek any of these kinds.' })
  soughtKinds?: programme.OfferKind[] | null;

  @Field(() => [NeedTheme], {
    nullable: true,
    description: 'With an open need of any of these themes, where needs are open to you.',
  })
  needThemes?: Theme[] | null;

  @Field(() => ID, { nullable: true, description: 'Followed now by this member.' })
  referent?: string | null;

  @Field(() => Boolean, { nullable: true, description: 'True: followed now by you.' })
  mine?: boolean | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'True: with a referent now; false: without one. Where the pathway is open to you.',
  })
  withReferent?: boolean | null;
}
