import { Arg, Args, Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import { requireScope } from '../auth/policy.ts';
import { PageArgs } from '../graphql/connection.ts';
import type { Context } from '../graphql/context.ts';
import { Instant } from '../graphql/scalars.ts';
import { PersonConnection } from '../people/person.type.ts';
import { figureOf, peopleBehind } from './indicator.actions.ts';
import type * as rules from './indicator.rules.ts';
import {
  IndicatorDimension,
  IndicatorFigure,
  IndicatorFilter,
  IndicatorName,
  IndicatorPeriod,
} from './indicator.type.ts';

@Resolver(() => IndicatorFigure)
export class IndicatorResolver {
  @Query(() => IndicatorFigure, {
    description:
      'A figure over all facts, exact, as it is known now or was at a moment. The council asks anything; any other partner what ' +
      'says nothing of people, of its own provision or sending (`filter`). NOT_ALLOWED: ask `publishedTable`.',
  })
  indicator(
    @Arg('name', () => IndicatorName, { description: 'What is measured.' }) name: rules.IndicatorName,
    @Arg('period', () => IndicatorPeriod, { description: 'Of which days.' }) period: IndicatorPeriod,
    @Arg('asOf', () => Instant, {
      nullable: true,
      description:
        'As it was known at this moment, corrections made since left out; now if not said, never later.',
    })
    asOf: string | null,
    @Arg('groupBy', () => [IndicatorDimension], {
      defaultValue: [],
      description:
        'By what it is told apart: up to three, of those the indicator knows; 2,000 groups at most.',
    })
    groupBy: rules.IndicatorDimension[],
    @Arg('filter', () => IndicatorFilter, { nullable: true, description: 'Of what alone; all if not said.' })
    filter: IndicatorFilter | null,
    @Ctx() ctx: Context,
  ) {
    return figureOf(ctx, { name, period, asOf: asOf ?? null, groupBy, filter: filter ?? {} });
  }

  @FieldResolver(() => PersonConnection, {
    description:
      'The people counted in the value, those of them that you may see, by id. Only of figures of people, for who may read people; ' +
      'more than 20,000 refuse: narrow the question.',
  })
  people(@Root() figure: IndicatorFigure, @Args(() => PageArgs) page: PageArgs, @Ctx() ctx: Context) {
    requireScope(ctx.viewer, 'people:read');
    return peopleBehind(ctx, figure.counting, page);
  }
}
