import { Field, ID, Int, ObjectType } from 'type-graphql';
import { Instant } from '../graphql/scalars.ts';
import { registerVocabulary } from '../graphql/vocabulary.ts';
import { vocabulary } from '../kernel/vocabulary.ts';

export const ActorKind = registerVocabulary(
  'ActorKind',
  'Who acts.',
  vocabulary({
    MEMBER: 'A member of an organisation',
    TOOL: 'A tool (API client) of an organisation',
    HUB: 'The hub itself, carrying out what follows from a rule',
  }),
);

@ObjectType({ simpleResolvers: true, description: 'Who did it, as far as the receiver needs to know.' })
export class Actor {
  @Field(() => ActorKind, { description: 'A member, a tool or the hub.' })
  kind: string;

  @Field(() => ID, {
    nullable: true,
    description:
      'Organisation the actor belongs to; null for the hub, or for a social partner to who receives.',
  })
  organisationId: string | null;
}

@ObjectType({ simpleResolvers: true, description: 'What an event is about.' })
export class EventSubject {
  @Field(() => String, { description: 'Kind of subject: `Referral`, `Vacancy`…' })
  type: string;

  @Field(() => ID, { description: 'TypeID of the subject.' })
  id: string;

  @Field(() => Int, {
    description: 'Its version right after this event; one that is lower than what you hold is no news.',
  })
  version: number;
}

@ObjectType({ simpleResolvers: true, description: 'One line of the journal: what happened, when, by whom.' })
export class Event {
  @Field(() => ID, { description: 'TypeID `evt_…`; the same on every door.' })
  id: string;

  @Field(() => String, {
    description: 'Subject and past participle: `referral.accepted`. Listed in docs/events.md.',
  })
  type: string;

  @Field(() => Instant, { description: 'When it happened.' })
  occurredAt: string;

  @Field(() => Actor, { description: 'Who did it.' })
  actor: Actor;

  @Field(() => EventSubject, { description: 'What it is about.' })
  subject: EventSubject;
}

@ObjectType({
  simpleResolvers: true,
  description:
    'What this subscription told you of is no longer open to you (fin du droit d’accès). Told once; then nothing more of ' +
    'it, unless it opens again. Told at once when a move ends the right, within a minute when its day has come.',
})
export class AccessEnded {
  @Field(() => ID, {
    nullable: true,
    description:
      'TypeID `per_…` of the person no longer open to you; null when you still see the person, not the subjects.',
  })
  person: string | null;

  @Field(() => [ID], {
    description:
      'What was told here before and no longer exists for you; empty to a party, whose own rows stay without the person.',
  })
  subjects: string[];

  @Field(() => Instant, { description: 'When the end was recorded.' })
  at: string;
}

/** What every live message carries. A message with a cursor and nothing else is a checkpoint. */
@ObjectType({ simpleResolvers: true })
export abstract class LiveMessage {
  @Field(() => String, {
    description:
      'Keep it once you have dealt with the message: `after:` goes on behind it, in any subscription and in `events`. Opaque.',
  })
  cursor: string;

  @Field(() => Event, {
    nullable: true,
    description: 'What happened; null in a checkpoint, which says only how far you have heard everything.',
  })
  event: Event | null;

  @Field(() => AccessEnded, {
    nullable: true,
    description: 'That what was told here before is no longer open to you; null in every other message.',
  })
  accessEnded: AccessEnded | null;
}

@ObjectType({ simpleResolvers: true, description: 'Something happened that you may know of.' })
export class EventMessage extends LiveMessage {}

@ObjectType({ simpleResolvers: true, description: 'An event with its place in the journal.' })
export class EventEdge {
  @Field(() => String, { description: 'Where to go on behind this event; the same as over a subscription.' })
  cursor: string;

  @Field(() => Event, { description: 'What happened.' })
  node: Event;

  @Field(() => AccessEnded, {
    nullable: true,
    description: 'That something is no longer open to you; null in every other event.',
  })
  accessEnded: AccessEnded | null;
}

@ObjectType({ simpleResolvers: true, description: 'The next events for you, oldest first.' })
export class EventPage {
  @Field(() => [EventEdge], { description: 'The events with their cursors.' })
  edges: EventEdge[];

  @Field(() => [Event], { description: 'The events alone.' })
  nodes: Event[];

  @Field(() => Boolean, { description: 'Whether more can be read at once, after `checkpoint`.' })
  hasMore: boolean;

  @Field(() => String, {
    description:
      'Where to go on, behind all that was looked through; moves on even when nothing was for you.',
  })
  checkpoint: string;
}
