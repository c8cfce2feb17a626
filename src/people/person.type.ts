import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { connectionOf } from '../graphql/connection.ts';
import { Node } from '../graphql/node.ts';
import { Command, Payload, VersionedCommand } from '../graphql/payload.ts';
import { Day, Instant } from '../graphql/scalars.ts';
import { registerVocabulary } from '../graphql/vocabulary.ts';
import { meaningsOf, type Vocabulary, vocabulary } from '../kernel/vocabulary.ts';
import type * as programme from '../programme/offer-kind.rules.ts';
import { OfferKind } from '../programme/offer-kind.type.ts';
import * as access from './access.rules.ts';
import type { NeedTheme as Theme } from './need.rules.ts';
import { NeedTheme } from './need.type.ts';
import * as rules from './person.rules.ts';
import { ProfileInput } from './profile.type.ts';
import { LegalBasis, NewReferent } from './referent.type.ts';

export const AgeBand = registerVocabulary('AgeBand', 'Age, by the year of birth.', rules.AgeBand);
const PersonCategory = registerVocabulary(
  'PersonCategory',
  'A kind of data about a person; each opens by itself.',
  access.Category,
);
const whys = {
  ...meaningsOf(access.AccessReason),
  NOT_NEEDED: 'Not open: what your organisation does for the person does not need it',
};
const DisclosureReason = registerVocabulary(
  'DisclosureReason',
  'Why a category of a person is open to you, or that it is not.',
  vocabulary(whys as Record<access.AccessReason | 'NOT_NEEDED', string>),
);

@ObjectType({ simpleResolvers: true, description: 'Names and date of birth of a person.' })
export class Identity {
  @Field(() => String, { description: 'Usual last name.' })
  lastName: string;

  @Field(() => String, { description: 'First name, or names.' })
  firstName: string;

  @Field(() => String, { nullable: true, description: 'Name at birth, where it differs.' })
  birthName: string | null;

  @Field(() => Day, { nullable: true, description: 'Date of birth.' })
  birthDate: string | null;
}

@ObjectType({ description: 'How to reach a person.' })
export class Contact {
  @Field(() => String, { nullable: true, simple: true, description: 'Telephone number.' })
  phone: string | null;

  @Field(() => String, { nullable: true, simple: true, description: 'E-mail address.' })
  email: string | null;

  @Field(() => String, { nullable: true, simple: true, description: 'Postal address.' })
  address: string | null;
}

@ObjectType({
  simpleResolvers: true,
  description: 'Whether a category of a person is open to you, why and until when.',
})
export class Disclosure {
  @Field(() => PersonCategory, { description: 'Which data.' })
  category: access.Category;

  @Field(() => Boolean, { description: 'Whether you see it.' })
  visible: boolean;

  @Field(() => DisclosureReason, { description: 'Why you do, or that you need not.' })
  why: access.AccessReason | 'NOT_NEEDED';

  @Field(() => Instant, { nullable: true, description: 'When it closes by itself; null while nothing says.' })
  until: string | null;
}

@ObjectType({
  implements: Node,
  description:
    'A person followed towards insertion. Each category of what is known opens by itself, to whom it concerns; ' +
    'what is not open to you is null, and `disclosure` says why.',
})
export class Person extends Node {
  @Field(() => String, {
    simple: true,
    description: 'What to say instead of a name, e.g. `P-7K3M2Q`; the same for everybody.',
  })
  reference: string;

  @Field(() => OfferKind, {
    nullable: true,
    simple: true,
    description: 'Kind of action the person seeks; null while unknown.',
  })
  soughtKind: programme.OfferKind | null;

  @Field(() => Int, {
    simple: true,
    description: 'Grows with each change; give it back when you update.',
  })
  version: number;

  @Field(() => Instant, { simple: true, description: 'When the record last changed.' })
  updatedAt: string;
}

export const PersonConnection = connectionOf(() => Person, 'Person', 'people');

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

const orders = vocabulary({
  NAME: 'By last and first name; only people whose identity is open to you',
  UPDATED: 'The latest change first',
  ID: 'The first registered first',
});
export const PersonOrder = registerVocabulary('PersonOrder', 'In which order.', orders);
export type PersonOrder = Vocabulary<typeof orders>;

