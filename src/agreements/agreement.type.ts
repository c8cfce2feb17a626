import { Field, Float, ID, Int, ObjectType } from 'type-graphql';
import { connectionOf } from '../graphql/connection.ts';
import { Node } from '../graphql/node.ts';
import { Payload } from '../graphql/payload.ts';
import { Day, Instant } from '../graphql/scalars.ts';
import { registerVocabulary } from '../graphql/vocabulary.ts';
import type { SiaeKind as Siae } from '../offers/offer.rules.ts';
import { SiaeKind } from '../offers/offer.type.ts';
import { AgreementKind, AgreementState, PartyRole } from './agreement-filter.type.ts';
import * as rules from './agreement.rules.ts';
import * as opinions from './opinion.rules.ts';
import type * as party from './party.rules.ts';
import * as terms from './terms.rules.ts';

export const CloseReason = registerVocabulary(
  'AgreementCloseReason',
  'Why an agreement is over, or never was.',
  rules.CloseReason,
);
export const Funder = registerVocabulary('Funder', 'Who pays.', terms.Funder);
export const Opinion = registerVocabulary('IaeOpinion', 'What the IAE council says.', opinions.Opinion);
export const ReservationState = registerVocabulary(
  'ReservationState',
  'How a reservation stands.',
  opinions.ReservationState,
);

@ObjectType({
  implements: Node,
  simpleResolvers: true,
  description:
    'What partners agreed on (convention). A draft exists for its lead; submitted, for its parties and the council; and for the ' +
    'body whose opinion is asked.',
})
export class Agreement extends Node {
  @Field(() => Int, { description: 'Grows with each change; name it in a move to be refused when it is stale.' })
  version: number;

  @Field(() => AgreementKind, { description: 'Which kind.' })
  kind: rules.AgreementKind;

  @Field(() => AgreementState, { description: 'Where it stands.' })
  state: rules.AgreementState;

  @Field(() => String, { description: 'Its title.' })
  title: string;

  @Field(() => String, { nullable: true, description: 'The number it bears on paper; null while unknown.' })
  reference: string | null;

  @Field(() => SiaeKind, { nullable: true, description: 'As which kind of structure; of an IAE convention alone.' })
  siaeKind: Siae | null;

  @Field(() => Day, { nullable: true, description: 'Session of the IAE council it is, or was last, laid before.' })
  sessionOn: string | null;

  @Field(() => Opinion, { nullable: true, description: 'The last opinion given; null while there is none.' })
  opinion: opinions.Opinion | null;

  @Field(() => Day, { nullable: true, description: 'When it was signed; null while it is not.' })
  signedOn: string | null;

  @Field(() => String, { nullable: true, description: 'Why it was signed against an unfavourable opinion.' })
  signReason: string | null;

  @Field(() => Day, { nullable: true, description: 'Its last day in fact, or when it was refused or withdrawn.' })
  closedOn: string | null;

  @Field(() => CloseReason, { nullable: true, description: 'Why it is over.' })
  closeReason: rules.CloseReason | null;

  @Field(() => Instant, { description: 'When it was drafted.' })
  createdAt: string;

  @Field(() => Instant, { description: 'When it last changed.' })
  updatedAt: string;
} // prettier-ignore

@ObjectType({ description: 'A partner of an agreement, and as what.' })
export class AgreementParty {
  @Field(() => PartyRole, { description: 'What it is.' })
  role: party.PartyRole;
}

@ObjectType({ simpleResolvers: true, description: 'What a funder pays.' })
export class AgreementAmount {
  @Field(() => Funder, { description: 'Who.' })
  funder: terms.Funder;

  @Field(() => Int, { description: 'How much for all of the period, in cents of euros.' })
  cents: number;
}

@ObjectType({ description: 'What is agreed from a day on; the first terms, or an amendment (avenant).' })
export class AgreementTerms {
  @Field(() => Int, { description: '1 for the first, then one more with each amendment.' })
  number: number;

  @Field(() => Day, { description: 'First day on which these hold.' })
  inForceFrom: string;

  @Field(() => Float, { nullable: true, description: 'Full-time equivalents asked for.' })
  requestedFte: number | null;

  @Field(() => Float, { nullable: true, description: 'Full-time equivalents funded (postes conventionnés).' })
  fundedFte: number | null;

  @Field(() => Int, { nullable: true, description: 'Places funded.' })
  fundedPlaces: number | null;

  @Field(() => Int, { nullable: true, description: 'Hours of insertion a social clause commits to.' })
  committedHours: number | null;

  @Field(() => String, { nullable: true, description: 'Number of the public contract of a social clause.' })
  contractReference: string | null;

  @Field(() => [String], { description: 'Lots of a social clause.' })
  lots: string[];

  @Field(() => Day, { nullable: true, description: 'When these were signed; null while they are not.' })
  signedOn: string | null;

  @Field(() => Instant, { description: 'When the hub learnt of them.' })
  recordedAt: string;
}

@ObjectType({ description: 'What the IAE council said in a session (avis).' })
export class AgreementOpinion {
  @Field(() => ID, { description: 'TypeID `opi_…`.' })
  id: string;

  @Field(() => Day, { description: 'The session.' })
  sessionOn: string;

  @Field(() => Opinion, { description: 'What it said.' })
  opinion: opinions.Opinion;

  @Field(() => Instant, { description: 'When it was recorded.' })
  givenAt: string;
}

@ObjectType({ simpleResolvers: true, description: 'Something an opinion asks to be seen to (réserve).' })
export class AgreementReservation {
  @Field(() => ID, { description: 'TypeID `rsv_…`.' })
  id: string;

  @Field(() => String, { description: 'What, in the council’s words.' })
  reservation: string;

  @Field(() => ReservationState, { description: 'Met or not.' })
  state: opinions.ReservationState;

  @Field(() => Day, { nullable: true, description: 'Since when it is met.' })
  metOn: string | null;
}

export const AgreementConnection = connectionOf(() => Agreement, 'Agreement', 'agreements');

@ObjectType({ description: 'The agreement, or why not.' })
export class AgreementPayload extends Payload {
  @Field(() => Agreement, { nullable: true, description: 'As it now is; null when there is none for you.' })
  agreement: Agreement | null;
}
