import { Arg, Args, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from 'type-graphql';
import { requireScope } from '../auth/policy.ts';
import { movesOf } from '../graphql/command.ts';
import { PageArgs } from '../graphql/connection.ts';
import type { Context } from '../graphql/context.ts';
import { listed } from '../graphql/lists.ts';
import { Day } from '../graphql/scalars.ts';
import { parisDay } from '../kernel/clock.ts';
import { adoptProgramme, withdrawProgramme } from './programme.actions.ts';
import type { ProgrammeRow } from './programme.row.ts';
import { stateOn } from './programme.rules.ts';
import { editions, followedOn, programmeById, programmeOn } from './programme.store.ts';
import {
  NewProgramme,
  Programme,
  ProgrammeConnection,
  ProgrammePayload,
  ProgrammeState,
  ProgrammeWithdrawal,
} from './programme.type.ts';

const moved = movesOf({ noun: 'programme', scope: 'offers:write', read: programmeById });

@Resolver(() => Programme)
export class ProgrammeResolver {
  @Query(() => Programme, {
    nullable: true,
    description: 'The programme as it is in force on a day; null before its first edition.',
  })
  programme(
    @Arg('on', () => Day, { nullable: true, description: 'The day; today if not said.' }) on: string | null,
    @Ctx() ctx: Context,
  ) {
    requireScope(ctx.viewer, 'offers:read');
    return ctx.loaders.load(programmeOn, on ?? parisDay(ctx.reader.now));
  }

  @Query(() => ProgrammeConnection, {
    description: 'Every edition of the programme, the newest first, those taken back included.',
  })
  programmeEditions(@Args(() => PageArgs) page: PageArgs, @Ctx() ctx: Context) {
    requireScope(ctx.viewer, 'offers:read');
    return listed(ctx, editions, page);
  }

  @FieldResolver(() => ProgrammeState, { description: 'Where it stands today.' })
  async state(@Root() edition: ProgrammeRow, @Ctx() ctx: Context) {
    const followed = await ctx.loaders.load(followedOn, edition.id);
    return stateOn({ ...edition, followedOn: followed }, parisDay(ctx.reader.now));
  }

  @FieldResolver(() => Day, {
    nullable: true,
    description: 'First day of the edition that takes its place; null while none does.',
  })
  followedOn(@Root() { id }: ProgrammeRow, @Ctx() ctx: Context) {
    return ctx.loaders.load(followedOn, id);
  }

  @Mutation(() => ProgrammePayload, {
    description:
      'Adopts an edition of the programme, in force from a day on. By the council’s managers. Refused for a day that is past, ' +
      'or not after every edition adopted before.',
  })
  adoptProgramme(
    @Arg('input', () => NewProgramme, { description: 'The edition.' }) input: NewProgramme,
    @Ctx() ctx: Context,
  ) {
    return moved(ctx, input, adoptProgramme);
  }

  @Mutation(() => ProgrammePayload, {
    description:
      'Takes an edition back before it comes into force; afterwards WRONG_STATE. By the council’s managers.',
  })
  withdrawProgramme(
    @Arg('input', () => ProgrammeWithdrawal, { description: 'Which.' }) input: ProgrammeWithdrawal,
    @Ctx() ctx: Context,
  ) {
    return moved(ctx, input, withdrawProgramme);
  }
}
