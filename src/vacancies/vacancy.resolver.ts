import { Arg, Args, Ctx, FieldResolver, Float, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import { requireScope } from '../auth/policy.ts';
import { command } from '../graphql/command.ts';
import { PageArgs } from '../graphql/connection.ts';
import type { Context } from '../graphql/context.ts';
import { listed } from '../graphql/lists.ts';
import { refuseUnreadable } from '../graphql/text.ts';
import { offerById } from '../offers/offer.store.ts';
import { Offer } from '../offers/offer.type.ts';
import { organisationById } from '../partners/organisation.store.ts';
import { Organisation } from '../partners/organisation.type.ts';
import { siteById } from '../partners/site.store.ts';
import { Site } from '../partners/site.type.ts';
import { communeByCode } from '../territory/commune.store.ts';
import { Commune } from '../territory/commune.type.ts';
import { centreOf, Near } from '../territory/near.type.ts';
import { closeVacancy } from './closing.actions.ts';
import { seriesById } from './series.store.ts';
import { VacancySeries } from './series.type.ts';
import { openVacancy, updateVacancy } from './vacancy.actions.ts';
import { VacancyFilter, VacancyOrder } from './vacancy-filter.type.ts';
import { kilometres, orderMeant } from './vacancy-search.rules.ts';
import type * as search from './vacancy-search.rules.ts';
import { NewVacancy, VacancyClosing, VacancyUpdate } from './vacancy.inputs.ts';
import type { VacancyRow } from './vacancy.row.ts';
import { vacancyList, type VacancyFound } from './vacancy.search.ts';
import { vacancyById } from './vacancy.store.ts';
import { Vacancy, VacancyConnection, VacancyPayload } from './vacancy.type.ts';

@Resolver(() => Vacancy)
export class VacancyResolver {
  @Query(() => Vacancy, {
    nullable: true,
    description: 'One vacancy, by its id; null when unknown or not for you.',
  })
  vacancy(@Arg('id', () => ID, { description: 'TypeID `vac_…`.' }) id: string, @Ctx() ctx: Context) {
    requireScope(ctx.viewer, 'offers:read');
    return ctx.loaders.load(vacancyById, id);
  }

  @Query(() => VacancyConnection, {
    description: 'Recruitments and sessions, with the places they have left.',
  })
  async vacancies(
    @Arg('near', () => Near, { nullable: true, description: 'Within a circle; `distanceKm` is then known.' })
    near: Near | null,
    @Arg('filter', () => VacancyFilter, { nullable: true, description: 'Which ones; all if not said.' })
    filter: VacancyFilter | null,
    @Arg('orderBy', () => VacancyOrder, {
      nullable: true,
      description: 'DISTANCE if not said where `near` is, FRESHNESS otherwise.',
    })
    orderBy: search.VacancyOrder | null,
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() ctx: Context,
  ) {
    requireScope(ctx.viewer, 'offers:read');
    refuseUnreadable(filter, ['filter']);
    const order = orderMeant(orderBy, near != null);
    const circle = near ? { ...(await centreOf(ctx.reader, near)), km: near.km } : null;
    const listing = vacancyList(ctx.viewer, { filter: filter ?? {}, circle, order });
    return listed(ctx, listing, page, [near, filter]);
  }

  @FieldResolver(() => Float, {
    nullable: true,
    description:
      'Straight line from the centre of `near`, in kilometres to a tenth; null where none was asked.',
  })
  distanceKm(@Root() vacancy: VacancyFound) {
    return kilometres(vacancy.metres);
  }

  @FieldResolver(() => Offer, { nullable: true, description: 'The offer it is a recruitment or session of.' })
  offer(@Root() vacancy: VacancyRow, @Ctx() ctx: Context) {
    return ctx.loaders.load(offerById, vacancy.offerId);
  }

  @FieldResolver(() => Organisation, { description: 'Who employs or provides, and answers referrals.' })
  organisation(@Root() vacancy: VacancyRow, @Ctx() ctx: Context) {
    return ctx.loaders.load(organisationById, vacancy.organisationId);
  }

  @FieldResolver(() => Site, { nullable: true, description: 'Where it happens, if at one place.' })
  site(@Root() vacancy: VacancyRow, @Ctx() ctx: Context) {
    return vacancy.siteId && ctx.loaders.load(siteById, vacancy.siteId);
  }

  @FieldResolver(() => Organisation, {
    nullable: true,
    description:
      'Whose site it is, when not the provider’s own (structure d’accueil); it sees counts, no person.',
  })
  host(@Root() vacancy: VacancyRow, @Ctx() ctx: Context) {
    return vacancy.hostId && ctx.loaders.load(organisationById, vacancy.hostId);
  }

  @FieldResolver(() => VacancySeries, {
    nullable: true,
    description: 'The series of sessions it was opened with; null when it was opened alone.',
  })
  series(@Root() vacancy: VacancyRow, @Ctx() ctx: Context) {
    return vacancy.seriesId && ctx.loaders.load(seriesById, vacancy.seriesId);
  }

  @FieldResolver(() => Commune, { nullable: true, description: 'Commune where it happens.' })
  commune(@Root() vacancy: VacancyRow, @Ctx() ctx: Context) {
    return vacancy.communeCode && ctx.loaders.load(communeByCode, vacancy.communeCode);
  }

  @Mutation(() => VacancyPayload, {
    description:
      'Opens a recruitment or a session of one’s own published offer. Refuses: WRONG_STATE, INVALID_INPUT, ALREADY_EXISTS.',
  })
  openVacancy(
    @Arg('input', () => NewVacancy, { description: 'The vacancy.' }) input: NewVacancy,
    @Ctx() ctx: Context,
  ) {
    return command({
      ctx,
      operation: 'openVacancy',
      scope: 'offers:write',
      input,
      noun: 'vacancy',
      read: vacancyById,
      act: (tx) => openVacancy(tx, input),
    });
  }

  @Mutation(() => VacancyPayload, {
    description:
      'Changes one’s own vacancy, or opens a draft. Places below what is held and taken: PLACES_IN_USE, but a place only reserved for the waiting list is taken back; places added go to the waiting list first.',
  })
  updateVacancy(
    @Arg('input', () => VacancyUpdate, { description: 'What changes.' }) input: VacancyUpdate,
    @Ctx() ctx: Context,
  ) {
    return command({
      ctx,
      operation: 'updateVacancy',
      scope: 'offers:write',
      input,
      noun: 'vacancy',
      read: vacancyById,
      subject: input.vacancy,
      act: (tx) => updateVacancy(tx, input),
    });
  }

  @Mutation(() => VacancyPayload, {
    description:
      'Closes one’s own vacancy. Refuses with PLACES_IN_USE while somebody accepted is not decided (kept, cancelled, or moved to another vacancy of the offer); who waits or was not answered goes back to the offer if it has another open vacancy, else is withdrawn.',
  })
  closeVacancy(
    @Arg('input', () => VacancyClosing, { description: 'Why, and what becomes of whom.' })
    input: VacancyClosing,
    @Ctx() ctx: Context,
  ) {
    return command({
      ctx,
      operation: 'closeVacancy',
      scope: 'offers:write',
      input,
      noun: 'vacancy',
      read: vacancyById,
      subject: input.vacancy,
      act: (tx) => closeVacancy(tx, input),
    });
  }
}
