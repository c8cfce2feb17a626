import { Field, InputType } from 'type-graphql';
import { Day } from './scalars.ts';

@InputType({ description: 'From one day to another, both included; an end left out is open.' })
export class Days {
  @Field(() => Day, { nullable: true, description: 'First day.' })
  from?: string | null;

  @Field(() => Day, { nullable: true, description: 'Last day.' })
  to?: string | null;
}
