import { Arg, Args, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import { movesOf } from '../graphql/command.ts';
import { PageArgs } from '../graphql/connection.ts';
import type { Context } from '../graphql/context.ts';
import { children } from '../graphql/lists.ts';
import { offerById } from '../offers/offer.store.ts';
import { Offer } from '../offers/offer.type.ts';
import { organisationById } from '../partners/organisation.store.ts';
import { Organisation } from '../partners/organisation.type.ts';
import { closeVacancySeries, openVacancySeries } from './series.actions.ts';
import type { VacancySeriesRow } from './series.row.ts';
import { seriesById } from './series.store.ts';
import {
  NewVacancySeries,
  VacancySeries,
  VacancySeriesClosing,
  VacancySeriesPayload,
} from './series.type.ts';
import { vacanciesOfSeries } from './vacancy.store.ts';
import { VacancyConnection } from './vacancy.type.ts';

const moved = movesOf({ noun: 'series', scope: 'offers:write', read: seriesById });

@Resolver(() => VacancySeries)
export class VacancySeriesResolver {
  @FieldResolver(() => Offer, { nullable: true, description: 'The workshop it is a series of.' })
  offer(@Root() series: VacancySeriesRow, @Ctx() ctx: Context) {
    return ctx.loaders.load(offerById, series.offerId);
  }

  @FieldResolver(() => Organisation, { description: 'Who provides it.' })
  organisation(@Root() series: VacancySeriesRow, @Ctx() ctx: Context) {
    return ctx.loaders.load(organisationById, series.organisationId);
  }

  @FieldResolver(() => VacancyConnection, {
    description: 'Its sessions, in the order in which they take place; closed ones only if yours.',
  })
  vacancies(@Root() series: VacancySeriesRow, @Args(() => PageArgs) page: PageArgs, @Ctx() ctx: Context) {
    return children(ctx, vacanciesOfSeries, series.id, page);
  }

  @Mutation(() => VacancySeriesPayload, {
    description:
      'Opens the sessions of a workshop at once, all or none, on dates or by a weekly rule: one vacancy each, with its own places. Refuses: WRONG_STATE, INVALID_INPUT.',
  })
  openVacancySeries(
    @Arg('input', () => NewVacancySeries, { description: 'The sessions.' }) input: NewVacancySeries,
    @Ctx() ctx: Context,
  ) {
    return moved(ctx, input, openVacancySeries);
  }

  @Mutation(() => VacancySeriesPayload, {
    description:
      'Closes what is left of one’s own series, all or none; as `closeVacancy` does, with what becomes of each accepted person.',
  })
  closeVacancySeries(
    @Arg('input', () => VacancySeriesClosing, { description: 'Why, from when, and what becomes of whom.' })
    input: VacancySeriesClosing,
    @Ctx() ctx: Context,
  ) {
    return moved(ctx, input, closeVacancySeries);
  }
}