@InputType({ description: 'Names and date of birth.' })
export class NewIdentity {
  @Field(() => String, { description: 'Usual last name, up to 100 characters.' })
  lastName: string;

  @Field(() => String, { description: 'First name, or names, up to 100 characters.' })
  firstName: string;

  @Field(() => String, { nullable: true, description: 'Name at birth, where it differs.' })
  birthName?: string | null;

  @Field(() => Day, { nullable: true, description: 'Date of birth.' })
  birthDate?: string | null;
}

@InputType({ description: 'What changes of names and date of birth.' })
export class IdentityChange {
  @Field(() => String, { nullable: true, description: 'Usual last name, up to 100 characters.' })
  lastName?: string | null;

  @Field(() => String, { nullable: true, description: 'First name, or names, up to 100 characters.' })
  firstName?: string | null;

  @Field(() => String, { nullable: true, description: 'Name at birth; null: none.' })
  birthName?: string | null;

  @Field(() => Day, { nullable: true, description: 'Date of birth; null: unknown.' })
  birthDate?: string | null;
}

@InputType({ description: 'How to reach the person.' })
export class ContactInput {
  @Field(() => String, { nullable: true, description: 'Digits, spaces and `+ ( ) . -`, from 6 to 30.' })
  phone?: string | null;

  @Field(() => String, { nullable: true, description: 'E-mail address.' })
  email?: string | null;

  @Field(() => String, { nullable: true, description: 'Up to 200 characters.' })
  address?: string | null;
}

@InputType({
  description: 'A person to register. Never a social security number (NIR), in any field.',
})
export class NewPerson extends Command {
  @Field(() => NewIdentity, { description: 'Who it is.' })
  identity: NewIdentity;

  @Field(() => ContactInput, { nullable: true, description: 'How to reach the person.' })
  contact?: ContactInput | null;

  @Field(() => ID, {
    nullable: true,
    description: 'INSEE code of the commune of residence or domiciliation.',
  })
  commune?: string | null;

  @Field(() => OfferKind, { nullable: true, description: 'Kind of action the person seeks.' })
  soughtKind?: programme.OfferKind | null;

  @Field(() => String, {
    nullable: true,
    description: 'Your own number for the person, unique in your organisation; up to 200 characters.',
  })
  externalReference?: string | null;

  @Field(() => ProfileInput, { nullable: true, description: 'What the person says of their profile.' })
  profile?: ProfileInput | null;

  @Field(() => NewReferent, {
    nullable: true,
    description: 'Who follows the person from now on; `{}` is yourself; nobody yet if not given.',
  })
  referent?: NewReferent | null;

  @Field(() => LegalBasis, {
    description:
      'On what ground. A public body has a mission or an obligation; CONSENT is for associations, insertion ' +
      'enterprises and a PLIE, where the person could really say no.',
  })
  legalBasis: rules.LegalBasis;
}

@InputType({ description: 'What changes of a person; what is not given stays.' })
export class PersonUpdate extends VersionedCommand {
  @Field(() => ID, { description: 'The person.' })
  person: string;

  @Field(() => IdentityChange, { nullable: true, description: 'What changes of the identity.' })
  identity?: IdentityChange | null;

  @Field(() => ContactInput, { nullable: true, description: 'What changes of the contact; null clears.' })
  contact?: ContactInput | null;

  @Field(() => ID, { nullable: true, description: 'INSEE code of the new commune; null: unknown.' })
  commune?: string | null;

  @Field(() => OfferKind, { nullable: true, description: 'Kind of action sought; null: unknown.' })
  soughtKind?: programme.OfferKind | null;

  @Field(() => String, { nullable: true, description: 'Your own number for the person.' })
  externalReference?: string | null;
}

@ObjectType({ description: 'The person, or why not.' })
export class PersonPayload extends Payload {
  @Field(() => Person, {
    nullable: true,
    description: 'As it now is for you; null when refused, or when it is no longer open to you.',
  })
  person: Person | null;
}
