import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { Command, Payload } from '../graphql/payload.ts';
import { Day } from '../graphql/scalars.ts';
import type * as offers from '../offers/offer.rules.ts';
import { OfferKind } from '../offers/offer.type.ts';

@ObjectType({
  description:
    'The delays a referral is sent under (docs/domain.md §4), in business days of Paris unless said otherwise; a ' +
    'referral keeps those it was sent under.',
})
export class ReferralDelays {
  @Field(() => ID, { nullable: true, description: 'TypeID `set_…` of the setting; null for the defaults.' })
  id: string | null;

  @Field(() => OfferKind, { nullable: true, description: 'The kind of offer they were set for; null: all.' })
  kind: offers.OfferKind | null;
}

const told = {
  acknowledge: 'Business days to take charge, from 1 to 10.',
  answer: 'Business days to answer, from 2 to 40.',
  waiting: 'Calendar days on the waiting list until the sender confirms it again, from 7 to 180.',
  holdAfterStart: 'Business days an acceptance is held after the announced start, from 1 to 30.',
  holdWithoutStart: 'Business days an acceptance is held where no start is announced, from 5 to 60.',
} as const;

@InputType({ description: 'Delays for referrals sent from a day on. By the council’s managers.' })
export class NewDelays extends Command {
  @Field(() => OfferKind, { nullable: true, description: 'For one kind of offer; for all if not said.' })
  kind?: offers.OfferKind | null;

  @Field(() => Int, { description: told.acknowledge })
  acknowledge: number;

  @Field(() => Int, { description: told.answer })
  answer: number;

  @Field(() => Int, { description: told.waiting })
  waiting: number;

  @Field(() => Int, { description: told.holdAfterStart })
  holdAfterStart: number;

  @Field(() => Int, { description: told.holdWithoutStart })
  holdWithoutStart: number;

  @Field(() => Day, { description: 'From which day: today or later.' })
  from: string;
}

@ObjectType({ description: 'The delays, or why not.' })
export class ReferralDelaysPayload extends Payload {
  @Field(() => ReferralDelays, { nullable: true, description: 'As they were set; null when refused.' })
  delays: ReferralDelays | null;
}
