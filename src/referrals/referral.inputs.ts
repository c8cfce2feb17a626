import { Field, ID, InputType } from 'type-graphql';
import { Command, VersionedCommand } from '../graphql/payload.ts';
import { Day, Instant } from '../graphql/scalars.ts';
import { registerVocabulary } from '../graphql/vocabulary.ts';
import type * as decline from './decline.rules.ts';
import type * as disclosure from './disclosure.rules.ts';
import * as note from './note.rules.ts';
import * as reasons from './reason.rules.ts';
import type * as rules from './referral.rules.ts';
import { AgreementHow, DespiteRefusal, Disclose, ReferralState } from './referral.type.ts';

export const DeclineReason = registerVocabulary(
  'DeclineReason',
  'Why a provider declines: the codes of les-emplois.',
  reasons.DeclineReason,
);
const WithdrawReason = registerVocabulary(
  'WithdrawReason',
  'Why a sender withdraws a referral, or asks to cancel its acceptance.',
  reasons.WithdrawReason,
);
const AcceptanceCancellationReason = registerVocabulary(
  'AcceptanceCancellationReason',
  'Why a provider cancels its own acceptance.',
  reasons.AcceptanceCancellationReason,
);
const SkipReason = registerVocabulary(
  'SkipReason',
  'Why a provider does not give a freed place to the first of the waiting list.',
  reasons.SkipReason,
);
export const NoteCategory = registerVocabulary('NoteCategory', 'What a note is about.', note.NoteCategory);

@InputType({
  description:
    'The person’s agreement to being referred to this provider; the rule of the trade (docs/domain.md §2).',
})
export class PersonAgreement {
  @Field(() => Boolean, {
    description: 'Whether the person agrees; false is the same as nothing: AGREEMENT_MISSING.',
  })
  given: boolean;

  @Field(() => Day, { description: 'The day it was given; not a day to come.' })
  on: string;

  @Field(() => AgreementHow, { description: 'How it was given.' })
  how: rules.AgreementHow;
}

/** What a referral says when it is prepared, beside whom it is about. */
@InputType({ description: 'What a referral says.' })
export abstract class ReferralWords extends Command {
  @Field(() => DespiteRefusal, {
    nullable: true,
    description: 'Why, where this offer declined the person not long ago; without it: REFUSED_RECENTLY.',
  })
  despiteRefusal?: decline.DespiteRefusal | null;

  @Field(() => ID, {
    nullable: true,
    description: 'The offer (`off_…`), published; not needed with `vacancy`.',
  })
  offer?: string | null;

  @Field(() => ID, {
    nullable: true,
    description: 'One of its vacancies (`vac_…`), open, or filled when a place is to be waited for.',
  })
  vacancy?: string | null;

  @Field(() => Boolean, {
    defaultValue: false,
    description: 'True sends it at once; false keeps a draft that only you see.',
  })
  send: boolean;

  @Field(() => PersonAgreement, {
    nullable: true,
    description: 'Needed to send: without it AGREEMENT_MISSING.',
  })
  personAgreement?: PersonAgreement | null;

  @Field(() => Disclose, {
    nullable: true,
    description: 'When the person’s name opens to the provider; at acknowledgement if not said.',
  })
  disclose?: disclosure.Disclose | null;
}

@InputType({ description: 'A referral to prepare, or to send at once.' })
export class NewReferral extends ReferralWords {
  @Field(() => ID, { description: 'The person (`per_…`); one you follow.' })
  person: string;

  @Field(() => String, {
    nullable: true,
    description: 'Your own number for it, once per organisation: otherwise ALREADY_EXISTS.',
  })
  externalReference?: string | null;
}

@InputType({
  description:
    'A referral under your own number: prepared or sent if you never gave it before. Else a vacancy given takes the place of ' +
    'the former one while that may still be said, and `send: true` sends a draft; what else differs is passed over once it is sent.',
})
export class ReferralUpsert extends ReferralWords {
  @Field(() => String, {
    description: 'Your own number for it, unique in your organisation; from 1 to 200 characters.',
  })
  externalReference: string;

  @Field(() => ID, { nullable: true, description: 'The person (`per_…`); or `personReference`.' })
  person?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Your own number for the person, instead of `person`; with both they must be one.',
  })
  personReference?: string | null;
}

/** What every move of an existing referral says. */
@InputType({ description: 'A move of an existing referral.' })
export abstract class ReferralCommand extends VersionedCommand {
  @Field(() => ID, { description: 'The referral (`ref_…`).' })
  referral: string;
}

@InputType({ description: 'A draft to send. By its sender.' })
export class ReferralSending extends ReferralCommand {
  @Field(() => DespiteRefusal, {
    nullable: true,
    description: 'Why, where this offer declined the person not long ago; without it: REFUSED_RECENTLY.',
  })
  despiteRefusal?: decline.DespiteRefusal | null;

  @Field(() => PersonAgreement, {
    nullable: true,
    description: 'Needed unless the draft already says it: otherwise AGREEMENT_MISSING.',
  })
  personAgreement?: PersonAgreement | null;
}

@InputType({ description: 'A referral a named member takes charge of. By its receiver.' })
export class ReferralAcknowledgement extends ReferralCommand {}

@InputType({ description: 'A referral to accept. By its receiver.' })
export class ReferralAcceptance extends ReferralCommand {}

@InputType({ description: 'A referral to put on the waiting list. By its receiver.' })
export class ReferralWaitlisting extends ReferralCommand {}

