import { Arg, Ctx, FieldResolver, Int, Query, Resolver, Root } from 'type-graphql';
import { requireScope } from '../auth/policy.ts';
import type { Context } from '../graphql/context.ts';
import { Day } from '../graphql/scalars.ts';
import { IndicatorTerritory, IndicatorUnit } from './indicator.type.ts';
import { tableOf, toldCells } from './published.actions.ts';
import type { PublishedTableRow } from './published.row.ts';
import { catalogue, meaningOf, thresholdOf, type TableName as Name } from './published.rules.ts';
import { audienceOf } from './published.store.ts';
import { Audience, PublishedCell, PublishedTable, TableName } from './published.type.ts';

@Resolver(() => PublishedTable)
export class PublishedTableResolver {
  @Query(() => PublishedTable, {
    nullable: true,
    description:
      'A table of the fixed catalogue, of a whole month that has closed (on the 10th of the next), for any partner. What is not in it, ' +
      'or of a month not closed, answers NOT_PUBLISHED.',
  })
  publishedTable(
    @Arg('name', () => TableName, { description: 'Which table.' }) name: Name,
    @Arg('month', () => Day, { description: 'Any day of the month.' }) month: string,
    @Arg('edition', () => Int, { nullable: true, description: 'Which edition; the newest if not said.' }) edition: number | null,
    @Ctx() ctx: Context,
  ) {
    requireScope(ctx.viewer, 'indicators:read');
    return tableOf(ctx, { name, month: `${month.slice(0, 7)}-01`, edition: edition ?? null });
  }

  @FieldResolver(() => Audience, { description: 'For whom it is made, as you are told it.' })
  audience(@Ctx() { viewer }: Context) {
    return audienceOf(viewer);
  }

  @FieldResolver(() => Int, { nullable: true, description: 'Counts of people under this are kept back; null where it counts nobody.' })
  threshold(@Root() { name }: PublishedTableRow, @Ctx() { viewer }: Context) {
    return thresholdOf(name, audienceOf(viewer));
  }

  @FieldResolver(() => IndicatorUnit, { description: 'What it counts.' })
  unit(@Root() { name }: PublishedTableRow) {
    return meaningOf(name).unit;
  }

  @FieldResolver(() => IndicatorTerritory, { description: 'To which territory.' })
  territory(@Root() { name }: PublishedTableRow) {
    return meaningOf(name).territory;
  }

  @FieldResolver(() => Boolean, { description: 'Whether its parts add up to the whole; false where one may stand in several.' })
  additive(@Root() { name }: PublishedTableRow) {
    return catalogue[name].people === 'PARTS' || (catalogue[name].people === null && name !== 'HOURS_BY_DOMAIN');
  }

  @FieldResolver(() => String, { description: 'What is counted, in your language.' })
  definition(@Root() { name }: PublishedTableRow, @Ctx() { locale }: Context) {
    return meaningOf(name)[locale];
  }

  @FieldResolver(() => [PublishedCell], { description: 'Its cells: the whole, then its parts, each before its own.' })
  cells(@Root() table: PublishedTableRow, @Ctx() ctx: Context) {
    return toldCells(ctx, table);
  }
} // prettier-ignore
