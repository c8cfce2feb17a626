import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { ActorKind } from '../events/event.type.ts';
import { connectionOf } from '../graphql/connection.ts';
import { Node } from '../graphql/node.ts';
import { Command, Payload, VersionedCommand } from '../graphql/payload.ts';
import { Instant } from '../graphql/scalars.ts';
import { registerVocabulary } from '../graphql/vocabulary.ts';
import * as kernel from '../kernel/viewer.ts';
import * as rules from './member.rules.ts';

const Role = registerVocabulary('Role', 'What a member does in the organisation.', kernel.Role);
const PeopleScope = registerVocabulary(
  'PeopleScope',
  'Which people, of those open to the organisation, a member sees.',
  kernel.PeopleScope,
);
export const MemberLanguage = registerVocabulary(
  'MemberLanguage',
  'The language in which mail to a member is written.',
  rules.MemberLanguage,
);
const MemberState = registerVocabulary('MemberState', 'Whether a member may sign in.', rules.MemberState);

@ObjectType({
  implements: Node,
  simpleResolvers: true,
  description: 'A member of an organisation (membre); seen by the members and tools of the same one.',
})
export class Member extends Node {
  @Field(() => String, { description: 'Name shown to colleagues.' })
  displayName: string;

  @Field(() => String, { description: 'E-mail address the member signs in with.' })
  email: string;

  @Field(() => String, { nullable: true, description: 'Professional telephone number.' })
  phone: string | null;

  @Field(() => [Role], { description: 'What the member does; a manager may do all.' })
  roles: kernel.Role[];

  @Field(() => PeopleScope, { description: 'Which people the member sees.' })
  people: kernel.PeopleScope;

  @Field(() => [ID], { description: 'SIREN of the EPCI of the member’s unit, for TERRITORY.' })
  territory: string[];

  @Field(() => MemberState, { description: 'Whether the member may sign in.' })
  state: rules.MemberState;

  @Field(() => MemberLanguage, { description: 'The language of mail to the member.' })
  language: rules.MemberLanguage;

  @Field(() => Instant, {
    nullable: true,
    description:
      'Since when nothing is mailed to the member, whose address the mail server refused three times in a row; null ' +
      'while mail reaches it. A manager mends the address at its server, then says `retryMail`.',
  })
  mailBouncedAt: string | null;

  @Field(() => Int, { description: 'Grows with each change; give it back when you update.' })
  version: number;

  @Field(() => Instant, { description: 'When it last changed.' })
  updatedAt: string;
}

export const MemberConnection = connectionOf(() => Member, 'Member', 'members');

@ObjectType({ description: 'Who asks: what this token stands for.' })
export class Viewer {
  @Field(() => ActorKind, { simple: true, description: 'A member, or a tool.' })
  kind: string;

  @Field(() => [String], {
    simple: true,
    description: 'Scopes, e.g. `people:read`; a member has them all, a tool those it was given.',
  })
  scopes: string[];

  @Field(() => PeopleScope, { simple: true, description: 'Which people it sees.' })
  people: kernel.PeopleScope;

  @Field(() => [ID], { simple: true, description: 'SIREN of the EPCI it sees, for TERRITORY.' })
  territory: string[];
}

@InputType({ description: 'A member to invite into one’s own organisation.' })
export class NewMember extends Command {
  @Field(() => String, { description: 'E-mail address to sign in with; one member in the whole hub.' })
  email: string;

  @Field(() => String, { description: 'Name shown to colleagues, from 2 to 100 characters.' })
  displayName: string;

  @Field(() => String, {
    nullable: true,
    description: 'Professional telephone number, from 6 to 30 characters.',
  })
  phone?: string | null;

  @Field(() => [Role], { description: 'At least one.' })
  roles: kernel.Role[];

  @Field(() => PeopleScope, {
    nullable: true,
    description:
      'Which people. If not said: ALL for a manager, PORTFOLIO for a coordinator (TERRITORY at the council, if one is given) or a provider, NONE for others.',
  })
  people?: kernel.PeopleScope | null;

  @Field(() => [ID], {
    nullable: true,
    description: 'SIREN of the EPCI of the unit; required for TERRITORY.',
  })
  territory?: string[] | null;

  @Field(() => MemberLanguage, { nullable: true, description: 'Language of mail; FR if not said.' })
  language?: rules.MemberLanguage | null;
}

@InputType({ description: 'What changes of a member; what is not given stays.' })
export class MemberUpdate extends VersionedCommand {
  @Field(() => ID, { description: 'The member, of your organisation.' })
  member: string;

  @Field(() => String, { nullable: true, description: 'From 2 to 100 characters.' })
  displayName?: string | null;

  @Field(() => String, { nullable: true, description: 'From 6 to 30 characters; null: none.' })
  phone?: string | null;

  @Field(() => [Role], { nullable: true, description: 'At least one; the last manager stays one.' })
  roles?: kernel.Role[] | null;

  @Field(() => PeopleScope, { nullable: true, description: 'Which people.' })
  people?: kernel.PeopleScope | null;

  @Field(() => [ID], { nullable: true, description: 'SIREN of the EPCI of the unit.' })
  territory?: string[] | null;

  @Field(() => Boolean, { nullable: true, description: 'True: a suspended member may sign in again.' })
  reactivate?: boolean | null;

  @Field(() => MemberLanguage, { nullable: true, description: 'Language of mail.' })
  language?: rules.MemberLanguage | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'True: mail is sent again to an address that was refused (`mailBouncedAt`).',
  })
  retryMail?: boolean | null;
}

@InputType({ description: 'A member to suspend.' })
export class MemberSuspension extends VersionedCommand {
  @Field(() => ID, { description: 'The member, of your organisation.' })
  member: string;
}

@ObjectType({ description: 'The member, or why not.' })
export class MemberPayload extends Payload {
  @Field(() => Member, { nullable: true, description: 'As it now is; null when refused.' })
  member: Member | null;
}
