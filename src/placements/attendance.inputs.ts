import { Field, ID, InputType, Int } from 'type-graphql';
import { Command } from '../graphql/payload.ts';
import { Day } from '../graphql/scalars.ts';
import type * as rules from './attendance.rules.ts';
import { Half, Presence } from './attendance.type.ts';
import { PlacementCommand } from './placement.inputs.ts';

/** What one line of a group and one record of its own have in common. */
export interface Attended {
  placement: string;
  version?: number | null;
  on: string;
  half?: rules.Half | null;
  presence: rules.Presence;
}

@InputType({ description: 'Whether one person came, on one day; told again, it is put right.' })
export class AttendanceRecord extends PlacementCommand {
  @Field(() => Day, {
    description: 'A day of the placement, today or before, on which it was not interrupted.',
  })
  on: string;

  @Field(() => Half, { nullable: true, description: 'Which half of the day; both if not said.' })
  half?: rules.Half | null;

  @Field(() => Presence, { description: 'Whether the person came.' })
  presence: rules.Presence;
}

@InputType({ description: 'Whether one person of the group came.' })
export class PresenceLine {
  @Field(() => ID, { description: 'Their placement (`pla_…`), at your organisation.' })
  placement: string;

  @Field(() => Int, {
    nullable: true,
    description: 'The version you read; another one since then refuses this line with STALE.',
  })
  version?: number | null;

  @Field(() => Presence, { description: 'Whether the person came.' })
  presence: rules.Presence;
}

@InputType({ description: 'The attendance sheet of a group session (feuille d’émargement).' })
export class GroupAttendance extends Command {
  @Field(() => Day, { description: 'The day of the session, today or before.' })
  on: string;

  @Field(() => Half, { nullable: true, description: 'Which half of the day; both if not said.' })
  half?: rules.Half | null;

  @Field(() => [PresenceLine], { description: 'From 1 to 50 people, each decided by itself, in this order.' })
  lines: PresenceLine[];
}
