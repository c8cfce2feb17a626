import { Directive, Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { connectionOf } from '../graphql/connection.ts';
import { Node } from '../graphql/node.ts';
import { Command, Payload, VersionedCommand } from '../graphql/payload.ts';
import { Day, Instant } from '../graphql/scalars.ts';
import { registerVocabulary } from '../graphql/vocabulary.ts';
import * as rules from './organisation.rules.ts';

export const OrganisationKind = registerVocabulary(
  'OrganisationKind',
  'What kind of partner it is.',
  rules.OrganisationKind,
);
const Remit = registerVocabulary('Remit', 'Field of action of a service.', rules.Remit);
const AccreditationKind = registerVocabulary(
  'AccreditationKind',
  'What an organisation is accredited for.',
  rules.AccreditationKind,
);

const PrescriberKind = registerVocabulary(
  'PrescriberKind',
  'What kind of authorised prescriber of insertion by work an organisation is (prescripteur habilité).',
  rules.PrescriberKind,
);

@ObjectType({
  simpleResolvers: true,
  description: 'An accreditation of an insertion structure (conventionnement, agrément).',
})
export class Accreditation {
  @Field(() => AccreditationKind, { description: 'What for.' })
  kind: rules.AccreditationKind;

  @Field(() => String, { nullable: true, description: 'Number given by the State.' })
  number: string | null;

  @Field(() => Day, { description: 'First day.' })
  fromDay: string;

  @Field(() => Day, { nullable: true, description: 'Day from which it no longer holds; null while open.' })
  toDay: string | null;
}

@ObjectType({
  simpleResolvers: true,
  description:
    'That the State lets an organisation prescribe insertion by work without any criterion (prescripteur habilité).',
})
export class AuthorisedPrescriber {
  @Field(() => PrescriberKind, { description: 'As what.' })
  kind: rules.PrescriberKind;

  @Field(() => Day, { nullable: true, description: 'Since which day; null where it was not said.' })
  since: string | null;
}

@Directive('@key(fields: "id")')
@Directive('@key(fields: "siret")')
@ObjectType({
  implements: Node,
  simpleResolvers: true,
  description:
    'A partner of the programme: one organisation, one SIRET. Open to every authenticated partner.',
})
export class Organisation extends Node {
  @Field(() => OrganisationKind, { description: 'What kind of partner it is.' })
  kind: rules.OrganisationKind;

  @Field(() => Remit, { nullable: true, description: 'Field of action, for services and CCAS.' })
  remit: rules.Remit | null;

  @Field(() => String, { description: 'Full name.' })
  name: string;

  @Field(() => String, { nullable: true, description: 'Usual short name.' })
  shortName: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'SIRET, fourteen digits; null when imported without one.',
  })
  siret: string | null;

  @Field(() => String, { nullable: true, description: 'What it does, in its own words.' })
  description: string | null;

  @Field(() => String, { nullable: true, description: 'Public e-mail address.' })
  email: string | null;

  @Field(() => String, { nullable: true, description: 'Public telephone number.' })
  phone: string | null;

  @Field(() => String, { nullable: true, description: 'Web site.' })
  website: string | null;

  @Field(() => Boolean, {
    description:
      'Whether its members may answer a referral by the link of a mail and a one-time code; off at first.',
  })
  answersByMail: boolean;

  @Field(() => String, { nullable: true, description: 'Data producer it was imported from, e.g. `dora`.' })
  source: string | null;

  @Field(() => String, { nullable: true, description: 'Its id at that producer.' })
  sourceId: string | null;

  @Field(() => Int, { description: 'Grows with each change; give it back when you update.' })
  version: number;

  @Field(() => Instant, { description: 'When it last changed.' })
  updatedAt: string;
}

export const OrganisationConnection = connectionOf(() => Organisation, 'Organisation', 'organisations');

@InputType({ description: 'Which organisations; every given condition must hold.' })
export class OrganisationFilter {
  @Field(() => String, {
    nullable: true,
    description: 'Words of the name or description; accents, case and small typing errors forgiven.',
  })
  text?: string | null;

