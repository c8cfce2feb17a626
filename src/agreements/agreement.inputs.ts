import { Field, Float, ID, InputType, Int } from 'type-graphql';
import { Command, VersionedCommand } from '../graphql/payload.ts';
import { Day } from '../graphql/scalars.ts';
import { SiaeKind } from '../offers/offer.type.ts';
import type { SiaeKind as Siae } from '../offers/offer.rules.ts';
import { AgreementKind, PartyRole } from './agreement-filter.type.ts';
import type * as rules from './agreement.rules.ts';
import { CloseReason, Funder, Opinion, ReservationState } from './agreement.type.ts';
import type * as opinions from './opinion.rules.ts';
import type * as party from './party.rules.ts';
import type * as terms from './terms.rules.ts';

const told = {
  title: 'From 2 to 200 characters; names nobody.',
  reference: 'The number it bears on paper, up to 100 characters; once a lead and kind.',
  parties: 'Everybody but its lead, who stands in it by itself; up to 30.',
  from: 'First day.',
};

@InputType({ description: 'A partner of the agreement, and as what.' })
export class NewAgreementParty {
  @Field(() => ID, { description: 'The organisation.' })
  organisation: string;

  @Field(() => PartyRole, { description: 'What it is; one of those the kind has.' })
  role: party.PartyRole;
}

@InputType({ description: 'What a funder pays.' })
export class NewAgreementAmount {
  @Field(() => Funder, { description: 'Who; once.' })
  funder: terms.Funder;

  @Field(() => Int, { description: 'How much for all of the period, in cents; up to 2,000,000,000.' })
  cents: number;
}

@InputType({ description: 'What is agreed; said whole each time.' })
export class NewAgreementTerms {
  @Field(() => Day, { description: 'Last day; at most ten years after the first.' })
  to: string;

  @Field(() => [ID], { defaultValue: [], description: 'Offers of its providers it is about; up to 100.' })
  offers: string[];

  @Field(() => [ID], { defaultValue: [], description: 'Single vacancies of its providers it is about; up to 100.' })
  vacancies: string[];

  @Field(() => Float, { nullable: true, description: 'Full-time equivalents asked for, to the hundredth.' })
  requestedFte?: number | null;

  @Field(() => Float, { nullable: true, description: 'Full-time equivalents funded, to the hundredth.' })
  fundedFte?: number | null;

  @Field(() => Int, { nullable: true, description: 'Places funded.' })
  fundedPlaces?: number | null;

  @Field(() => Int, { nullable: true, description: 'Social clause, required there: hours of insertion committed to.' })
  committedHours?: number | null;

  @Field(() => String, { nullable: true, description: 'Social clause: number of the public contract, up to 100 characters.' })
  contractReference?: string | null;

  @Field(() => [String], { defaultValue: [], description: 'Social clause: its lots, up to 50 of 100 characters.' })
  lots: string[];

  @Field(() => ID, { nullable: true, description: 'Where the work is done.' })
  site?: string | null;

  @Field(() => [NewAgreementAmount], { defaultValue: [], description: 'Who pays how much.' })
  amounts: NewAgreementAmount[];
} // prettier-ignore

@InputType({ description: 'An agreement to draft. Its lead is your organisation.' })
export class NewAgreement extends Command {
  @Field(() => AgreementKind, { description: 'Which kind; your organisation must be one that leads such (docs/domain.md §9).' })
  kind: rules.AgreementKind;

  @Field(() => String, { description: told.title })
  title: string;

  @Field(() => String, { nullable: true, description: told.reference })
  reference?: string | null;

  @Field(() => SiaeKind, { nullable: true, description: 'As which kind of structure; for an IAE convention, and required there.' })
  siaeKind?: Siae | null;

  @Field(() => [NewAgreementParty], { description: told.parties })
  parties: NewAgreementParty[];

  @Field(() => Day, { description: told.from })
  from: string;

  @Field(() => NewAgreementTerms, { description: 'What is agreed.' })
  terms: NewAgreementTerms;

