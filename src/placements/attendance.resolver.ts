import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import { movesOf } from '../graphql/command.ts';
import type { Context } from '../graphql/context.ts';
import { commandOfLines } from '../graphql/lines.ts';
import { recordAttendance } from './attendance.actions.ts';
import { AttendanceRecord, GroupAttendance, PresenceLine } from './attendance.inputs.ts';
import { mostOfGroup } from './attendance.rules.ts';
import { attendanceOf } from './attendance.store.ts';
import { GroupAttendancePayload, HalfDay } from './attendance.type.ts';
import type { PlacementRow } from './placement.row.ts';
import { placementById } from './placement.store.ts';
import { Placement, PlacementPayload } from './placement.type.ts';

const moved = movesOf({ noun: 'placement', scope: 'referrals:write', read: placementById });

@Resolver(() => Placement)
export class AttendanceResolver {
  @FieldResolver(() => [HalfDay], {
    description:
      'Who came to a service, half a day at a time, oldest first. For who receives the person and who follows them at the ' +
      'time; none for who once sent them, and for a fund that pays benefits.',
  })
  attendance(@Root() placement: PlacementRow, @Ctx() ctx: Context) {
    return ctx.loaders.load(attendanceOf, placement.id);
  }

  @Mutation(() => PlacementPayload, {
    description:
      'Records whether the person came to a service, or puts it right; work under contract tells hours instead (recordHours). By the receiver.',
  })
  recordAttendance(
    @Arg('input', () => AttendanceRecord, { description: 'Which placement, which day, whether they came.' })
    input: AttendanceRecord,
    @Ctx() ctx: Context,
  ) {
    return moved(ctx, input, recordAttendance);
  }

  @Mutation(() => GroupAttendancePayload, {
    description:
      'The attendance sheet of a group session, up to 50 people at once, each line by itself: one that is refused does not ' +
      'stop the others. By the receiver of each.',
  })
  recordGroupAttendance(
    @Arg('input', () => GroupAttendance, { description: 'Which day, and who came.' }) input: GroupAttendance,
    @Ctx() ctx: Context,
  ) {
    const { on, half } = input;
    return commandOfLines({
      ...{ ctx, operation: 'recordGroupAttendance', scope: 'referrals:write', input, most: mostOfGroup },
      ...{ noun: 'placement', read: placementById },
      act: (tx, line: PresenceLine) => recordAttendance(tx, { ...line, on, half }),
    });
  }
}
