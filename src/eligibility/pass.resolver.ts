import { Arg, Args, Ctx, FieldResolver, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import { requireScope } from '../auth/policy.ts';
import { movesOf } from '../graphql/command.ts';
import { PageArgs } from '../graphql/connection.ts';
import type { Context } from '../graphql/context.ts';
import { children, listed } from '../graphql/lists.ts';
import { Day } from '../graphql/scalars.ts';
import { namedAsAuthor } from '../partners/discretion.ts';
import { Organisation } from '../partners/organisation.type.ts';
import { personById } from '../people/person.store.ts';
import { Person } from '../people/person.type.ts';
import { prolongPass, recordPass, suspendPass, withdrawPass } from './pass.actions.ts';
import type { PassRow } from './pass.row.ts';
import { checkWithin } from './pass.rules.ts';
import { passById, passesEnding, passesOf } from './pass.store.ts';
import {
  IaePass,
  IaePassConnection,
  NewPass,
  PassPayload,
  PassProlongation,
  PassSuspension,
  PassWithdrawal,
} from './pass.type.ts';

const changed = movesOf({ noun: 'pass', scope: 'people:write', read: passById });

@Resolver(() => IaePass)
export class PassResolver {
  @FieldResolver(() => Person, { nullable: true, description: 'Whose it is.' })
  person(@Root() pass: PassRow, @Ctx() ctx: Context) {
    return ctx.loaders.load(personById, pass.personId);
  }

  @FieldResolver(() => Day, { description: 'Its first day.' })
  from(@Root() pass: PassRow) {
    return pass.fromDay;
  }

  @FieldResolver(() => Day, { description: 'Its last day as it was issued.' })
  to(@Root() pass: PassRow) {
    return pass.toDay;
  }

  @FieldResolver(() => Organisation, {
    nullable: true,
    description: 'Who checked it; null for a social partner whose name would say too much.',
  })
  checkedBy(@Root() pass: PassRow, @Ctx() ctx: Context) {
    return namedAsAuthor(ctx, pass.checkedBy);
  }

  @Query(() => IaePassConnection, {
    description:
      'Passes that end soon, the first to end first: of the people whose pathway you see, and of those you employ. ' +
      'Withdrawn ones are left out.',
  })
  passesEnding(
    @Arg('within', () => Int, { defaultValue: 90, description: 'In so many days from today, from 0 to 366.' })
    within: number,
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() ctx: Context,
  ) {
    requireScope(ctx.viewer, 'people:read');
    checkWithin(within);
    return listed(ctx, passesEnding(within), page, within);
  }

  @Mutation(() => PassPayload, {
    description:
      'Notes the PASS IAE of a person. By coordinators who follow the person, or the SIAE that employs them.',
  })
  recordPass(@Arg('input', () => NewPass, { description: 'The pass.' }) input: NewPass, @Ctx() ctx: Context) {
    return changed(ctx, input, recordPass);
  }

  @Mutation(() => PassPayload, {
    description: 'Notes that a pass is suspended for a time. By whoever may note it.',
  })
  suspendPass(
    @Arg('input', () => PassSuspension, { description: 'Which, from when until when.' })
    input: PassSuspension,
    @Ctx() ctx: Context,
  ) {
    return changed(ctx, input, suspendPass);
  }

  @Mutation(() => PassPayload, { description: 'Notes that a pass was prolonged. By whoever may note it.' })
  prolongPass(
    @Arg('input', () => PassProlongation, { description: 'Which, to which day.' }) input: PassProlongation,
    @Ctx() ctx: Context,
  ) {
    return changed(ctx, input, prolongPass);
  }

  @Mutation(() => PassPayload, {
    description: 'Takes a pass back that was noted by mistake or revoked. By whoever may note it.',
  })
  withdrawPass(
    @Arg('input', () => PassWithdrawal, { description: 'Which, and why.' }) input: PassWithdrawal,
    @Ctx() ctx: Context,
  ) {
    return changed(ctx, input, withdrawPass);
  }
}

@Resolver(() => Person)
export class PersonPassesResolver {
  @FieldResolver(() => IaePassConnection, {
    description:
      'The person’s PASS IAE, the latest first, withdrawn ones included. For who sees the pathway, and the SIAE that ' +
      'employs the person.',
  })
  iaePasses(@Root() person: Person, @Args(() => PageArgs) page: PageArgs, @Ctx() ctx: Context) {
    return children(ctx, passesOf, person.id, page);
  }
}
