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