  @Field(() => [OrganisationKind], { nullable: true, description: 'Any of these kinds.' })
  kinds?: rules.OrganisationKind[] | null;

  @Field(() => ID, { nullable: true, description: 'INSEE code of its commune.' })
  commune?: string | null;

  @Field(() => ID, { nullable: true, description: 'SIREN of the EPCI of its commune.' })
  epci?: string | null;
}

@InputType({ description: 'An accreditation to record.' })
export class NewAccreditation {
  @Field(() => AccreditationKind, { description: 'What for.' })
  kind: rules.AccreditationKind;

  @Field(() => String, { nullable: true, description: 'Number given by the State.' })
  number?: string | null;

  @Field(() => Day, { description: 'First day.' })
  from: string;

  @Field(() => Day, { nullable: true, description: 'Day from which it no longer holds.' })
  to?: string | null;
}

@InputType({ description: 'A partner to register.' })
export class NewOrganisation extends Command {
  @Field(() => OrganisationKind, { description: 'What kind of partner it is.' })
  kind: rules.OrganisationKind;

  @Field(() => Remit, { nullable: true, description: 'Required for a State service.' })
  remit?: rules.Remit | null;

  @Field(() => String, { description: 'From 2 to 200 characters.' })
  name: string;

  @Field(() => String, { nullable: true, description: 'Usual short name.' })
  shortName?: string | null;

  @Field(() => String, { description: 'SIRET, fourteen digits, checked (Luhn, and La Poste’s exception).' })
  siret: string;

  @Field(() => ID, { nullable: true, description: 'Organisation it belongs to; rights never flow along it.' })
  parent?: string | null;

  @Field(() => ID, { nullable: true, description: 'INSEE code of its commune.' })
  commune?: string | null;

  @Field(() => String, { nullable: true, description: 'Up to 10,000 characters.' })
  description?: string | null;

  @Field(() => String, { nullable: true, description: 'Public e-mail address.' })
  email?: string | null;

  @Field(() => String, { nullable: true, description: 'Public telephone number.' })
  phone?: string | null;

  @Field(() => String, { nullable: true, description: 'Web site.' })
  website?: string | null;

  @Field(() => [NewAccreditation], { nullable: true, description: 'Its accreditations.' })
  accreditations?: NewAccreditation[] | null;
}

@InputType({ description: 'What changes of an organisation; what is not given stays.' })
export class OrganisationUpdate extends VersionedCommand {
  @Field(() => ID, { description: 'The organisation; yours.' })
  organisation: string;

  @Field(() => String, { nullable: true, description: 'From 2 to 200 characters.' })
  name?: string | null;

  @Field(() => String, { nullable: true, description: 'Usual short name.' })
  shortName?: string | null;

  @Field(() => ID, { nullable: true, description: 'INSEE code of its commune.' })
  commune?: string | null;

  @Field(() => String, { nullable: true, description: 'Up to 10,000 characters.' })
  description?: string | null;

  @Field(() => String, { nullable: true, description: 'Public e-mail address.' })
  email?: string | null;

  @Field(() => String, { nullable: true, description: 'Public telephone number.' })
  phone?: string | null;

  @Field(() => String, { nullable: true, description: 'Web site.' })
  website?: string | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether members may answer a referral by the link of a mail and a one-time code.',
  })
  answersByMail?: boolean | null;
}

@InputType({ description: 'Whether an organisation may prescribe insertion by work without any criterion.' })
export class PrescriberAuthorisation extends VersionedCommand {
  @Field(() => ID, { description: 'Which organisation.' })
  organisation: string;

  @Field(() => PrescriberKind, { nullable: true, description: 'As what; null ends it: past diagnoses hold.' })
  kind?: rules.PrescriberKind | null;

  @Field(() => Day, {
    nullable: true,
    description: 'Since which day; today if not said, never to come. Only with `kind`.',
  })
  since?: string | null;
}

@ObjectType({ description: 'The organisation, or why not.' })
export class OrganisationPayload extends Payload {
  @Field(() => Organisation, { nullable: true, description: 'As it now is; null when refused.' })
  organisation: Organisation | null;
}
