import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { connectionOf } from '../graphql/connection.ts';
import { Node } from '../graphql/node.ts';
import { Command, Payload, VersionedCommand } from '../graphql/payload.ts';
import { Day, Instant } from '../graphql/scalars.ts';
import type * as publics from '../programme/public.rules.ts';
import { TargetPublic } from '../programme/public.type.ts';
import type { Category } from './access.rules.ts';
import { PersonCategory } from './category.type.ts';

@ObjectType({
  implements: Node,
  simpleResolvers: true,
  description:
    'That a person is of a public the law names (situation, critère), open to whom its category is open. Children ' +
    'welfare, asylum and homelessness need JUSTICE open too.',
})
export class Situation extends Node {
  @Field(() => TargetPublic, { description: 'Which public.' })
  public: publics.TargetPublic;

  @Field(() => PersonCategory, { description: 'The kind of data it is, which decides to whom it is open.' })
  category: Category;

  @Field(() => Day, { description: 'The day from which it was stated to be so.' })
  statedOn: string;

  @Field(() => Day, { nullable: true, description: 'The last day; null while nothing says.' })
  until: string | null;

  @Field(() => Int, { description: 'Grows with each change; give it back when you end it.' })
  version: number;

  @Field(() => Instant, { description: 'When it last changed.' })
  updatedAt: string;
}

export const SituationConnection = connectionOf(() => Situation, 'Situation', 'situations');

@InputType({ description: 'A situation to record.' })
export class NewSituation extends Command {
  @Field(() => ID, { description: 'Whose.' })
  person: string;

  @Field(() => TargetPublic, {
    description: 'Which public. AAH and TH are refused (`HEALTH_OFF`) where the hub keeps no health data.',
  })
  public: publics.TargetPublic;

  @Field(() => Day, {
    nullable: true,
    description: 'Since which day it is known to be so; today if not said.',
  })
  statedOn?: string | null;

  @Field(() => Day, {
    nullable: true,
    description: 'The last day, where it is known already; not before `statedOn`.',
  })
  until?: string | null;
}

@InputType({ description: 'A situation that no longer holds.' })
export class SituationEnd extends VersionedCommand {
  @Field(() => ID, { description: 'The situation.' })
  situation: string;

  @Field(() => Day, {
    nullable: true,
    description: 'Its last day; today if not said, not before it was stated.',
  })
  until?: string | null;
}

@ObjectType({ description: 'The situation, or why not.' })
export class SituationPayload extends Payload {
  @Field(() => Situation, { nullable: true, description: 'As it now is; null when refused.' })
  situation: Situation | null;
}
