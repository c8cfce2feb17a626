import { Field, ID, ObjectType } from 'type-graphql';
import { ActorKind } from '../events/event.type.ts';
import { UserErrorCode } from '../graphql/payload.ts';
import { Instant } from '../graphql/scalars.ts';
import { ReferralMove } from './move.type.ts';
import { NoteCategory } from './referral.inputs.ts';
import type * as note from './note.rules.ts';
import type * as reasons from './reason.rules.ts';
import type * as rules from './referral.rules.ts';
import { ReferralReason, ReferralState } from './referral.type.ts';

@ObjectType({
  simpleResolvers: true,
  description: 'One line of a referral’s history; never changed, never deleted.',
})
export class ReferralMoveLine {
  @Field(() => ID, { description: 'TypeID `mov_…`.' })
  id: string;

  @Field(() => ReferralMove, { description: 'What was done.' })
  move: rules.ReferralMove;

  @Field(() => ReferralState, { nullable: true, description: 'The state before.' })
  fromState: rules.ReferralState | null;

  @Field(() => ReferralState, { description: 'The state after.' })
  toState: rules.ReferralState;

  @Field(() => ReferralReason, { nullable: true, description: 'Why, where the move says.' })
  reason: reasons.ReferralReason | null;

  @Field(() => ActorKind, { description: 'A member, a tool, or the hub itself.' })
  actorKind: string;

  @Field(() => Boolean, { description: 'Whether it answered after the deadline it was sent under.' })
  late: boolean;

  @Field(() => Instant, { description: 'When.' })
  at: string;
}

@ObjectType({ simpleResolvers: true, description: 'A note on a referral, read by both parties.' })
export class ReferralNote {
  @Field(() => ID, { description: 'TypeID `note_…`.' })
  id: string;

  @Field(() => NoteCategory, { description: 'What it is about.' })
  category: note.NoteCategory;

  @Field(() => String, { description: 'As typed; at most 500 characters.' })
  text: string;

  @Field(() => Instant, { description: 'When it was written.' })
  createdAt: string;
}

@ObjectType({ simpleResolvers: true, description: 'A move, and whether you may make it now.' })
export class AvailableMove {
  @Field(() => ReferralMove, { description: 'The move.' })
  move: rules.ReferralMove;

  @Field(() => Boolean, { description: 'Whether you may make it now.' })
  allowed: boolean;

  @Field(() => UserErrorCode, { nullable: true, description: 'Why not; null when allowed.' })
  whyNot: string | null;
}