@InputType({ description: 'A referral to decline. By its receiver.' })
export class ReferralDeclining extends ReferralCommand {
  @Field(() => DeclineReason, { description: 'Why.' })
  reason: reasons.DeclineReason;
}

@InputType({ description: 'A referral to withdraw before it is accepted. By its sender.' })
export class ReferralWithdrawal extends ReferralCommand {
  @Field(() => WithdrawReason, { description: 'Why.' })
  reason: reasons.WithdrawReason;
}

@InputType({ description: 'A referral to send elsewhere instead. By its sender or the council.' })
export class ReferralRerouting extends ReferralCommand {
  @Field(() => DespiteRefusal, {
    nullable: true,
    description: 'Why, where this offer declined the person not long ago; without it: REFUSED_RECENTLY.',
  })
  despiteRefusal?: decline.DespiteRefusal | null;

  @Field(() => ID, { nullable: true, description: 'The other offer; not needed with `vacancy`.' })
  offer?: string | null;

  @Field(() => ID, { nullable: true, description: 'The other vacancy.' })
  vacancy?: string | null;

  @Field(() => PersonAgreement, {
    nullable: true,
    description: 'To the other provider; the one given still holds for another offer of the same provider.',
  })
  personAgreement?: PersonAgreement | null;

  @Field(() => Disclose, { nullable: true, description: 'As before if not said.' })
  disclose?: disclosure.Disclose | null;
}

@InputType({
  description: 'The vacancy a referral to an offer is for. By its receiver, or its sender while SENT.',
})
export class ReferralBinding extends ReferralCommand {
  @Field(() => ID, { description: 'A vacancy of the same offer, open or filled.' })
  vacancy: string;
}

@InputType({ description: 'An acceptance to take back. By its receiver.' })
export class AcceptanceCancellation extends ReferralCommand {
  @Field(() => AcceptanceCancellationReason, { description: 'Why.' })
  reason: reasons.AcceptanceCancellationReason;
}

@InputType({ description: 'An acceptance to cancel. By its sender.' })
export class CancellationRequest extends ReferralCommand {
  @Field(() => WithdrawReason, {
    description: 'PERSON_REFUSES and PERSON_UNAVAILABLE cancel at once; nobody may refuse them.',
  })
  reason: reasons.WithdrawReason;
}

@InputType({ description: 'Which of several acceptances of a person is kept. By their sender.' })
export class AcceptanceChoice extends VersionedCommand {
  @Field(() => ID, { description: 'The acceptance to keep (`ref_…`), by an exclusive offer.' })
  keep: string;

  @Field(() => WithdrawReason, {
    defaultValue: 'BETTER_PROPOSAL',
    description: 'Why the others are not; PERSON_REFUSES and PERSON_UNAVAILABLE cancel them at once.',
  })
  reason: reasons.WithdrawReason;
}

@InputType({ description: 'A cancellation asked by the sender, to confirm. By the receiver.' })
export class CancellationConfirmation extends ReferralCommand {}

@InputType({ description: 'A cancellation to take back: the acceptance stands. By the sender.' })
export class ReferralKeeping extends ReferralCommand {}

@InputType({
  description:
    'A referral the hub closed because the person started elsewhere, to take up again. By its sender.',
})
export class ReferralReinstatement extends ReferralCommand {}

@InputType({ description: 'A freed place not given to the one it was reserved for. By the receiver.' })
export class PlaceSkipping extends ReferralCommand {
  @Field(() => SkipReason, { description: 'Why.' })
  reason: reasons.SkipReason;
}

@InputType({ description: 'A person who still waits. By the sender.' })
export class WaitReconfirmation extends ReferralCommand {}

@InputType({ description: 'A note on a referral, read by both parties.' })
export class NewReferralNote extends Command {
  @Field(() => ID, { description: 'The referral (`ref_…`).' })
  referral: string;

  @Field(() => NoteCategory, { description: 'What it is about.' })
  category: note.NoteCategory;

  @Field(() => String, {
    description:
      'From 1 to 500 characters; nothing on health, offences, opinions or origins (docs/domain.md §7). ' +
      'Never in the journal; always in the export a person may ask for.',
  })
  text: string;
}

@InputType({ description: 'Which referrals, of those you may see; every given condition must hold.' })
export class ReferralFilter {
  @Field(() => ID, { nullable: true, description: 'Sent by this organisation.' })
  sender?: string | null;

  @Field(() => ID, { nullable: true, description: 'Received by this organisation.' })
  receiver?: string | null;

  @Field(() => ID, { nullable: true, description: 'Of this person.' })
  person?: string | null;

  @Field(() => ID, { nullable: true, description: 'To this offer.' })
  offer?: string | null;

  @Field(() => ID, { nullable: true, description: 'To this vacancy.' })
  vacancy?: string | null;

  @Field(() => [ReferralState], { nullable: true, description: 'In any of these states.' })
  states?: rules.ReferralState[] | null;

  @Field(() => Instant, { nullable: true, description: 'Whose deadline comes before this instant.' })
  dueBefore?: string | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'True: those your organisation received and has not answered yet (à traiter).',
  })
  toAnswer?: boolean | null;

  @Field(() => Boolean, {
    nullable: true,
    description:
      'True: accepted, not started, and the vacancy’s first day (or the day of the acceptance, if it says none) is past.',
  })
  toStart?: boolean | null;

  @Field(() => String, { nullable: true, description: 'Sent by you under this number of your own.' })
  externalReference?: string | null;
}
