import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { movesOf } from '../graphql/command.ts';
import type { Context } from '../graphql/context.ts';
import { commandOfLines } from '../graphql/lines.ts';
import { referralById } from '../referrals/referral.store.ts';
import {
  type AttendanceLine,
  MeetingCancellation,
  MeetingInvitation,
  MeetingMove,
  MeetingRecord,
  NewMeeting,
} from './meeting.inputs.ts';
import { limits } from './meeting.rules.ts';
import { meetingById } from './meeting.store.ts';
import { MeetingPayload, MeetingRecordPayload } from './meeting.type.ts';
import { cancelMeeting, inviteToMeeting, moveMeeting, scheduleMeeting } from './planning.actions.ts';
import { recordAttendance } from './recording.actions.ts';

const moved = movesOf({ noun: 'meeting', scope: 'referrals:write', read: meetingById });

@Resolver()
export class MeetingPlanningResolver {
  @Mutation(() => MeetingPayload, {
    description:
      'Plans a first meeting with one person or several referred to one’s offer; the clock of each referral stands still ' +
      'until it is held. By the receiver.',
  })
  scheduleMeeting(
    @Arg('input', () => NewMeeting, { description: 'When, where, and with whom.' }) input: NewMeeting,
    @Ctx() ctx: Context,
  ) {
    return moved(ctx, input, scheduleMeeting);
  }

  @Mutation(() => MeetingPayload, {
    description:
      'Invites more people to a meeting that is to come: a seat for each, or nobody. By who holds it.',
  })
  inviteToMeeting(
    @Arg('input', () => MeetingInvitation, { description: 'Whom, to which.' }) input: MeetingInvitation,
    @Ctx() ctx: Context,
  ) {
    return moved(ctx, input, inviteToMeeting);
  }

  @Mutation(() => MeetingPayload, {
    description:
      'Gives a meeting that is to come another time or place, for everybody invited. By who holds it.',
  })
  moveMeeting(
    @Arg('input', () => MeetingMove, { description: 'Which, and what changes.' }) input: MeetingMove,
    @Ctx() ctx: Context,
  ) {
    return moved(ctx, input, moveMeeting);
  }

  @Mutation(() => MeetingPayload, {
    description:
      'Cancels a planned meeting: nobody is invited any more, and the clocks run again. By who holds it.',
  })
  cancelMeeting(
    @Arg('input', () => MeetingCancellation, { description: 'Which, and why.' }) input: MeetingCancellation,
    @Ctx() ctx: Context,
  ) {
    return moved(ctx, input, cancelMeeting);
  }

  @Mutation(() => MeetingRecordPayload, {
    description:
      'Records what came of a meeting, each line by itself: one that is refused does not stop the others. That somebody was ' +
      'met opens their identity and contact where the sender disclosed at the meeting. By who holds it.',
  })
  async recordMeeting(
    @Arg('input', () => MeetingRecord, { description: 'Which, and what came of it.' }) input: MeetingRecord,
    @Ctx() ctx: Context,
  ) {
    const done = await commandOfLines({
      ...{ ctx, operation: 'recordMeeting', scope: 'referrals:write', input, most: limits.people },
      ...{ noun: 'referral', read: referralById },
      act: (tx, line: AttendanceLine) => recordAttendance(tx, input.meeting, line),
    });
    return { meeting: await ctx.loaders.load(meetingById, input.meeting), ...done };
  }
}
