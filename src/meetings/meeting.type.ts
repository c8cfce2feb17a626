import { Directive, Field, ID, Int, ObjectType } from 'type-graphql';
import { connectionOf } from '../graphql/connection.ts';
import { Node } from '../graphql/node.ts';
import { Payload } from '../graphql/payload.ts';
import { Instant } from '../graphql/scalars.ts';
import { registerVocabulary } from '../graphql/vocabulary.ts';
import { vocabulary } from '../kernel/vocabulary.ts';
import { ReferralLine } from '../referrals/answers.type.ts';
import * as rules from './meeting.rules.ts';

export const MeetingState = registerVocabulary('MeetingState', 'Where a meeting stands.', rules.MeetingState);
export const MeetingKind = registerVocabulary(
  'MeetingKind',
  'Whether one person is met, or several.',
  rules.MeetingKind,
);
export const MeetingWay = registerVocabulary('MeetingWay', 'Where or how people meet.', rules.MeetingWay);
export const MeetingCancelReason = registerVocabulary(
  'MeetingCancelReason',
  'Why a meeting is not held.',
  rules.CancelReason,
);
export const AttendanceState = registerVocabulary(
  'AttendanceState',
  'What came of the invitation of one person to one meeting. No act of the hub, and no indicator, follows from it.',
  rules.AttendanceState,
);
export const MeetingOutcome = registerVocabulary(
  'MeetingOutcome',
  'What came of a meeting, for one person.',
  rules.MeetingOutcome,
);

export const MeetingOrder = registerVocabulary(
  'MeetingOrder',
  'In which order meetings are listed.',
  vocabulary({ NEXT: 'The earliest first', LATEST: 'The latest first' }),
);
export type MeetingOrder = keyof typeof MeetingOrder;

@Directive('@key(fields: "id")')
@ObjectType({
  implements: Node,
  simpleResolvers: true,
  description:
    'A first meeting (rendez-vous, information collective) of a provider with people referred to it. It names nobody: ' +
    'who is invited stands with each referral. Seen by who holds it, and by who sees a referral invited to it.',
})
export class Meeting extends Node {
  @Field(() => MeetingState, { description: 'Where it stands.' })
  state: rules.MeetingState;

  @Field(() => MeetingKind, { description: 'Whether one person is met, or several.' })
  kind: rules.MeetingKind;

  @Field(() => MeetingWay, { description: 'Where or how.' })
  way: rules.MeetingWay;

  @Field(() => Instant, { description: 'When it begins.' })
  at: string;

  @Field(() => Int, { description: 'How long it takes, in minutes: from 5 to 480.' })
  minutes: number;

  @Field(() => Int, { nullable: true, description: 'How many it has room for; null when not counted.' })
  seats: number | null;

  @Field(() => Int, { description: 'How many are invited or were there, also of people you may not see.' })
  seatsTaken: number;

  @Field(() => MeetingCancelReason, {
    nullable: true,
    description: 'Why it is not held; null while it is, and when the only person invited no longer comes.',
  })
  reason: rules.CancelReason | null;

  @Field(() => Int, { description: 'Grows with each change; give it back when you update.' })
  version: number;

  @Field(() => Instant, { description: 'When it was planned.' })
  createdAt: string;

  @Field(() => Instant, { description: 'When it last changed.' })
  updatedAt: string;
}

export const MeetingConnection = connectionOf(() => Meeting, 'Meeting', 'meetings');

@ObjectType({
  simpleResolvers: true,
  description:
    'One referral invited to one meeting. Read by both parties of the referral and whoever follows the person’s pathway; ' +
    'never by a benefits fund.',
})
export class MeetingAttendance {
  @Field(() => ID, { description: 'TypeID `att_…`.' })
  id: string;

  @Field(() => AttendanceState, { description: 'What came of it.' })
  state: rules.AttendanceState;

  @Field(() => Boolean, {
    description:
      'Whether the meeting goes through the sender: the provider saw no contact when it invited, so the sender tells the person.',
  })
  throughSender: boolean;

  @Field(() => Instant, { nullable: true, description: 'When what came of it was recorded.' })
  recordedAt: string | null;

  @Field(() => Instant, { description: 'When the person was invited.' })
  createdAt: string;
}

@ObjectType({ description: 'The meeting, or why not.' })
export class MeetingPayload extends Payload {
  @Field(() => Meeting, {
    nullable: true,
    description: 'As it now is, also when refused; null when there is none for you.',
  })
  meeting: Meeting | null;
}

@ObjectType({ description: 'The meeting, and what became of each line.' })
export class MeetingRecordPayload extends MeetingPayload {
  @Field(() => [ReferralLine], { description: 'Each line’s referral or refusal, in the order given.' })
  lines: ReferralLine[];
}
