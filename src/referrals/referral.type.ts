import { Directive, Field, ID, Int, ObjectType } from 'type-graphql';
import { LiveMessage } from '../events/event.type.ts';
import { connectionOf } from '../graphql/connection.ts';
import { Node } from '../graphql/node.ts';
import { Payload } from '../graphql/payload.ts';
import { Day, Instant } from '../graphql/scalars.ts';
import { registerVocabulary } from '../graphql/vocabulary.ts';
import { vocabulary } from '../kernel/vocabulary.ts';
import * as disclosure from './disclosure.rules.ts';
import * as reasons from './reason.rules.ts';
import * as decline from './decline.rules.ts';
import * as rules from './referral.rules.ts';

export const DespiteRefusal = registerVocabulary(
  'DespiteRefusal',
  'Why a person is sent again to an offer that declined them not long ago.',
  decline.DespiteRefusal,
);
export const ReferralState = registerVocabulary(
  'ReferralState',
  'Where a referral stands (docs/domain.md §4). Only the moves of the table lead from one to another.',
  rules.ReferralState,
);
const ReferralOrigin = registerVocabulary('ReferralOrigin', 'How it came about.', rules.ReferralOrigin);
export const AgreementHow = registerVocabulary(
  'AgreementHow',
  'How a person gave agreement.',
  rules.AgreementHow,
);
export const Disclose = registerVocabulary(
  'Disclose',
  'When identity and contact open to the provider.',
  disclosure.Disclose,
);
export const ReferralReason = registerVocabulary(
  'ReferralReason',
  'Why a referral ended, was cancelled or passed on: all reasons of all moves.',
  reasons.ReferralReason,
);

export const ReferralOrder = registerVocabulary(
  'ReferralOrder',
  'Order of a list of referrals.',
  vocabulary({
    NEWEST: 'The newest first',
    DEADLINE: 'The nearest deadline first; what has none comes last',
  }),
);
export type ReferralOrder = keyof typeof ReferralOrder;

@Directive('@key(fields: "id")')
@ObjectType({
  implements: Node,
  simpleResolvers: true,
  description:
    'A person referred to an offer, maybe to one of its vacancies, by one organisation to another (orientation, ' +
    'candidature). Both parties see it for life, and who follows the person’s pathway; a draft only its sender.',
})
export class Referral extends Node {
  @Field(() => DespiteRefusal, {
    nullable: true,
    description: 'Why it was sent though this offer had declined the person not long ago; null: it had not.',
  })
  despiteRefusal: decline.DespiteRefusal | null;

  @Field(() => ReferralState, { description: 'Where it stands.' })
  state: rules.ReferralState;

  @Field(() => ReferralOrigin, { description: 'How it came about.' })
  origin: rules.ReferralOrigin;

  @Field(() => ReferralReason, {
    nullable: true,
    description: 'Why it ended, or why its cancellation is asked; null while it is under way.',
  })
  reason: reasons.ReferralReason | null;

  @Field(() => Disclose, { description: 'When the person’s identity and contact open to the provider.' })
  disclose: disclosure.Disclose;

  @Field(() => Day, { nullable: true, description: 'The day the person agreed to this provider.' })
  agreementOn: string | null;

  @Field(() => AgreementHow, { nullable: true, description: 'How the person agreed.' })
  agreementHow: rules.AgreementHow | null;

  @Field(() => Instant, {
    nullable: true,
    description: 'Until when a named member should have taken charge: 3 business days after sending.',
  })
  acknowledgeDueAt: string | null;

  @Field(() => Instant, {
    nullable: true,
    description:
      'Until when an answer is in time: 10 business days after sending; kept as it was sent under.',
  })
  answerDueAt: string | null;

  @Field(() => Instant, {
    nullable: true,
    description: 'Until when a freed place is reserved for it: 3 business days; null when none is.',
  })
  placeOfferedUntil: string | null;

  @Field(() => Instant, { nullable: true, description: 'When it was sent; null for a draft.' })
  sentAt: string | null;

  @Field(() => Instant, { nullable: true, description: 'When a named member of the provider took charge.' })
  acknowledgedAt: string | null;

  @Field(() => Instant, { nullable: true, description: 'When it was last put on the waiting list.' })
  waitlistedAt: string | null;

  @Field(() => Instant, {
    nullable: true,
    description: 'When the provider last answered: accepted, waitlisted or declined.',
  })
  answeredAt: string | null;

  @Field(() => Boolean, {
    description: 'Whether its first answer came after the deadline: it counts as late.',
  })
  answeredLate: boolean;

  @Field(() => Instant, { nullable: true, description: 'When it was accepted.' })
  acceptedAt: string | null;

  @Field(() => Instant, { nullable: true, description: 'When it ended; null while it is under way.' })
  closedAt: string | null;

  @Field(() => Int, { description: 'Grows with each change; give it back when you move it.' })
  version: number;

  @Field(() => Instant, { description: 'When it was prepared.' })
  createdAt: string;

  @Field(() => Instant, { description: 'When it last changed.' })
  updatedAt: string;
}

export const ReferralConnection = connectionOf(() => Referral, 'Referral', 'referrals');

@ObjectType({ description: 'The referral, or why not.' })
export class ReferralPayload extends Payload {
  @Field(() => Referral, {
    nullable: true,
    description: 'As it now is, also when the move was refused; null when it does not exist for you.',
  })
  referral: Referral | null;
}

@ObjectType({ simpleResolvers: true, description: 'A referral has changed.' })
export class ReferralMessage extends LiveMessage {
  @Field(() => Referral, {
    nullable: true,
    description:
      'The referral as it is now; null in a checkpoint, and when `accessEnded` says why you are told no more.',
  })
  referral: Referral | null;
}

@ObjectType({ simpleResolvers: true, description: 'The member of the sender to speak to.' })
export class SenderContact {
  @Field(() => ID, { description: 'TypeID of the member.' })
  id: string;

  @Field(() => String, { description: 'Name.' })
  displayName: string;

  @Field(() => String, {
    nullable: true,
    description: 'E-mail address; null, to the receiver, where it would name a social partner.',
  })
  email: string | null;

  @Field(() => String, { nullable: true, description: 'Telephone number.' })
  phone: string | null;
}
