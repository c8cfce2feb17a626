import { Arg, Args, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import { command } from '../graphql/command.ts';
import { PageArgs } from '../graphql/connection.ts';
import type { Context } from '../graphql/context.ts';
import { children } from '../graphql/lists.ts';
import { namedAsAuthor } from '../partners/discretion.ts';
import { Organisation } from '../partners/organisation.type.ts';
import { disclosureOf } from './disclosure.store.ts';
import { closeNeed, recordNeed } from './need.actions.ts';
import type { NeedRow } from './need.row.ts';
import { needById, needsOf } from './need.store.ts';
import { Need, NeedClosing, NeedConnection, NeedPayload, NewNeed } from './need.type.ts';
import { personById } from './person.store.ts';
import { Person } from './person.type.ts';

@Resolver(() => Need)
export class NeedResolver {
  @FieldResolver(() => Person, { nullable: true, description: 'Whose it is.' })
  person(@Root() need: NeedRow, @Ctx() ctx: Context) {
    return ctx.loaders.load(personById, need.personId);
  }

  @FieldResolver(() => Organisation, {
    nullable: true,
    description: 'Who noted it; null for a social partner whose name would say too much.',
  })
  recordedBy(@Root() need: NeedRow, @Ctx() ctx: Context) {
    return namedAsAuthor(ctx, need.recordedBy);
  }

  @Mutation(() => NeedPayload, {
    description: 'Notes a need of a person. By coordinators who follow the person.',
  })
  recordNeed(@Arg('input', () => NewNeed, { description: 'The need.' }) input: NewNeed, @Ctx() ctx: Context) {
    return command({
      ctx,
      operation: 'recordNeed',
      scope: 'people:write',
      input,
      noun: 'need',
      read: needById,
      act: (tx) => recordNeed(tx, input),
    });
  }

  @Mutation(() => NeedPayload, {
    description: 'Closes a need, once. By coordinators who follow the person.',
  })
  closeNeed(
    @Arg('input', () => NeedClosing, { description: 'Which and why.' }) input: NeedClosing,
    @Ctx() ctx: Context,
  ) {
    return command({
      ctx,
      operation: 'closeNeed',
      scope: 'people:write',
      input,
      noun: 'need',
      read: needById,
      subject: input.need,
      act: (tx) => closeNeed(tx, input),
    });
  }
}

@Resolver(() => Person)
export class PersonNeedsResolver {
  @FieldResolver(() => NeedConnection, {
    nullable: true,
    description: 'Needs noted, the latest first, closed ones included; null when not open to you.',
  })
  async needs(@Root() person: Person, @Args(() => PageArgs) page: PageArgs, @Ctx() ctx: Context) {
    const disclosed = await ctx.loaders.load(disclosureOf, person.id);
    return disclosed.some((each) => each.category === 'NEEDS')
      ? children(ctx, needsOf, person.id, page)
      : null;
  }
}
