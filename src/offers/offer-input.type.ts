import { Field, Float, ID, InputType, Int, ObjectType, type ClassType } from 'type-graphql';
import { Command, Payload, VersionedCommand } from '../graphql/payload.ts';
import { Day } from '../graphql/scalars.ts';
import type * as rules from './offer.rules.ts';
import { ContributionDomain, Offer, OfferKind, SiaeKind } from './offer.type.ts';

/** What both a new offer and a change of one may say; all of it optional. */
export interface OfferDetails {
  siaeKind?: rules.SiaeKind | null;
  description?: string | null;
  domains?: rules.ContributionDomain[] | null;
  thematiques?: string[] | null;
  romeCodes?: string[] | null;
  publics?: string[] | null;
  publicsDetail?: string | null;
  exclusive?: boolean | null;
  countsAsAction?: boolean | null;
  fees?: string | null;
  feesDetail?: string | null;
  receptionModes?: string[] | null;
  mobilisationModes?: string[] | null;
  mobilisableBy?: string[] | null;
  mobilisationLink?: string | null;
  accessConditions?: string | null;
  eligibilityZone?: string[] | null;
  openingHours?: string | null;
  weeks?: number | null;
  weeklyHours?: number | null;
  contactEmail?: string | null;
  contactPhone?: string | null;
  serviceType?: string | null;
  site?: string | null;
  commune?: string | null;
  address?: string | null;
  externalReference?: string | null;
}

function withDetails<C extends Command>(base: ClassType<C>): ClassType<C & OfferDetails> {
  @InputType({ description: 'What an offer says of itself.' })
  class Details extends (base as ClassType<Command>) implements OfferDetails {
    @Field(() => SiaeKind, {
      nullable: true,
      description:
        'Kind of SIAE that employs: ACI on a work site; EI, AI, ETTI or EITI for an enterprise job. Your organisation must hold the accreditation.',
    })
    siaeKind?: rules.SiaeKind | null;

    @Field(() => String, {
      nullable: true,
      description: 'In full, up to 10,000 characters; required to publish.',
    })
    description?: string | null;

    @Field(() => [ContributionDomain], {
      nullable: true,
      description: 'What the work gives to the territory.',
    })
    domains?: rules.ContributionDomain[] | null;

    @Field(() => [String], {
      nullable: true,
      description: 'Codes of data·inclusion v1, e.g. `mobilite--preparer-un-permis`.',
    })
    thematiques?: string[] | null;

    @Field(() => [String], { nullable: true, description: 'Trades: ROME codes, a letter and four digits.' })
    romeCodes?: string[] | null;

    @Field(() => [String], {
      nullable: true,
      description: 'Codes of data·inclusion v1, e.g. `jeunes`, `tous-publics`.',
    })
    publics?: string[] | null;

    @Field(() => String, { nullable: true, description: 'More on whom it is for.' })
    publicsDetail?: string | null;

    @Field(() => Boolean, {
      nullable: true,
      description:
        'A person holds one such offer at a time; if not said, work offers are and the others are not.',
    })
    exclusive?: boolean | null;

    @Field(() => Boolean, {
      nullable: true,
      description: 'Whether it counts as an action in the indicators; true if not said.',
    })
    countsAsAction?: boolean | null;

    @Field(() => String, { nullable: true, description: '`gratuit` or `payant`.' })
    fees?: string | null;

    @Field(() => String, { nullable: true, description: 'What it costs.' })
    feesDetail?: string | null;

    @Field(() => [String], { nullable: true, description: '`a-distance`, `en-presentiel`.' })
    receptionModes?: string[] | null;

    @Field(() => [String], {
      nullable: true,
      description: '`envoyer-un-courriel`, `se-presenter`, `telephoner`, `utiliser-lien-mobilisation`.',
    })
    mobilisationModes?: string[] | null;

    @Field(() => [String], { nullable: true, description: '`professionnels`, `usagers`.' })
    mobilisableBy?: string[] | null;

    @Field(() => String, {
      nullable: true,
      description: 'Address of the page where one asks for it (http or https).',
    })
    mobilisationLink?: string | null;

    @Field(() => String, { nullable: true, description: 'What one must bring or be able to do.' })
    accessConditions?: string | null;

    @Field(() => [String], {
      nullable: true,
      description: 'Codes of the communes, EPCI or départements whose inhabitants it is for.',
    })
    eligibilityZone?: string[] | null;

    @Field(() => String, { nullable: true, description: 'Opening hours.' })
    openingHours?: string | null;

    @Field(() => Int, { nullable: true, description: 'How long it lasts, from 1 to 520 weeks.' })
    weeks?: number | null;

    @Field(() => Float, { nullable: true, description: 'Hours a week, from 0 to 168.' })
    weeklyHours?: number | null;

    @Field(() => String, { nullable: true, description: 'E-mail address for this offer.' })
    contactEmail?: string | null;

    @Field(() => String, { nullable: true, description: 'Telephone number for this offer.' })
    contactPhone?: string | null;

    @Field(() => String, {
      nullable: true,
      description:
        '`accompagnement`, `aide-financiere`, `aide-materielle`, `atelier`, `formation` or `information`.',
    })
    serviceType?: string | null;

    @Field(() => ID, {
      nullable: true,
      description: 'Site where it happens; the offer takes its commune, address and point.',
    })
    site?: string | null;

    @Field(() => ID, {
      nullable: true,
      description:
        'INSEE code of the commune where it happens, when it has no site; the point is then approximate.',
    })
    commune?: string | null;

    @Field(() => String, { nullable: true, description: 'Street and number, when it has no site.' })
    address?: string | null;

    @Field(() => String, {
      nullable: true,
      description: 'The number you give it; unique in your organisation.',
    })
    externalReference?: string | null;
  }
  return Details as unknown as ClassType<C & OfferDetails>;
}

@InputType({ description: 'An offer to draft for one’s own organisation.' })
export class NewOffer extends withDetails(Command as ClassType<Command>) {
  @Field(() => ID, { nullable: true, description: 'The organisation; yours, which is meant if not said.' })
  organisation?: string | null;

  @Field(() => OfferKind, { description: 'What kind of action it is; it stays so.' })
  kind: rules.OfferKind;

  @Field(() => String, { description: 'From 3 to 200 characters.' })
  title: string;
}

@InputType({ description: 'What changes of an offer; what is not given stays, null empties.' })
export class OfferUpdate extends withDetails(VersionedCommand as ClassType<VersionedCommand>) {
  @Field(() => ID, { description: 'The offer; of your organisation.' })
  offer: string;

  @Field(() => String, { nullable: true, description: 'From 3 to 200 characters.' })
  title?: string | null;
}

@InputType({ description: 'An offer of your organisation, to be moved.' })
export class OfferMove extends VersionedCommand {
  @Field(() => ID, { description: 'The offer.' })
  offer: string;
}

@InputType({ description: 'An offer to suspend.' })
export class OfferSuspension extends VersionedCommand {
  @Field(() => ID, { description: 'The offer.' })
  offer: string;

  @Field(() => Day, { nullable: true, description: 'Day it should end, shown to partners; not past.' })
  until?: string | null;
}

@ObjectType({ description: 'The offer, or why not.' })
export class OfferPayload extends Payload {
  @Field(() => Offer, { nullable: true, description: 'As it now is; null when refused and not for you.' })
  offer: Offer | null;
}
