import { Field, ID, ObjectType } from 'type-graphql';
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
