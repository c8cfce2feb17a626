import { Field, Int, ObjectType } from 'type-graphql';
import { LiveMessage } from '../events/event.type.ts';
import { connectionOf } from '../graphql/connection.ts';
import { Node } from '../graphql/node.ts';
import { Payload } from '../graphql/payload.ts';
import { Day, Instant } from '../graphql/scalars.ts';
import { registerVocabulary } from '../graphql/vocabulary.ts';
import { meaningsOf, vocabulary } from '../kernel/vocabulary.ts';
import type * as programme from '../programme/offer-kind.rules.ts';
import { OfferKind } from '../programme/offer-kind.type.ts';
import * as access from './access.rules.ts';
import { PersonCategory } from './category.type.ts';
import * as rules from './person.rules.ts';

export const AgeBand = registerVocabulary('AgeBand', 'Age, by the year of birth.', rules.AgeBand);
const whys = { ...meaningsOf(access.AccessReason), ...meaningsOf(access.NotOpen) };
export const DisclosureReason = registerVocabulary(
  'DisclosureReason',
  'Why a category of a person is open to you, or why it is not.',
  vocabulary(whys as Record<access.AccessReason | access.NotOpen, string>),
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
  description:
    'Whether a category of a person is open to you, why and until when. Categories that the hub does not keep are absent.',
})
export class Disclosure {
  @Field(() => PersonCategory, { description: 'Which data.' })
  category: access.Category;

  @Field(() => Boolean, { description: 'Whether you see it.' })
  visible: boolean;

  @Field(() => DisclosureReason, { description: 'Why you do, or why not (yet).' })
  why: access.AccessReason | access.NotOpen;

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

@ObjectType({ description: 'The person, or why not.' })
export class PersonPayload extends Payload {
  @Field(() => Person, {
    nullable: true,
    description: 'As it now is for you; null when refused, or when it is no longer open to you.',
  })
  person: Person | null;
}

@ObjectType({ simpleResolvers: true, description: 'A person’s record changed, and how it now is.' })
export class PersonMessage extends LiveMessage {
  @Field(() => Person, {
    nullable: true,
    description:
      'The person as they are now; null in a checkpoint, and when `accessEnded` says why you are told no more.',
  })
  person: Person | null;
}
