import { Field, Float, ID, InputType, Int } from 'type-graphql';
import { Command, VersionedCommand } from '../graphql/payload.ts';
import { Day } from '../graphql/scalars.ts';
import type * as contract from './contract.rules.ts';
import type * as followUp from './follow-up.rules.ts';
import type * as outcome from './outcome.rules.ts';
import {
  Certification,
  ContractKind,
  CorrectionReason,
  EndReason,
  FollowUpSituation,
  OutcomeKind,
} from './placement-history.type.ts';
import type * as rules from './placement.rules.ts';
import { PersonAgreement } from '../referrals/referral.inputs.ts';
import * as referral from '../referrals/referral.rules.ts';
import { registerVocabulary } from '../graphql/vocabulary.ts';
import { OverlapReason } from './placement.type.ts';

const DirectOrigin = registerVocabulary(
  'DirectOrigin',
  'How somebody came whom nobody referred.',
  referral.DirectOrigin,
);

@InputType({ description: 'A contract.' })
export class NewContract {
  @Field(() => ContractKind, { description: 'Kind of contract.' })
  kind: contract.ContractKind;

  @Field(() => Day, {
    nullable: true,
    description: 'First day; if not said, the placement’s, or the day after the contract it renews.',
  })
  from?: string | null;

  @Field(() => Day, {
    nullable: true,
    description: 'Last day; required unless the contract is open-ended, and then not accepted.',
  })
  to?: string | null;

  @Field(() => Float, { nullable: true, description: 'Hours a week: over 0, at most 60.' })
  weeklyHours?: number | null;
}

@InputType({ description: 'An accepted referral becomes a placement.' })
export class PlacementStart extends Command {
  @Field(() => ID, { description: 'The referral, accepted by your organisation.' })
  referral: string;

  @Field(() => Int, {
    nullable: true,
    description: 'The version of the referral you read; another one since then refuses with STALE.',
  })
  version?: number | null;

  @Field(() => Day, { description: 'First day: today or before, at most a year ago.' })
  startedOn: string;

  @Field(() => NewContract, { nullable: true, description: 'The first contract; required for work offers.' })
  contract?: NewContract | null;

  @Field(() => OverlapReason, {
    nullable: true,
    description:
      'Confirms that the person may have two exclusive placements at once; without it: OVERLAPPING_PLACEMENT.',
  })
  overlapReason?: rules.OverlapReason | null;
}

@InputType({ description: 'Somebody nobody referred has started with you.' })
export class DirectPlacement extends Command {
  @Field(() => ID, { description: 'The person (`per_…`); one your organisation registered.' })
  person: string;

  @Field(() => ID, { nullable: true, description: 'Your offer, published; not needed with `vacancy`.' })
  offer?: string | null;

  @Field(() => ID, {
    nullable: true,
    description:
      'One of its vacancies; required where places are counted (VACANCY_REQUIRED), and takes a free one.',
  })
  vacancy?: string | null;

  @Field(() => DirectOrigin, { description: 'How the person came.' })
  origin: referral.DirectOrigin;

  @Field(() => PersonAgreement, {
    description: 'The person’s agreement to being followed here by the programme.',
  })
  personAgreement: PersonAgreement;

  @Field(() => Day, {
    description: 'First day: today or before, at most a year ago; ten years for ALREADY_THERE.',
  })
  startedOn: string;

  @Field(() => NewContract, { nullable: true, description: 'The contract; required for work offers.' })
  contract?: NewContract | null;

  @Field(() => OverlapReason, {
    nullable: true,
    description:
      'Confirms that the person may have two exclusive placements at once; without it: OVERLAPPING_PLACEMENT.',
  })
  overlapReason?: rules.OverlapReason | null;

  @Field(() => String, {
    nullable: true,
    description: 'Your own number for it, once per organisation: otherwise ALREADY_EXISTS.',
  })
  externalReference?: string | null;
}

@InputType({ description: 'A move of a placement.' })
export abstract class PlacementCommand extends VersionedCommand {
  @Field(() => ID, { description: 'The placement.' })
  placement: string;
}

