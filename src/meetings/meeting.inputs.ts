import { Field, ID, InputType, Int } from 'type-graphql';
import { Command, VersionedCommand } from '../graphql/payload.ts';
import { Instant } from '../graphql/scalars.ts';
import type * as rules from './meeting.rules.ts';
import {
  MeetingCancelReason,
  MeetingKind,
  MeetingOutcome,
  MeetingState,
  MeetingWay,
} from './meeting.type.ts';

@InputType({ description: 'A meeting to plan, and who is invited to it.' })
export class NewMeeting extends Command {
  @Field(() => ID, { nullable: true, description: 'Your offer (`off_…`); not needed with `vacancy`.' })
  offer?: string | null;

  @Field(() => ID, { nullable: true, description: 'One of its vacancies (`vac_…`).' })
  vacancy?: string | null;

  @Field(() => MeetingKind, { description: 'With one person, or several.' })
  kind: rules.MeetingKind;

  @Field(() => MeetingWay, { description: 'Where or how.' })
  way: rules.MeetingWay;

  @Field(() => ID, {
    nullable: true,
    description: 'The site (`site_…`), for a meeting on site: that of the vacancy or offer if not said.',
  })
  site?: string | null;

  @Field(() => Instant, { description: 'When it begins: later than now, within 90 days.' })
  at: string;

  @Field(() => Int, { description: 'How long it takes, in minutes: from 5 to 480.' })
  minutes: number;

  @Field(() => Int, {
    nullable: true,
    description:
      'Of a collective meeting: how many it has room for, from 2 to 500; not counted if not said. One more: NO_SEAT_LEFT.',
  })
  seats?: number | null;

  @Field(() => ID, {
    nullable: true,
    description: 'The active member of your organisation who holds it; you if not said.',
  })
  member?: string | null;

  @Field(() => [ID], {
    description:
      'Referrals to this offer that your organisation received, under way: exactly one for an individual meeting, ' +
      'at most 50, none for a collective one that people are invited to later. One that has a meeting planned: MEETING_PLANNED.',
  })
  referrals: string[];
}

@InputType({ description: 'A meeting of your organisation.' })
export abstract class MeetingCommand extends VersionedCommand {
  @Field(() => ID, { description: 'The meeting (`mtg_…`).' })
  meeting: string;
}

@InputType({ description: 'People to invite to a collective meeting that is planned.' })
export class MeetingInvitation extends MeetingCommand {
  @Field(() => [ID], { description: 'Referrals to its offer, as when it was planned: from 1 to 50.' })
  referrals: string[];
}

@InputType({ description: 'Another time or place; what is not given stays.' })
export class MeetingMove extends MeetingCommand {
  @Field(() => Instant, { nullable: true, description: 'When it begins: later than now, within 90 days.' })
  at?: string | null;

  @Field(() => Int, { nullable: true, description: 'How long it takes, in minutes: from 5 to 480.' })
  minutes?: number | null;

  @Field(() => MeetingWay, { nullable: true, description: 'Where or how.' })
  way?: rules.MeetingWay | null;

  @Field(() => ID, { nullable: true, description: 'The site, for a meeting on site.' })
  site?: string | null;
}

@InputType({ description: 'A meeting that will not be held.' })
export class MeetingCancellation extends MeetingCommand {
  @Field(() => MeetingCancelReason, { description: 'Why.' })
  reason: rules.CancelReason;
}

@InputType({ description: 'What came of a meeting for one person.' })
export class AttendanceLine {
  @Field(() => ID, { description: 'The referral (`ref_…`), invited to the meeting.' })
  referral: string;

  @Field(() => MeetingOutcome, {
    description:
      'What came of it. HELD and NO_SHOW once the hour has come; a NO_SHOW may be corrected to HELD for 30 days.',
  })
  outcome: rules.MeetingOutcome;

  @Field(() => ID, {
    nullable: true,
    description:
      'With RESCHEDULED: another planned meeting of the same offer; none if it is still to be found.',
  })
  newMeeting?: string | null;
}

@InputType({ description: 'What came of a meeting, person by person.' })
export class MeetingRecord extends Command {
  @Field(() => ID, { description: 'The meeting (`mtg_…`).' })
  meeting: string;

  @Field(() => [AttendanceLine], { description: 'From 1 to 50 lines, each decided by itself.' })
  lines: AttendanceLine[];
}

@InputType({ description: 'Which meetings, of those you may see; every given condition must hold.' })
export class MeetingFilter {
  @Field(() => ID, { nullable: true, description: 'Held by this organisation.' })
  organisation?: string | null;

  @Field(() => ID, { nullable: true, description: 'For this offer.' })
  offer?: string | null;

  @Field(() => ID, { nullable: true, description: 'For this vacancy.' })
  vacancy?: string | null;

  @Field(() => ID, { nullable: true, description: 'Held by this member.' })
  member?: string | null;

  @Field(() => [MeetingState], { nullable: true, description: 'In any of these states.' })
  states?: rules.MeetingState[] | null;

  @Field(() => Instant, { nullable: true, description: 'Beginning at this instant or later.' })
  from?: string | null;

  @Field(() => Instant, { nullable: true, description: 'Beginning before this instant.' })
  until?: string | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'True: those of your organisation that are past and not recorded yet (à renseigner).',
  })
  toRecord?: boolean | null;
}
