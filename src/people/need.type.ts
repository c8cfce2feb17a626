import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { connectionOf } from '../graphql/connection.ts';
import { Node } from '../graphql/node.ts';
import { Command, Payload, VersionedCommand } from '../graphql/payload.ts';
import { Day, Instant } from '../graphql/scalars.ts';
import { registerVocabulary } from '../graphql/vocabulary.ts';
import * as rules from './need.rules.ts';

export const NeedTheme = registerVocabulary(
  'NeedTheme',
  'What a need is about (carnet de bord).',
  rules.NeedTheme,
);
const NeedCloseReason = registerVocabulary('NeedCloseReason', 'Why a need is closed.', rules.NeedCloseReason);

@ObjectType({
  implements: Node,
  simpleResolvers: true,
  description: 'A need or barrier of a person (besoin, frein), open to those who follow them.',
})
export class Need extends Node {
  @Field(() => NeedTheme, { description: 'What it is about.' })
  theme: rules.NeedTheme;

  @Field(() => String, { nullable: true, description: 'Thématique of data·inclusion v1, verbatim.' })
  thematique: string | null;

  @Field(() => String, { nullable: true, description: 'In a few words; never for health.' })
  detail: string | null;

  @Field(() => Day, { description: 'The day it was noted.' })
  openedOn: string;

  @Field(() => Day, { nullable: true, description: 'The day it was closed; null while open.' })
  closedOn: string | null;

  @Field(() => NeedCloseReason, { nullable: true, description: 'Why it was closed; null while open.' })
  closeReason: rules.NeedCloseReason | null;

  @Field(() => Int, { description: 'Grows with each change; give it back when you close it.' })
  version: number;

  @Field(() => Instant, { description: 'When it last changed.' })
  updatedAt: string;
}

export const NeedConnection = connectionOf(() => Need, 'Need', 'needs');

@InputType({ description: 'A need to record.' })
export class NewNeed extends Command {
  @Field(() => ID, { description: 'Whose.' })
  person: string;

  @Field(() => NeedTheme, { description: 'What it is about.' })
  theme: rules.NeedTheme;

  @Field(() => String, {
    nullable: true,
    description: 'Thématique of data·inclusion v1, verbatim; none on health or justice.',
  })
  thematique?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Up to 500 characters, none for health. Nothing on health, offences, opinions or origins.',
  })
  detail?: string | null;

  @Field(() => Day, { nullable: true, description: 'The day it was noted; today if not said.' })
  openedOn?: string | null;
}

@InputType({ description: 'A need to close.' })
export class NeedClosing extends VersionedCommand {
  @Field(() => ID, { description: 'The need.' })
  need: string;

  @Field(() => NeedCloseReason, { description: 'Why.' })
  reason: rules.NeedCloseReason;

  @Field(() => Day, {
    nullable: true,
    description: 'The day it closed; today if not said, not before it was noted.',
  })
  closedOn?: string | null;
}

@ObjectType({ description: 'The need, or why not.' })
export class NeedPayload extends Payload {
  @Field(() => Need, { nullable: true, description: 'As it now is; null when refused.' })
  need: Need | null;
}
