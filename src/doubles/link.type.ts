import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { ActorKind } from '../events/event.type.ts';
import { connectionOf } from '../graphql/connection.ts';
import { Node } from '../graphql/node.ts';
import { Payload, VersionedCommand } from '../graphql/payload.ts';
import { Instant } from '../graphql/scalars.ts';
import { registerVocabulary } from '../graphql/vocabulary.ts';
import { vocabulary } from '../kernel/vocabulary.ts';
import * as rules from './link.rules.ts';

const LinkState = registerVocabulary(
  'PersonLinkState',
  'What is known of two records that look like one person.',
  rules.LinkState,
);
const LinkGround = registerVocabulary(
  'PersonLinkGround',
  'Why two records are taken for one person.',
  rules.LinkGround,
);
const LinkReason = registerVocabulary(
  'PersonLinkReason',
  'Why it was decided: a code, no free text.',
  rules.LinkReason,
);
const LinkMove = registerVocabulary(
  'PersonLinkMove',
  'What was done with a link.',
  vocabulary({
    PROPOSE: 'The hub found two records alike',
    CONFIRM: 'One person, says who decides',
    REFUSE: 'Two people, says who decides',
    MERGE: 'Joined by hand, by who follows both records',
    UNMERGE: 'Parted again',
  }),
);

@ObjectType({
  implements: Node,
  description:
    'Two records that are, or may be, of one person. Seen by who decides and by who follows both; never by who only ' +
    'registered one of them.',
})
export class PersonLink extends Node {
  @Field(() => LinkState, { simple: true, description: 'What is known.' })
  state: rules.LinkState;

  @Field(() => LinkGround, { simple: true, description: 'Why they are taken for one person.' })
  ground: rules.LinkGround;

  @Field(() => Instant, {
    nullable: true,
    simple: true,
    description: 'When the state was decided; null while proposed.',
  })
  decidedAt: string | null;

  @Field(() => Int, { simple: true, description: 'Grows with each change; give it back when you decide.' })
  version: number;

  @Field(() => Instant, { simple: true, description: 'When it was proposed, or joined by hand.' })
  createdAt: string;
}

export const PersonLinkConnection = connectionOf(() => PersonLink, 'PersonLink', 'links');

@ObjectType({
  simpleResolvers: true,
  description: 'One line of what was done with a link; never changed, never deleted.',
})
export class PersonLinkStep {
  @Field(() => LinkMove, { description: 'What was done.' })
  move: string;

  @Field(() => LinkState, { nullable: true, description: 'The state before; null for the first line.' })
  fromState: rules.LinkState | null;

  @Field(() => LinkState, { description: 'The state after.' })
  toState: rules.LinkState;

  @Field(() => LinkReason, { nullable: true, description: 'Why; null where the hub proposed.' })
  reason: rules.LinkReason | null;

  @Field(() => ActorKind, { description: 'A member, a tool, or the hub itself.' })
  actorKind: string;

  @Field(() => ID, { nullable: true, description: 'Organisation of who did it; null for the hub.' })
  organisationId: string | null;

  @Field(() => Instant, { description: 'When.' })
  at: string;
}

@InputType({ description: 'Which links; every given condition must hold, among those you see.' })
export class PersonLinkFilter {
  @Field(() => [LinkState], { nullable: true, description: 'In any of these states.' })
  states?: rules.LinkState[] | null;

  @Field(() => ID, { nullable: true, description: 'Of this person, on either side.' })
  person?: string | null;

  @Field(() => Boolean, { nullable: true, description: 'True: that wait for your organisation’s yes or no.' })
  toDecide?: boolean | null;
}

@InputType({ description: 'Whether two records are one person.' })
export class PersonLinkDecision extends VersionedCommand {
  @Field(() => ID, { description: 'The link.' })
  link: string;

  @Field(() => LinkReason, { description: 'Why you know.' })
  reason: rules.LinkReason;
}

@InputType({ description: 'Two records of one person; `version` is that of `person`.' })
export class PeopleMerge extends VersionedCommand {
  @Field(() => ID, { description: 'The record that is one too many.' })
  person: string;

  @Field(() => ID, { description: 'The record the person is known by from now on.' })
  into: string;

  @Field(() => LinkReason, { description: 'How you know.' })
  reason: rules.LinkReason;
}

@InputType({ description: 'Two people who had been taken for one.' })
export class PeopleUnmerge extends VersionedCommand {
  @Field(() => ID, { description: 'The confirmed link.' })
  link: string;

  @Field(() => LinkReason, { description: 'Why it does not hold.' })
  reason: rules.LinkReason;
}

@ObjectType({ description: 'The link, or why not.' })
export class PersonLinkPayload extends Payload {
  @Field(() => PersonLink, {
    nullable: true,
    description: 'As it now is for you; null when you may not see it.',
  })
  personLink: PersonLink | null;
}
