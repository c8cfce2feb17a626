import { Field, Float, ID, InputType, Int, ObjectType } from 'type-graphql';
import { connectionOf } from '../graphql/connection.ts';
import { Node } from '../graphql/node.ts';
import { Command, Payload, VersionedCommand } from '../graphql/payload.ts';
import { Day, Instant } from '../graphql/scalars.ts';
import { registerVocabulary } from '../graphql/vocabulary.ts';
import type { NeedTheme as Theme } from '../people/need.rules.ts';
import { NeedTheme } from '../people/need.type.ts';
import * as rules from './engagement.rules.ts';

export const EngagementKind = registerVocabulary(
  'EngagementKind',
  'Which contract a person and their referent sign.',
  rules.EngagementKind,
);
export const EngagementState = registerVocabulary(
  'EngagementState',
  'How far an engagement is.',
  rules.EngagementState,
);
export const EngagementParty = registerVocabulary(
  'EngagementParty',
  'Who signs an engagement.',
  rules.EngagementParty,
);
export const EngagementEndReason = registerVocabulary(
  'EngagementEndReason',
  'Why an engagement ended.',
  rules.EngagementEndReason,
);
export const ActivityKind = registerVocabulary(
  'ActivityKind',
  'What fills the week of who is accompanied.',
  rules.ActivityKind,
);
export const ReviewDecision = registerVocabulary(
  'ReviewDecision',
  'What a review decided with the person; each is carried out by its own move.',
  rules.ReviewDecision,
);

@ObjectType({ simpleResolvers: true, description: 'One activity of the week.' })
export class EngagementActivity {
  @Field(() => ActivityKind, { description: 'What.' })
  kind: rules.ActivityKind;

  @Field(() => Float, { nullable: true, description: 'Hours a week; null where none are agreed.' })
  weeklyHours: number | null;
}

@ObjectType({
  implements: Node,
  simpleResolvers: true,
  description:
    'What a person and their referent undertake (contrat d’engagement; CASF L262-34, code du travail L5411-6): goals, the ' +
    'activities of a week, reviews. Open to who sees the pathway.',
})
export class Engagement extends Node {
  @Field(() => EngagementKind, { description: 'Which contract.' })
  kind: rules.EngagementKind;

  @Field(() => EngagementState, { description: 'How far it is.' })
  state: rules.EngagementState;

  @Field(() => [NeedTheme], { description: 'What is to be reached; never health, which is a need.' })
  goals: Theme[];

  @Field(() => Day, { nullable: true, description: 'The day the person signed; null while they did not.' })
  personSignedOn: string | null;

  @Field(() => Day, {
    nullable: true,
    description: 'The day the referent organisation signed; null while it did not.',
  })
  referentSignedOn: string | null;

  @Field(() => Day, {
    nullable: true,
    description: 'The day of the last signature, from which it is in force; null before.',
  })
  signedOn: string | null;

  @Field(() => Day, { nullable: true, description: 'The day for which the next review is planned.' })
  reviewOn: string | null;

  @Field(() => Day, { nullable: true, description: 'The day it ended.' })
  endedOn: string | null;

  @Field(() => EngagementEndReason, { nullable: true, description: 'Why it ended.' })
  endReason: rules.EngagementEndReason | null;

  @Field(() => Int, { description: 'Grows with each change; give it back when you change it.' })
  version: number;

  @Field(() => Instant, { description: 'When it last changed.' })
  updatedAt: string;
}

export const EngagementConnection = connectionOf(() => Engagement, 'Engagement', 'engagements');

@ObjectType({ simpleResolvers: true, description: 'A review that was held with the person (bilan).' })
export class EngagementReview {
  @Field(() => Day, { description: 'The day.' })
  heldOn: string;

  @Field(() => ReviewDecision, { description: 'What was decided.' })
  decision: rules.ReviewDecision;

  @Field(() => [NeedTheme], { description: 'Which goals are reached.' })
  goalsReached: Theme[];
}