  @Field(() => ID, { nullable: true, description: 'The agreement it renews: signed, of the same kind, led by you, over when this begins.' })
  renews?: string | null;
} // prettier-ignore

@InputType({ description: 'An agreement to move.' })
export class AgreementCommand extends VersionedCommand {
  @Field(() => ID, { description: 'The agreement, `agr_…`.' })
  agreement: string;
}

@InputType({ description: 'What a draft is to say; what is not given stays.' })
export class AgreementUpdate extends AgreementCommand {
  @Field(() => String, { nullable: true, description: told.title })
  title?: string | null;

  @Field(() => String, { nullable: true, description: told.reference })
  reference?: string | null;

  @Field(() => [NewAgreementParty], { nullable: true, description: told.parties })
  parties?: NewAgreementParty[] | null;

  @Field(() => Day, { nullable: true, description: 'First day; with `terms`.' })
  from?: string | null;

  @Field(() => NewAgreementTerms, { nullable: true, description: 'What is agreed, whole.' })
  terms?: NewAgreementTerms | null;
}

@InputType({ description: 'A convention to lay before the IAE council.' })
export class OpinionRequest extends AgreementCommand {
  @Field(() => ID, { description: 'The council: an organisation of kind IAE_COUNCIL.' })
  council: string;

  @Field(() => Day, { description: 'Day of its session: today or within a year.' })
  sessionOn: string;
}

@InputType({ description: 'What the council says of a convention.' })
export class NewOpinion extends AgreementCommand {
  @Field(() => Opinion, { description: 'Its opinion.' })
  opinion: opinions.Opinion;

  @Field(() => [String], {
    defaultValue: [],
    description:
      'What is to be seen to, with WITH_RESERVATIONS and required there: up to 20, of 2 to 500 characters; about the ' +
      'structure, naming no person.',
  })
  reservations: string[];
}

@InputType({ description: 'How a reservation stands.' })
export class ReservationFollowing extends Command {
  @Field(() => ID, { description: 'The reservation, `rsv_…`.' })
  reservation: string;

  @Field(() => ReservationState, { description: 'Met, or open again.' })
  state: opinions.ReservationState;

  @Field(() => Day, { nullable: true, description: 'Since when; today if not said, never to come.' })
  on?: string | null;
}

@InputType({ description: 'An agreement to sign.' })
export class AgreementSignature extends AgreementCommand {
  @Field(() => Day, { nullable: true, description: 'Day of the signature; today if not said, never to come.' })
  signedOn?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Why it is signed against an unfavourable opinion, required there: 10 to 500 characters; names nobody.',
  })
  reason?: string | null;

  @Field(() => Float, { nullable: true, description: 'Full-time equivalents funded in the end; as drafted if not said.' })
  fundedFte?: number | null;

  @Field(() => Int, { nullable: true, description: 'Places funded in the end; as drafted if not said.' })
  fundedPlaces?: number | null;
} // prettier-ignore

@InputType({ description: 'An amendment (avenant): the terms said anew, from a day on.' })
export class AgreementAmendment extends AgreementCommand {
  @Field(() => Day, { description: 'From which day: after the beginning of the terms before, within the agreement.' })
  inForceFrom: string;

  @Field(() => Day, { nullable: true, description: 'Day of its signature; today if not said, never to come.' })
  signedOn?: string | null;

  @Field(() => NewAgreementTerms, { description: 'What is agreed from then on; its last day is that of the agreement.' })
  terms: NewAgreementTerms;
} // prettier-ignore

@InputType({ description: 'An agreement that is not to be signed.' })
export class AgreementClosing extends AgreementCommand {
  @Field(() => CloseReason, { description: 'Why; PERIOD_OVER is for the hub.' })
  reason: rules.CloseReason;
}

@InputType({ description: 'A signed agreement to end before its days are over.' })
export class AgreementEnd extends AgreementClosing {
  @Field(() => Day, {
    description: 'Its last day: not before its first, not to come, before the one agreed.',
  })
  on: string;
}
