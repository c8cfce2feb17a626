import { Directive, Field, Float, Int, ObjectType } from 'type-graphql';
import { LiveMessage } from '../events/event.type.ts';
import { connectionOf } from '../graphql/connection.ts';
import { Node } from '../graphql/node.ts';
import { Day, Instant } from '../graphql/scalars.ts';
import { registerVocabulary } from '../graphql/vocabulary.ts';
import { OfferKind } from '../programme/offer-kind.type.ts';
import * as rules from './offer.rules.ts';

export { OfferKind };

export const OfferState = registerVocabulary('OfferState', 'Where the offer stands.', rules.OfferState);
export const ContributionDomain = registerVocabulary(
  'ContributionDomain',
  'What the work gives to the territory (domaine de contribution).',
  rules.ContributionDomain,
);
export const SiaeKind = registerVocabulary(
  'SiaeKind',
  'Kind of insertion structure that employs (structure d’insertion par l’activité économique).',
  rules.SiaeKind,
);

@Directive('@key(fields: "id")')
@ObjectType({
  implements: Node,
  simpleResolvers: true,
  description:
    'An insertion action a partner offers. Once published it is open to every authenticated partner; a draft to its own organisation.',
})
export class Offer extends Node {
  @Field(() => OfferKind, { description: 'What kind of action it is.' })
  kind: rules.OfferKind;

  @Field(() => SiaeKind, { nullable: true, description: 'Kind of SIAE that employs, for insertion work.' })
  siaeKind: rules.SiaeKind | null;

  @Field(() => String, { description: 'In a few words.' })
  title: string;

  @Field(() => String, { nullable: true, description: 'In full; always there once published.' })
  description: string | null;

  @Field(() => OfferState, { description: 'Where it stands.' })
  state: rules.OfferState;

  @Field(() => [ContributionDomain], { description: 'What the work gives to the territory.' })
  domains: rules.ContributionDomain[];

  @Field(() => [String], {
    description: 'Thématiques of data·inclusion v1, verbatim, e.g. `mobilite--preparer-un-permis`.',
  })
  thematiques: string[];

  @Field(() => [String], { description: 'Trades (ROME codes: a letter and four digits).' })
  romeCodes: string[];

  @Field(() => [String], {
    description: 'Publics of data·inclusion v1 it is for, verbatim, e.g. `jeunes`; empty when not said.',
  })
  publics: string[];

  @Field(() => String, { nullable: true, description: 'More on whom it is for.' })
  publicsDetail: string | null;

  @Field(() => Boolean, {
    description:
      'A person holds one such offer at a time: starting it closes the person’s other referrals to exclusive ones.',
  })
  exclusive: boolean;

  @Field(() => Boolean, {
    description: 'Counts as an action in the indicators; not so an information session of a day or less.',
  })
  countsAsAction: boolean;

  @Field(() => String, {
    nullable: true,
    description: 'data·inclusion: `gratuit` or `payant`; null when not said.',
  })
  fees: string | null;

  @Field(() => String, { nullable: true, description: 'What it costs.' })
  feesDetail: string | null;

  @Field(() => [String], { description: 'data·inclusion: `a-distance`, `en-presentiel`.' })
  receptionModes: string[];

  @Field(() => [String], {
    description:
      'How one asks for it (data·inclusion): `envoyer-un-courriel`, `se-presenter`, `telephoner`, `utiliser-lien-mobilisation`.',
  })
  mobilisationModes: string[];

  @Field(() => [String], { description: 'Who may ask for it (data·inclusion): `professionnels`, `usagers`.' })
  mobilisableBy: string[];

  @Field(() => String, { nullable: true, description: 'Address of the page where one asks for it.' })
  mobilisationLink: string | null;

  @Field(() => String, { nullable: true, description: 'What one must bring or be able to do.' })
  accessConditions: string | null;

  @Field(() => [String], {
    description:
      'Codes of the territories whose inhabitants it is for (communes, EPCI, départements); empty: no limit said.',
  })
  eligibilityZone: string[];

  @Field(() => String, {
    nullable: true,
    description: 'Opening hours, in OpenStreetMap’s notation where imported.',
  })
  openingHours: string | null;

  @Field(() => Int, { nullable: true, description: 'How long it lasts, in weeks.' })
  weeks: number | null;

  @Field(() => Float, { nullable: true, description: 'Hours a week.' })
  weeklyHours: number | null;

  @Field(() => String, { nullable: true, description: 'E-mail address for this offer.' })
  contactEmail: string | null;

  @Field(() => String, { nullable: true, description: 'Telephone number for this offer.' })
  contactPhone: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      'data·inclusion: `accompagnement`, `aide-financiere`, `aide-materielle`, `atelier`, `formation`, `information`.',
  })
  serviceType: string | null;

  @Field(() => String, { nullable: true, description: 'Street and number of where it happens.' })
  address: string | null;

  @Field(() => Boolean, {
    description: 'The point used for distances is the commune’s, not the place’s own.',
  })
  approximate: boolean;

  @Field(() => Instant, { nullable: true, description: 'When somebody last said that it still holds.' })
  confirmedAt: string | null;

  @Field(() => Instant, { nullable: true, description: 'When it entered the catalogue; null while a draft.' })
  publishedAt: string | null;

  @Field(() => Day, { nullable: true, description: 'Day the suspension should end, if one was given.' })
  suspendedUntil: string | null;

  @Field(() => String, { nullable: true, description: 'The number its organisation gives it; unique there.' })
  externalReference: string | null;

  @Field(() => String, { nullable: true, description: 'Data producer it was imported from, e.g. `dora`.' })
  source: string | null;

  @Field(() => String, { nullable: true, description: 'Its id at that producer.' })
  sourceId: string | null;

  @Field(() => Int, { description: 'Grows with each change; give it back when you update.' })
  version: number;

  @Field(() => Instant, { description: 'When it last changed.' })
  updatedAt: string;
}

export const OfferConnection = connectionOf(() => Offer, 'Offer', 'offers');

@ObjectType({ simpleResolvers: true, description: 'An offer changed, and how it now is.' })
export class OfferMessage extends LiveMessage {
  @Field(() => Offer, {
    nullable: true,
    description: 'The offer as it is now: maybe further than the event; null in a checkpoint.',
  })
  offer: Offer | null;
}
