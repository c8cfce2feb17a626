import { Arg, Args, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import { command } from '../graphql/command.ts';
import { PageArgs } from '../graphql/connection.ts';
import type { Context } from '../graphql/context.ts';
import { children } from '../graphql/lists.ts';
import { namedAsAuthor } from '../partners/discretion.ts';
import { Organisation } from '../partners/organisation.type.ts';
import { personById } from './person.store.ts';
import { Person } from './person.type.ts';
import { endSituation, recordSituation } from './situation.actions.ts';
import type { SituationRow } from './situation.row.ts';
import { situationById, situationsOf } from './situation.store.ts';
import {
  NewSituation,
  Situation,
  SituationConnection,
  SituationEnd,
  SituationPayload,
} from './situation.type.ts';

@Resolver(() => Situation)
export class SituationResolver {
  @FieldResolver(() => Person, { nullable: true, description: 'Whose it is.' })
  person(@Root() situation: SituationRow, @Ctx() ctx: Context) {
    return ctx.loaders.load(personById, situation.personId);
  }

  @FieldResolver(() => Organisation, {
    nullable: true,
    description: 'Who stated it; null for a social partner whose name would say too much.',
  })
  statedBy(@Root() situation: SituationRow, @Ctx() ctx: Context) {
    return namedAsAuthor(ctx, situation.statedBy);
  }

  @Mutation(() => SituationPayload, {
    description:
      'States that a person is of a public the law names. By coordinators who follow the person and to whom its ' +
      'category is open: rights to income, disability and justice by the referent and the council alone.',
  })
  recordSituation(
    @Arg('input', () => NewSituation, { description: 'The situation.' }) input: NewSituation,
    @Ctx() ctx: Context,
  ) {
    return command({
      ctx,
      operation: 'recordSituation',
      scope: 'people:write',
      input,
      noun: 'situation',
      read: situationById,
      act: (tx) => recordSituation(tx, input),
    });
  }

  @Mutation(() => SituationPayload, {
    description: 'Says that a situation no longer holds, once. By whoever may state it.',
  })
  endSituation(
    @Arg('input', () => SituationEnd, { description: 'Which, and since when.' }) input: SituationEnd,
    @Ctx() ctx: Context,
  ) {
    return command({
      ctx,
      operation: 'endSituation',
      scope: 'people:write',
      input,
      noun: 'situation',
      read: situationById,
      subject: input.situation,
      act: (tx) => endSituation(tx, input),
    });
  }
}

@Resolver(() => Person)
export class PersonSituationsResolver {
  @FieldResolver(() => SituationConnection, {
    description:
      'Publics the law names that the person is of, the latest first, ended ones included: those whose category is ' +
      'open to you. `disclosure` tells which categories are.',
  })
  situations(@Root() person: Person, @Args(() => PageArgs) page: PageArgs, @Ctx() ctx: Context) {
    return children(ctx, situationsOf, person.id, page);
  }
}
