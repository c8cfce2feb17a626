import { Field, Float, InputType } from 'type-graphql';
import { Day } from '../graphql/scalars.ts';
import { PlacementCommand } from './placement.inputs.ts';

@InputType({ description: 'Hours worked in one month; those of a month told before are corrected.' })
export class HoursRecord extends PlacementCommand {
  @Field(() => Day, {
    description: 'Any day of the month: one that has begun, and in which the placement ran.',
  })
  month: string;

  @Field(() => Float, { description: 'Hours: from 0 to 24 for each day of the placement in that month.' })
  worked: number;
}