@InputType({ description: 'One activity of the week.' })
export class NewActivity {
  @Field(() => ActivityKind, { description: 'What.' })
  kind: rules.ActivityKind;

  @Field(() => Float, { nullable: true, description: 'Hours a week, above 0; 48 at most for all together.' })
  weeklyHours?: number | null;

  @Field(() => ID, { nullable: true, description: 'The referral of the person it goes by.' })
  referral?: string | null;

  @Field(() => ID, { nullable: true, description: 'The placement of the person it takes place in.' })
  placement?: string | null;
}

@InputType({ description: 'An engagement to prepare.' })
export class NewEngagement extends Command {
  @Field(() => ID, { description: 'The pathway (`path_…`). One with a draft refuses ALREADY_EXISTS.' })
  pathway: string;

  @Field(() => EngagementKind, {
    description: 'Which contract: those of before only to record what was signed before 2025.',
  })
  kind: rules.EngagementKind;

  @Field(() => [NeedTheme], { defaultValue: [], description: 'What is to be reached, each once.' })
  goals: Theme[];

  @Field(() => [NewActivity], { defaultValue: [], description: 'What fills the week; twenty at most.' })
  activities: NewActivity[];

  @Field(() => Day, {
    nullable: true,
    description: 'Its last day as agreed; of a contract of before 2027-01-01 at the latest.',
  })
  to?: string | null;
}

@InputType({ description: 'An engagement to change.' })
abstract class EngagementCommand extends VersionedCommand {
  @Field(() => ID, { description: 'The engagement (`eng_…`).' })
  engagement: string;
}

@InputType({ description: 'What changes of an engagement; what is not given stays.' })
export class EngagementUpdate extends EngagementCommand {
  @Field(() => [NeedTheme], { nullable: true, description: 'All goals, each once.' })
  goals?: Theme[] | null;

  @Field(() => [NewActivity], { nullable: true, description: 'All activities of the week; twenty at most.' })
  activities?: NewActivity[] | null;

  @Field(() => Day, { nullable: true, description: 'Its last day as agreed; null takes it away.' })
  to?: string | null;

  @Field(() => Day, { nullable: true, description: 'When the next review is planned; null takes it away.' })
  reviewOn?: string | null;
}

@InputType({ description: 'A signature.' })
export class EngagementSigning extends EngagementCommand {
  @Field(() => EngagementParty, {
    nullable: true,
    description: 'Who signed; both, on the same day, if not said. Who signed already refuses INVALID_INPUT.',
  })
  by?: rules.EngagementParty | null;

  @Field(() => Day, { nullable: true, description: 'The day; today if not said.' })
  signedOn?: string | null;

  @Field(() => Day, {
    nullable: true,
    description: 'When the first review is planned; as the draft says if not said.',
  })
  reviewOn?: string | null;
}

@InputType({ description: 'A review held with the person.' })
export class NewReview extends EngagementCommand {
  @Field(() => Day, { nullable: true, description: 'The day; today if not said.' })
  heldOn?: string | null;

  @Field(() => ReviewDecision, { description: 'What was decided.' })
  decision: rules.ReviewDecision;

  @Field(() => [NeedTheme], { defaultValue: [], description: 'Which of its goals are reached.' })
  goalsReached: Theme[];

  @Field(() => Day, { nullable: true, description: 'When the next review is planned, after this one.' })
  nextOn?: string | null;
}

@InputType({ description: 'An engagement to end.' })
export class EngagementEnd extends EngagementCommand {
  @Field(() => Day, { nullable: true, description: 'Its last day; today if not said.' })
  endedOn?: string | null;

  @Field(() => EngagementEndReason, { description: 'Why; REPLACED and PATHWAY_ENDED follow by themselves.' })
  reason: rules.EngagementEndReason;
}

@ObjectType({ description: 'The engagement, or why not.' })
export class EngagementPayload extends Payload {
  @Field(() => Engagement, { nullable: true, description: 'As it now is; null when refused.' })
  engagement: Engagement | null;
}
