import { Directive, Field, Int, ObjectType } from 'type-graphql';
import { LiveMessage } from '../events/event.type.ts';
import { connectionOf } from '../graphql/connection.ts';
import { Node } from '../graphql/node.ts';
import { Payload } from '../graphql/payload.ts';
import { Day, Instant } from '../graphql/scalars.ts';
import { registerVocabulary } from '../graphql/vocabulary.ts';
import type * as outcome from './outcome.rules.ts';
import { EndReason } from './placement-history.type.ts';
import * as rules from './placement.rules.ts';

export const PlacementState = registerVocabulary(
  'PlacementState',
  'Where a placement stands.',
  rules.PlacementState,
);
export const OverlapReason = registerVocabulary(
  'OverlapReason',
  'Why two exclusive placements of one person may run at the same time.',
  rules.OverlapReason,
);

@Directive('@key(fields: "id")')
@ObjectType({
  implements: Node,
  simpleResolvers: true,
  description:
    'An accepted referral that became real (mise en parcours): contracts, interruptions, an end with its outcome, and follow-ups. ' +
    'Read by its sender and its receiver for life, and by whoever follows the person’s pathway.',
})
export class Placement extends Node {
  @Field(() => PlacementState, { description: 'Where it stands.' })
  state: rules.PlacementState;

  @Field(() => Day, { description: 'First day.' })
  startedOn: string;

  @Field(() => Day, { nullable: true, description: 'Last day; null until it has ended.' })
  endedOn: string | null;

  @Field(() => EndReason, { nullable: true, description: 'Why it ended; null until it has.' })
  endReason: outcome.EndReason | null;

  @Field(() => Day, {
    nullable: true,
    description: 'Last day of its last contract; null when open-ended, or without contract.',
  })
  contractEndsOn: string | null;

  @Field(() => Boolean, {
    description: 'Of an exclusive offer: a person has one at a time, unless `overlapReason` says why not.',
  })
  exclusive: boolean;

  @Field(() => OverlapReason, {
    nullable: true,
    description: 'Why it may run beside another exclusive placement; null when it does not.',
  })
  overlapReason: rules.OverlapReason | null;

  @Field(() => Boolean, {
    description:
      'Whether it uses one of the vacancy’s places: also while suspended, and for good once it ended after `refillUntil`.',
  })
  takesPlace: boolean;

  @Field(() => Instant, {
    nullable: true,
    description:
      'When the hub next asks for the outcome, 30, 60 and 90 days after the end, and two weeks later gives it up as UNKNOWN; null when it is known.',
  })
  outcomeDueAt: string | null;

  @Field(() => Int, { description: 'How often the outcome was asked for: 0 to 3.' })
  outcomeReminders: number;

  @Field(() => Day, {
    nullable: true,
    description: 'When the next follow-up is due that nobody has recorded; null when none is.',
  })
  followUpDueOn: string | null;

  @Field(() => Int, { description: 'Grows with each change; give it back when you update.' })
  version: number;

  @Field(() => Instant, { description: 'When the start was recorded.' })
  createdAt: string;

  @Field(() => Instant, { description: 'When it last changed.' })
  updatedAt: string;
}

export const PlacementConnection = connectionOf(() => Placement, 'Placement', 'placements');

@ObjectType({ description: 'The placement, or why not.' })
export class PlacementPayload extends Payload {
  @Field(() => Placement, { nullable: true, description: 'As it now is; null when refused.' })
  placement: Placement | null;
}

@ObjectType({ simpleResolvers: true, description: 'A placement changed, and how it now is.' })
export class PlacementMessage extends LiveMessage {
  @Field(() => Placement, {
    nullable: true,
    description:
      'The placement as it is now: maybe further than the event; null in a checkpoint, and when `accessEnded` says why you are told no more.',
  })
  placement: Placement | null;
}
