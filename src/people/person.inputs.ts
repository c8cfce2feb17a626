import { Field, ID, InputType } from 'type-graphql';
import { Command, VersionedCommand } from '../graphql/payload.ts';
import { Day } from '../graphql/scalars.ts';
import type * as programme from '../programme/offer-kind.rules.ts';
import { OfferKind } from '../programme/offer-kind.type.ts';
import { NumbersInput } from './number.type.ts';
import type * as rules from './person.rules.ts';
import { ProfileInput } from './profile.type.ts';
import type * as rectification from './rectification.rules.ts';
import { RectificationReason } from './rectification.type.ts';
import { LegalBasis, NewReferent } from './referent.type.ts';

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

  @Field(() => NumbersInput, { nullable: true, description: 'Numbers by which others know the person.' })
  numbers?: NumbersInput | null;

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

@InputType({
  description:
    'A person under your own number: registered if you never gave it before, else brought up to date with what is given ' +
    '(null clears, what is not given stays). `referent` and `legalBasis` count when the person is registered, and are ' +
    'passed over afterwards. Never a social security number (NIR), in any field.',
})
export class PersonUpsert extends NewPerson {
  @Field(() => String, {
    description: 'Your own number for the person, unique in your organisation; from 1 to 200 characters.',
  })
  override externalReference: string;
}

@InputType({ description: 'What changes of a person; what is not given stays.' })
export class PersonUpdate extends VersionedCommand {
  @Field(() => ID, { description: 'The person.' })
  person: string;

  @Field(() => IdentityChange, { nullable: true, description: 'What changes of the identity.' })
  identity?: IdentityChange | null;

  @Field(() => NumbersInput, { nullable: true, description: 'What changes of the numbers; null clears.' })
  numbers?: NumbersInput | null;

  @Field(() => ContactInput, { nullable: true, description: 'What changes of the contact; null clears.' })
  contact?: ContactInput | null;

  @Field(() => ID, { nullable: true, description: 'INSEE code of the new commune; null: unknown.' })
  commune?: string | null;

  @Field(() => OfferKind, { nullable: true, description: 'Kind of action sought; null: unknown.' })
  soughtKind?: programme.OfferKind | null;

  @Field(() => String, { nullable: true, description: 'Your own number for the person.' })
  externalReference?: string | null;

  @Field(() => RectificationReason, { nullable: true, description: 'Why; kept with what is replaced.' })
  because?: rectification.RectificationReason | null;
}