@InputType({ description: 'The start was recorded by mistake.' })
export class StartUndoing extends PlacementCommand {}

@InputType({ description: 'One more contract of the same placement.' })
export class ContractRenewal extends PlacementCommand {
  @Field(() => NewContract, { description: 'The contract; it begins after the last one ends.' })
  contract: NewContract;
}

@InputType({ description: 'Other hours a week from a day on (avenant); the contract is otherwise the same.' })
export class ContractAmendment extends PlacementCommand {
  @Field(() => Day, {
    description: 'From this day on: after the first day of the last contract, until its last.',
  })
  from: string;

  @Field(() => Float, { description: 'Hours a week from then on: over 0, at most 60.' })
  weeklyHours: number;
}

@InputType({ description: 'A contract was recorded wrongly; what was believed until now stays readable.' })
export class ContractCorrecting extends PlacementCommand {
  @Field(() => ID, { description: 'The contract (`con_…`), one of this placement.' })
  contract: string;

  @Field(() => NewContract, { description: 'The contract, in full; its first day as before if not said.' })
  rightly: NewContract;

  @Field(() => CorrectionReason, { description: 'Why.' })
  reason: outcome.CorrectionReason;
}

@InputType({ description: 'What the person went on to. Say what the kind needs; nothing it cannot have.' })
export class NewOutcome {
  @Field(() => OutcomeKind, { description: 'What the person went on to; may be NOT_YET_KNOWN.' })
  kind: outcome.OutcomeKind;

  @Field(() => ContractKind, { nullable: true, description: 'Kind of contract; required for JOB.' })
  contract?: contract.ContractKind | null;

  @Field(() => Float, { nullable: true, description: 'Hours a week of the job: over 0, at most 60.' })
  weeklyHours?: number | null;

  @Field(() => Day, {
    nullable: true,
    description: 'First day of the job, training or business; at most a year after the end.',
  })
  from?: string | null;

  @Field(() => Day, { nullable: true, description: 'Last day agreed; not for an open-ended contract.' })
  to?: string | null;

  @Field(() => Certification, { nullable: true, description: 'Required for TRAINING.' })
  certification?: outcome.Certification | null;
}

@InputType({ description: 'The placement has ended.' })
export class PlacementEnd extends PlacementCommand {
  @Field(() => Day, { description: 'Last day: today or before.' })
  endedOn: string;

  @Field(() => EndReason, { nullable: true, description: 'Why; NOT_STATED if not said.' })
  endReason?: outcome.EndReason | null;

  @Field(() => NewOutcome, { description: 'What the person went on to.' })
  outcome: NewOutcome;
}

@InputType({
  description:
    'What was recorded is corrected; what was believed until now stays readable. What is not given stays. Places are not moved.',
})
export class PlacementCorrection extends PlacementCommand {
  @Field(() => CorrectionReason, { description: 'Why.' })
  reason: outcome.CorrectionReason;

  @Field(() => Day, { nullable: true, description: 'The first day, rightly.' })
  startedOn?: string | null;

  @Field(() => Day, { nullable: true, description: 'The last day, rightly; of an ended placement.' })
  endedOn?: string | null;

  @Field(() => EndReason, { nullable: true, description: 'Why it ended, rightly; of an ended placement.' })
  endReason?: outcome.EndReason | null;

  @Field(() => NewOutcome, { nullable: true, description: 'The outcome, in full; of an ended placement.' })
  outcome?: NewOutcome | null;
}

@InputType({ description: 'How the person is, some months after the end.' })
export class FollowUpRecord extends PlacementCommand {
  @Field(() => Int, { description: 'Which follow-up: 1, 3 or 6 months.' })
  months: number;

  @Field(() => FollowUpSituation, { description: 'How the person is.' })
  situation: followUp.FollowUpSituation;

  @Field(() => Day, { description: 'Day on which it was so: after the end, today or before.' })
  on: string;
}
