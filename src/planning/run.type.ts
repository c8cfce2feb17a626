import { Field, ID, Int, ObjectType } from 'type-graphql';
import { LiveMessage } from '../events/event.type.ts';
import { connectionOf } from '../graphql/connection.ts';
import { Node } from '../graphql/node.ts';
import { Payload, UserError } from '../graphql/payload.ts';
import { Instant } from '../graphql/scalars.ts';
import { registerVocabulary } from '../graphql/vocabulary.ts';
import type { TargetPublic as Public } from '../programme/public.rules.ts';
import { TargetPublic } from '../programme/public.type.ts';
import * as rules from './run.rules.ts';

export const RunState = registerVocabulary('AssignmentState', 'Where a run stands.', rules.RunState);
export const RunStage = registerVocabulary('AssignmentStage', 'How far the hub has come.', rules.RunStage);
export const RunKind = registerVocabulary('AssignmentKind', 'Of what a run is.', rules.RunKind);
export const RunFailure = registerVocabulary(
  'AssignmentFailure',
  'Why a run was not solved.',
  rules.RunFailure,
);
export const PlanStatus = registerVocabulary(
  'AssignmentStatus',
  'How good a plan is proven to be.',
  rules.PlanStatus,
);

@ObjectType({ simpleResolvers: true, description: 'How a plan treats a group of people: counts and means, and nobody by name.' })
export class AssignmentShare {
  @Field(() => TargetPublic, { nullable: true, description: 'A public the programme gives priority; null: everybody.' })
  public: Public | null;

  @Field(() => Int, { description: 'How many of them the run was asked about.' })
  people: number;

  @Field(() => Int, { description: 'How many of them have a place.' })
  placed: number;

  @Field(() => Int, { nullable: true, description: 'Mean of the days on the hub of those who have one; null where nobody has.' })
  meanWaiting: number | null;

  @Field(() => Int, { nullable: true, description: 'Mean of the points of those who have one; null where nobody has.' })
  meanScore: number | null;
} // prettier-ignore

@ObjectType({
  simpleResolvers: true,
  description: 'What a floor costs: what the best plan without it would have more.',
})
export class FloorPrice {
  @Field(() => TargetPublic, { description: 'Whose floor.' })
  public: Public;

  @Field(() => Int, { description: 'At least so many people.' })
  least: number;

  @Field(() => Int, { description: 'How many more people would have a place without it.' })
  placedMore: number;

  @Field(() => Int, {
    description: 'How many points more there would be without it; fewer where more are placed.',
  })
  totalMore: number;
}

@ObjectType({
  implements: Node,
  simpleResolvers: true,
  description:
    'A plan of who might go where: a draft for its author and those of the same organisation who see as much of ' +
    'people. Nothing follows from it until a named person accepts a line.',
})
export class AssignmentRun extends Node {
  @Field(() => Int, { description: 'Grows with each change.' })
  version: number;

  @Field(() => RunKind, { description: 'Of what it is.' })
  kind: rules.RunKind;

  @Field(() => RunState, { description: 'Where it stands.' })
  state: rules.RunState;

  @Field(() => RunStage, { nullable: true, description: 'How far the hub has come; null unless it runs.' })
  stage: rules.RunStage | null;

  @Field(() => RunFailure, { nullable: true, description: 'Why it was not solved; of FAILED alone.' })
  failure: rules.RunFailure | null;

  @Field(() => PlanStatus, { nullable: true, description: 'How good it is proven to be; null until it is done.' })
  status: rules.PlanStatus | null;

  @Field(() => Int, { description: 'How many people it was asked about.' })
  people: number;

  @Field(() => Int, { nullable: true, description: 'How many pairs are possible by every rule; null until it is done.' })
  pairs: number | null;

  @Field(() => Int, { nullable: true, description: 'How many people have a place; null until it is done.' })
  placed: number | null;

  @Field(() => Int, { nullable: true, description: 'The sum of the scores; null until it is done.' })
  total: number | null;

  @Field(() => Int, {
    nullable: true,
    description: 'No plan that places as many people has a greater total: the total itself where that is proven.',
  })
  bound: number | null;

  @Field(() => [String], {
    description: 'INFEASIBLE: the publics whose floors cannot hold together, or people (`per_…`) whose accepted lines cannot.',
  })
  unmet: string[];

  @Field(() => [AssignmentShare], { description: 'How it treats each group; everybody first.' })
  shares: AssignmentShare[];

  @Field(() => [FloorPrice], {
    description: 'What each floor costs, where this plan and the one without it are proven; of a repaired run none.',
  })
  prices: FloorPrice[];

  @Field(() => String, {
    nullable: true,
    description: 'SHA-256 of all it was solved from: two runs with the same have the same plan. Null until it is done.',
  })
  inputsHash: string | null;

  @Field(() => Int, { description: 'Seconds it may branch for the best plan.' })
  atMostSeconds: number;

  @Field(() => Int, { description: 'How often the hub began it.' })
  attempts: number;

  @Field(() => Instant, { description: 'When it was asked for.' })
  createdAt: string;

  @Field(() => Instant, { nullable: true, description: 'When the hub last began it; null while it waits.' })
  startedAt: string | null;

  @Field(() => Instant, { nullable: true, description: 'When it was done, failed or was called off; null before.' })
  finishedAt: string | null;
} // prettier-ignore

export const AssignmentRunConnection = connectionOf(() => AssignmentRun, 'AssignmentRun', 'runs');

@ObjectType({ description: 'Somebody a run was asked about, and the place it found for them. Not there where the person is not for you.' })
export class AssignmentLine {
  @Field(() => ID, { simple: true, description: 'TypeID `asl_…`.' })
  id: string;

  @Field(() => Int, { simple: true, nullable: true, description: 'Points of the pair when it was weighed; null without a place.' })
  score: number | null;

  @Field(() => Instant, { simple: true, nullable: true, description: 'When somebody made a referral of it; null while nobody has.' })
  acceptedAt: string | null;
} // prettier-ignore

export const AssignmentLineConnection = connectionOf(() => AssignmentLine, 'AssignmentLine', 'lines');

@ObjectType({ simpleResolvers: true, description: 'A run has come further, and how it now is.' })
export class AssignmentMessage extends LiveMessage {
  @Field(() => AssignmentRun, {
    nullable: true,
    description: 'The run as it is now: maybe further than the event; null in a checkpoint.',
  })
  run: AssignmentRun | null;
}

@ObjectType({ description: 'The run, or why not.' })
export class AssignmentRunPayload extends Payload {
  @Field(() => AssignmentRun, {
    nullable: true,
    description: 'As it now is; null when there is none for you.',
  })
  run: AssignmentRun | null;
}

@ObjectType({ simpleResolvers: true, description: 'What became of one line.' })
export class AssignmentLineResult {
  @Field(() => ID, { description: 'The line as it was named.' })
  id: string;

  @Field(() => AssignmentLine, {
    nullable: true,
    description: 'As it now is, also when refused; null when it does not exist for you.',
  })
  line: AssignmentLine | null;

  @Field(() => [UserError], { description: 'Empty when it became a referral; otherwise why not.' })
  userErrors: UserError[];
}

@ObjectType({ description: 'What became of each line; `userErrors` gathers the refusals of all, each with its line in `field`.' })
export class AssignmentAcceptancePayload extends Payload {
  @Field(() => [AssignmentLineResult], { description: 'Each line, in the order given.' })
  lines: AssignmentLineResult[];
} // prettier-ignore
