import { Arg, Args, Ctx, FieldResolver, ID, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import { requireScope } from '../auth/policy.ts';
import type { Transaction } from '../db/transaction.ts';
import { movesOf } from '../graphql/command.ts';
import { PageArgs } from '../graphql/connection.ts';
import type { Context } from '../graphql/context.ts';
import { commandOfLines } from '../graphql/lines.ts';
import { children, listed } from '../graphql/lists.ts';
import { memberById } from '../partners/member.store.ts';
import { Member } from '../partners/member.type.ts';
import { programmeById } from '../programme/programme.store.ts';
import { Programme } from '../programme/programme.type.ts';
import { acceptLine } from './accepting.actions.ts';
import { cancelAssignment } from './cancelling.actions.ts';
import { lineById, linesOfRun } from './line.store.ts';
import { proposeAssignment, reoptimise, repairAssignment } from './proposing.actions.ts';
import {
  AssignmentAcceptance,
  AssignmentAgain,
  AssignmentCancellation,
  NewAssignment,
  type AssignmentLineAcceptance,
} from './run.inputs.ts';
import type { AssignmentRunRow } from './run.row.ts';
import type * as rules from './run.rules.ts';
import { runById, runList } from './run.store.ts';
import {
  AssignmentAcceptancePayload,
  AssignmentLineConnection,
  AssignmentRun,
  AssignmentRunConnection,
  AssignmentRunPayload,
  RunState,
} from './run.type.ts';

const moved = movesOf({ noun: 'run', scope: 'referrals:write', read: runById });
const mostLines = 50;

@Resolver(() => AssignmentRun)
export class AssignmentRunResolver {
  @Query(() => AssignmentRun, { nullable: true, description: 'One run; null when unknown or not for you.' })
  assignmentRun(@Arg('id', () => ID, { description: 'TypeID `run_…`.' }) id: string, @Ctx() ctx: Context) {
    requireScope(ctx.viewer, 'people:read');
    return ctx.loaders.load(runById, id);
  }

  @Query(() => AssignmentRunConnection, { description: 'Runs of your organisation that are for you, the newest first.' })
  assignmentRuns(
    @Arg('states', () => [RunState], { nullable: true, description: 'In these states; in any if not said.' })
    states: rules.RunState[] | null,
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() ctx: Context,
  ) {
    requireScope(ctx.viewer, 'people:read');
    return listed(ctx, runList(states), page, states);
  }

  @Mutation(() => AssignmentRunPayload, {
    description:
      'Asks for the best plan of who might go where: most people placed, then the greatest sum of scores, by the rules and ' +
      'weights of `explainMatch`. Answers at once with a run that waits; `assignmentProgress` tells what becomes of it. By those ' +
      'who may refer, of people they follow. INVALID_INPUT where it is too large, or five runs of your organisation are open.',
  })
  proposeAssignment(@Arg('input', () => NewAssignment, { description: 'Whom, and where.' }) input: NewAssignment, @Ctx() ctx: Context) {
    return moved(ctx, input as NewAssignment & { run?: string }, proposeAssignment);
  }

  @Mutation(() => AssignmentRunPayload, {
    description:
      'Asks the same again, of people and places as they now are: accepted lines whose referral has not ended stand. By those who may refer.',
  })
  reoptimise(@Arg('input', () => AssignmentAgain, { description: 'Which run.' }) input: AssignmentAgain, @Ctx() ctx: Context) {
    return moved(ctx, input, reoptimise);
  }

  @Mutation(() => AssignmentRunPayload, {
    description:
      'Asks for a plan that places as many as can be and, of those, changes the fewest people’s place: for when a place is gone. ' +
      'Accepted lines stand. By those who may refer.',
  })
  repairAssignment(@Arg('input', () => AssignmentAgain, { description: 'Which run.' }) input: AssignmentAgain, @Ctx() ctx: Context) {
    return moved(ctx, input, repairAssignment);
  }

  @Mutation(() => AssignmentRunPayload, { description: 'Calls a run off that waits or runs. By those it is for.' })
  cancelAssignment(
    @Arg('input', () => AssignmentCancellation, { description: 'Which run.' }) input: AssignmentCancellation,
    @Ctx() ctx: Context,
  ) {
    return moved(ctx, input, cancelAssignment);
  }

  @Mutation(() => AssignmentAcceptancePayload, {
    description:
      'Makes referrals of up to 50 lines, each by itself and by all the rules of `referPerson`, in your own name: no tool ' +
      'does it. A line whose place is gone, whose person is placed elsewhere or no longer followed, stays a line and says why.',
  })
  acceptAssignmentLines(
    @Arg('input', () => AssignmentAcceptance, { description: 'Which lines, of which run.' }) input: AssignmentAcceptance,
    @Ctx() ctx: Context,
  ) {
    return commandOfLines({
      ...{ ctx, operation: 'acceptAssignmentLines', scope: 'referrals:write', input, most: mostLines },
      ...{ noun: 'line', read: lineById, act: (tx: Transaction, line: AssignmentLineAcceptance) => acceptLine(tx, input.run, line) },
    });
  }

  @FieldResolver(() => Member, { nullable: true, description: 'Who asked; null for a tool that acts for nobody.' })
  author(@Root() { memberId }: AssignmentRunRow, @Ctx() ctx: Context) {
    return memberId && ctx.loaders.load(memberById, memberId);
  }

  @FieldResolver(() => AssignmentRun, { nullable: true, description: 'The run it is the same again of, or repairs.' })
  previous(@Root() { previousId }: AssignmentRunRow, @Ctx() ctx: Context) {
    return previousId && ctx.loaders.load(runById, previousId);
  }

  @FieldResolver(() => Programme, { nullable: true, description: 'The edition whose weights it was weighed by.' })
  programme(@Root() { programmeId }: AssignmentRunRow, @Ctx() ctx: Context) {
    return programmeId && ctx.loaders.load(programmeById, programmeId);
  }

  @FieldResolver(() => Int, { description: 'How many vacancies it was asked about.' })
  vacancies(@Root() { vacancies }: AssignmentRunRow) {
    return vacancies.length;
  }

  @FieldResolver(() => AssignmentLineConnection, {
    description: 'The people it was asked about whose profile is open to you now, with a place or without.',
  })
  lines(@Root() { id }: AssignmentRunRow, @Args(() => PageArgs) page: PageArgs, @Ctx() ctx: Context) {
    return children(ctx, linesOfRun, id, page);
  }
} // prettier-ignore
