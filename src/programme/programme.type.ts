import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { connectionOf } from '../graphql/connection.ts';
import { Node } from '../graphql/node.ts';
import { Command, Payload } from '../graphql/payload.ts';
import { Day, Instant } from '../graphql/scalars.ts';
import { registerVocabulary } from '../graphql/vocabulary.ts';
import * as rules from './programme.rules.ts';
import type * as publics from './public.rules.ts';
import { TargetPublic } from './public.type.ts';

const SustainabilityPurpose = registerVocabulary(
  'SustainabilityPurpose',
  'What of sustainable development an objective serves.',
  rules.SustainabilityPurpose,
);
const Indicator = registerVocabulary(
  'Indicator',
  'What the programme is measured by (docs/domain.md §12).',
  rules.Indicator,
);
export const MatchCriterion = registerVocabulary(
  'MatchCriterion',
  'What speaks for a match; its points stand in the programme.',
  rules.MatchCriterion,
);
const ProgrammeState = registerVocabulary(
  'ProgrammeState',
  'Where an edition of the programme stands.',
  rules.ProgrammeState,
);

const told = {
  code: 'Up to 20 letters, digits, dots and dashes; once in the edition.',
  title: 'From 2 to 200 characters.',
  purposes: 'At least one, each once.',
  year: 'Within the years of the programme.',
  value: 'So many people, from 0.',
  points: 'From 0 to 100, in points of the score.',
  objectives: 'From 1 to 50.',
};

@ObjectType('ProgrammeObjective', { simpleResolvers: true, description: 'What an axis wants to reach.' })
@InputType('NewProgrammeObjective', { description: 'What an axis wants to reach.' })
export class Objective implements rules.Objective {
  @Field(() => String, { description: told.code })
  code: string;

  @Field(() => String, { description: told.title })
  title: string;

  @Field(() => [SustainabilityPurpose], { description: told.purposes })
  purposes: rules.SustainabilityPurpose[];
}

@ObjectType('ProgrammeAxis', { simpleResolvers: true, description: 'A direction of the programme (axe).' })
@InputType('NewProgrammeAxis', { description: 'A direction of the programme (axe).' })
export class Axis implements rules.Axis {
  @Field(() => String, { description: told.code })
  code: string;

  @Field(() => String, { description: told.title })
  title: string;

  @Field(() => [Objective], { description: told.objectives })
  objectives: Objective[];
}

@ObjectType('ProgrammeTarget', { simpleResolvers: true, description: 'What is to be reached in a year (cible).' })
@InputType('NewProgrammeTarget', { description: 'What is to be reached in a year (cible).' })
export class Target implements rules.Target {
  @Field(() => Indicator, { description: 'Of which indicator; once a year each.' })
  indicator: rules.Indicator;

  @Field(() => Int, { description: told.year })
  year: number;

  @Field(() => Int, { description: told.value })
  value: number;
} // prettier-ignore

@ObjectType('MatchWeight', { simpleResolvers: true, description: 'How much a criterion counts in a match.' })
@InputType('NewMatchWeight', { description: 'How much a criterion counts in a match.' })
export class Weight implements rules.Weight {
  @Field(() => MatchCriterion, { description: 'Which criterion, once each.' })
  criterion: rules.MatchCriterion;

  @Field(() => Int, { description: told.points })
  points: number;
}

@ObjectType({
  implements: Node,
  simpleResolvers: true,
  description:
    'An edition of the départemental programme of insertion (PDI): what it wants, for whom, and how it is measured. What ' +
    'an edition says never changes; the next one takes its place on a day.',
})
export class Programme extends Node {
  @Field(() => Int, { description: 'First, second…, in the order of adoption.' })
  number: number;

  @Field(() => String, { description: 'Its title.' })
  title: string;

  @Field(() => Int, { description: 'First year it plans for.' })
  fromYear: number;

  @Field(() => Int, { description: 'Last year it plans for.' })
  untilYear: number;

  @Field(() => Day, { description: 'First day on which it is in force.' })
  inForceFrom: string;

  @Field(() => [Axis], { description: 'Its axes, each with its objectives.' })
  axes: Axis[];

  @Field(() => [Target], { description: 'What is to be reached, by indicator and year.' })
  targets: Target[];

  @Field(() => [Weight], { description: 'How much each criterion counts in a match; one not named counts nothing.' })
  weights: Weight[];

  @Field(() => [TargetPublic], { description: 'Publics the programme turns to first (publics prioritaires).' })
  priorityPublics: publics.TargetPublic[];

  @Field(() => Instant, { description: 'When it was adopted.' })
  adoptedAt: string;

  @Field(() => Instant, { nullable: true, description: 'When it was taken back; null if it was not.' })
  withdrawnAt: string | null;
} // prettier-ignore

export { ProgrammeState };
export const ProgrammeConnection = connectionOf(() => Programme, 'Programme', 'editions of the programme');

@InputType({ description: 'An edition to adopt: it says all of the programme anew.' })
export class NewProgramme extends Command {
  @Field(() => String, { description: told.title })
  title: string;

  @Field(() => Int, { description: 'First year it plans for, from 2000 to 2100.' })
  fromYear: number;

  @Field(() => Int, { description: 'Last year it plans for; ten years at most.' })
  untilYear: number;

  @Field(() => Day, { description: 'From which day: today or later, after every edition adopted before.' })
  inForceFrom: string;

  @Field(() => [Axis], { description: 'From 1 to 20 axes.' })
  axes: Axis[];

  @Field(() => [Target], { defaultValue: [], description: 'What is to be reached.' })
  targets: Target[];

  @Field(() => [Weight], { defaultValue: [], description: 'How much each criterion counts in a match.' })
  weights: Weight[];

  @Field(() => [TargetPublic], { defaultValue: [], description: 'Publics it turns to first, each once.' })
  priorityPublics: publics.TargetPublic[];
}

@InputType({ description: 'An edition to take back before it comes into force.' })
export class ProgrammeWithdrawal extends Command {
  @Field(() => ID, { description: 'The edition.' })
  programme: string;
}

@ObjectType({ description: 'The edition, or why not.' })
export class ProgrammePayload extends Payload {
  @Field(() => Programme, { nullable: true, description: 'As it stands; null when there is none.' })
  programme: Programme | null;
}
