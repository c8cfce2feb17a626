import { Arg, Args, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import { requireScope } from '../auth/policy.ts';
import { PageArgs } from '../graphql/connection.ts';
import type { Context } from '../graphql/context.ts';
import { listed } from '../graphql/lists.ts';
import { Day } from '../graphql/scalars.ts';
import { organisationById } from '../partners/organisation.store.ts';
import { Organisation } from '../partners/organisation.type.ts';
import { AgreementFilter, AgreementOrder } from './agreement-filter.type.ts';
import type { AgreementRow } from './agreement.row.ts';
import { agreementById, agreementList, renewalsOf } from './agreement.store.ts';
import {
  Agreement,
  AgreementConnection,
  AgreementOpinion,
  AgreementParty,
  AgreementTerms,
} from './agreement.type.ts';
import { opinionsOf } from './opinion.store.ts';
import { partiesOf, termsOf, termsOn } from './terms.store.ts';

@Resolver(() => Agreement)
export class AgreementResolver {
  @Query(() => Agreement, { nullable: true, description: 'One agreement; null when unknown or not for you.' })
  agreement(@Arg('id', () => ID, { description: 'TypeID `agr_…`.' }) id: string, @Ctx() ctx: Context) {
    requireScope(ctx.viewer, 'agreements:read');
    return ctx.loaders.load(agreementById, id);
  }

  @Query(() => AgreementConnection, {
    description: 'Agreements your organisation leads or is a party to; the council: all that were submitted.',
  })
  agreements(
    @Arg('filter', () => AgreementFilter, { nullable: true, description: 'Which ones; all if not said.' })
    filter: AgreementFilter | null,
    @Arg('orderBy', () => AgreementOrder, { defaultValue: 'NEWEST', description: 'In which order.' })
    orderBy: AgreementOrder,
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() ctx: Context,
  ) {
    requireScope(ctx.viewer, 'agreements:read');
    return listed(ctx, agreementList(filter ?? {}, orderBy), page, filter);
  }

  @FieldResolver(() => Day, { description: 'First day.' })
  from(@Root() { fromDay }: AgreementRow) {
    return fromDay;
  }

  @FieldResolver(() => Day, { description: 'Last day, as last amended, or as it ended.' })
  to(@Root() { toDay }: AgreementRow) {
    return toDay;
  }

  @FieldResolver(() => Organisation, { description: 'Who leads it: drafts, submits, signs.' })
  lead(@Root() { organisationId }: AgreementRow, @Ctx() ctx: Context) {
    return ctx.loaders.load(organisationById, organisationId);
  }

  @FieldResolver(() => Organisation, {
    nullable: true,
    description: 'Who does what is agreed, the first if several; null where the kind has none.',
  })
  provider(@Root() { providerId }: AgreementRow, @Ctx() ctx: Context) {
    return providerId && ctx.loaders.load(organisationById, providerId);
  }

  @FieldResolver(() => [AgreementParty], { description: 'Everybody in it, and as what; its lead first.' })
  parties(@Root() { id }: AgreementRow, @Ctx() ctx: Context) {
    return ctx.loaders.load(partiesOf, id);
  }

  @FieldResolver(() => AgreementTerms, { description: 'The terms in force on a day; before their first day, the first.' })
  terms(
    @Root() { id }: AgreementRow,
    @Arg('on', () => Day, { nullable: true, description: 'The day; today if not said.' }) on: string | null,
    @Ctx() ctx: Context,
  ) {
    return ctx.loaders.load(termsOn, { agreement: id, on });
  }

  @FieldResolver(() => [AgreementTerms], { description: 'All its terms, the first first.' })
  versions(@Root() { id }: AgreementRow, @Ctx() ctx: Context) {
    return ctx.loaders.load(termsOf, id);
  }

  @FieldResolver(() => Agreement, { nullable: true, description: 'The agreement it renews, if you may see it.' })
  renews(@Root() { renewsId }: AgreementRow, @Ctx() ctx: Context) {
    return renewsId && ctx.loaders.load(agreementById, renewsId);
  }

  @FieldResolver(() => [Agreement], { description: 'What renews it, as far as you see it; newest first.' })
  renewals(@Root() { id }: AgreementRow, @Ctx() ctx: Context) {
    return ctx.loaders.load(renewalsOf, id);
  }

  @FieldResolver(() => Organisation, { nullable: true, description: 'The body whose opinion was asked.' })
  council(@Root() { councilId }: AgreementRow, @Ctx() ctx: Context) {
    return councilId && ctx.loaders.load(organisationById, councilId);
  }

  @FieldResolver(() => [AgreementOpinion], { description: 'Every opinion given, in the order of the sessions.' })
  opinions(@Root() { id }: AgreementRow, @Ctx() ctx: Context) {
    return ctx.loaders.load(opinionsOf, id);
  }
} // prettier-ignore
