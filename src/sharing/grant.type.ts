import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { connectionOf } from '../graphql/connection.ts';
import { Node } from '../graphql/node.ts';
import { Payload } from '../graphql/payload.ts';
import { Day } from '../graphql/scalars.ts';
import { registerVocabulary } from '../graphql/vocabulary.ts';
import { type Vocabulary, vocabulary } from '../kernel/vocabulary.ts';
import type { Category } from '../people/access.rules.ts';
import { PersonCategory } from '../people/category.type.ts';
import type { LegalBasis as Basis } from '../people/person.rules.ts';
import { Person } from '../people/person.type.ts';
import { LegalBasis } from '../people/referent.type.ts';
import * as rules from './grant.rules.ts';

export const SharingPurpose = registerVocabulary(
  'SharingPurpose',
  'What a person’s data is shared for; it bounds what may be shared (docs/privacy.md).',
  rules.SharingPurpose,
);
export const SharingEndReason = registerVocabulary(
  'SharingEndReason',
  'Why somebody ends what is shared.',
  rules.SharingEndReason,
);
export const GrantEndReason = registerVocabulary(
  'GrantEndReason',
  'Why a grant has ended, by somebody or by its date.',
  rules.GrantEndReason,
);
export const GrantState = registerVocabulary('GrantState', 'Where a grant stands now.', rules.GrantState);

@ObjectType({
  implements: Node,
  simpleResolvers: true,
  description:
    'What is shown of a person to others than those who follow them, for a purpose, on a ground, until a day (accord ' +
    'de partage). Read by who follows the person, and for life by who gave it and whom it names; whom it names reads, ' +
    'and writes nothing. One that tells of health, justice or entitlements is for those who may read these.',
})
export class SharingGrant extends Node {
  @Field(() => SharingPurpose, { description: 'What for.' })
  purpose: rules.SharingPurpose;

  @Field(() => [PersonCategory], { description: 'What it opens, always the core.' })
  categories: Category[];

  @Field(() => LegalBasis, { description: 'On what ground.' })
  legalBasis: Basis;

  @Field(() => Int, { description: 'Grows with each change; give it back when you end it.' })
  version: number;
}

export const SharingGrantConnection = connectionOf(() => SharingGrant, 'SharingGrant', 'sharing grants');

const orders = vocabulary({
  NEWEST: 'The newest first',
  ENDING: 'The nearest last day first',
});
export const GrantOrder = registerVocabulary(
  'SharingGrantOrder',
  'Order of a list of sharing grants.',
  orders,
);
export type GrantOrder = Vocabulary<typeof orders>;

@InputType('SharingGrantFilter', { description: 'Which grants; every given condition must hold.' })
export class GrantFilter {
  @Field(() => ID, { nullable: true, description: 'About this person.' })
  person?: string | null;

  @Field(() => ID, { nullable: true, description: 'To this organisation, by itself or with its kind.' })
  organisation?: string | null;

  @Field(() => GrantState, { nullable: true, description: 'In this state now.' })
  state?: rules.GrantState | null;

  @Field(() => Day, { nullable: true, description: 'Not ended, and with a last day before this one.' })
  endingBefore?: string | null;
}

@ObjectType({ description: 'The grant, or why not.' })
export class SharingGrantPayload extends Payload {
  @Field(() => SharingGrant, { nullable: true, description: 'As it now is; null when refused.' })
  grant: SharingGrant | null;
}

@ObjectType({ description: 'What has ended, or why not.' })
export class SharingEndingPayload extends Payload {
  @Field(() => Person, {
    nullable: true,
    description: 'The person, whose `sharingGrants` tell what still runs; null when not for you.',
  })
  person: Person | null;

  @Field(() => SharingGrant, { nullable: true, description: 'The grant you named, as it now is.' })
  grant: SharingGrant | null;
}
