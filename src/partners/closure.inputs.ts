import { Field, ID, InputType } from 'type-graphql';
import { Command } from '../graphql/payload.ts';
import { Day } from '../graphql/scalars.ts';
import * as rules from './closure.rules.ts';
import { ClosureReason } from './closure.type.ts';

@InputType({ description: 'Days on which nobody answers, said beforehand.' })
export class NewClosure extends Command {
  @Field(() => ID, { nullable: true, description: 'The organisation; yours, which is meant if not said.' })
  organisation?: string | null;

  @Field(() => ID, { nullable: true, description: 'One of its sites (`site_…`); all of them if not said.' })
  site?: string | null;

  @Field(() => Day, { description: 'First closed day: today or later.' })
  from: string;

  @Field(() => Day, {
    description: `Last closed day; at most ${rules.longestClosure} days, and ${rules.mostClosedInAYear} in one year.`,
  })
  to: string;

  @Field(() => ClosureReason, { description: 'Why.' })
  reason: rules.ClosureReason;
}

@InputType({ description: 'A closure to take back; one that has begun ends today.' })
export class ClosureCancelling extends Command {
  @Field(() => ID, { description: 'The closure (`clo_…`).' })
  closure: string;
}
