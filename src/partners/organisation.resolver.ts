import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import { requireScope } from '../auth/policy.ts';
import { command } from '../graphql/command.ts';
import { PageArgs } from '../graphql/connection.ts';
import type { Context } from '../graphql/context.ts';
import { children, listed } from '../graphql/lists.ts';
import { communeByCode } from '../territory/commune.store.ts';
import { Commune } from '../territory/commune.type.ts';
import { authorisePrescriber, registerOrganisation, updateOrganisation } from './organisation.actions.ts';
import type { OrganisationRow } from './organisation.row.ts';
import {
  accreditationsOf,
  organisationById,
  organisationBySiret,
  organisationList,
  servicesOf,
} from './organisation.store.ts';
import {
  Accreditation,
  AuthorisedPrescriber,
  NewOrganisation,
  Organisation,
  OrganisationConnection,
  OrganisationFilter,
  OrganisationPayload,
  OrganisationUpdate,
  PrescriberAuthorisation,
} from './organisation.type.ts';

@Resolver(() => Organisation)
export class OrganisationResolver {
  @Query(() => Organisation, {
    nullable: true,
    description: 'One partner, by its id or its SIRET; null when unknown.',
  })
  organisation(
    @Arg('id', () => ID, { nullable: true, description: 'TypeID `org_…`.' }) id: string | null,
    @Arg('siret', () => String, { nullable: true, description: 'Fourteen digits.' }) siret: string | null,
    @Ctx() ctx: Context,
  ) {
    requireScope(ctx.viewer, 'offers:read');
    if (id) return ctx.loaders.load(organisationById, id);
    return siret ? ctx.loaders.load(organisationBySiret, siret) : null;
  }

  @Query(() => OrganisationConnection, { description: 'The partners of the programme, by name.' })
  organisations(
    @Arg('filter', () => OrganisationFilter, { nullable: true, description: 'Which ones; all if not said.' })
    filter: OrganisationFilter | null,
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() ctx: Context,
  ) {
    requireScope(ctx.viewer, 'offers:read');
    return listed(ctx, organisationList(filter ?? {}), page, filter);
  }

  @FieldResolver(() => AuthorisedPrescriber, {
    nullable: true,
    description:
      'Whether, and as what, it may prescribe insertion by work without any criterion; null if not.',
  })
  authorisedPrescriber(@Root() organisation: OrganisationRow): AuthorisedPrescriber | null {
    const { authorisedPrescriber: kind, authorisedPrescriberSince: since } = organisation;
    return kind && { kind, since };
  }

  @Mutation(() => OrganisationPayload, {
    description:
      'Says that an organisation is, or is no longer, an authorised prescriber. By managers of the State service for ' +
      'employment, which keeps the prefect’s list, or of the council for others than itself.',
  })
  authorisePrescriber(
    @Arg('input', () => PrescriberAuthorisation, { description: 'Which, and as what.' })
    input: PrescriberAuthorisation,
    @Ctx() ctx: Context,
  ) {
    return command({
      ctx,
      operation: 'authorisePrescriber',
      scope: 'offers:write',
      input,
      noun: 'organisation',
      read: organisationById,
      subject: input.organisation,
      act: (tx) => authorisePrescriber(tx, input),
    });
  }

  @FieldResolver(() => Organisation, {
    nullable: true,
    description: 'Organisation it belongs to; rights never flow along it.',
  })
  parent(@Root() organisation: OrganisationRow, @Ctx() ctx: Context) {
    return organisation.parentId && ctx.loaders.load(organisationById, organisation.parentId);
  }

  @FieldResolver(() => OrganisationConnection, {
    description: 'The organisations that name this one as their parent.',
  })
  services(@Root() organisation: OrganisationRow, @Args(() => PageArgs) page: PageArgs, @Ctx() ctx: Context) {
    return children(ctx, servicesOf, organisation.id, page);
  }

  @FieldResolver(() => Commune, { nullable: true, description: 'Commune of its seat.' })
  commune(@Root() organisation: OrganisationRow, @Ctx() ctx: Context) {
    return organisation.communeCode && ctx.loaders.load(communeByCode, organisation.communeCode);
  }

  @FieldResolver(() => [Accreditation], { description: 'What it is accredited for, oldest first.' })
  accreditations(@Root() organisation: OrganisationRow, @Ctx() ctx: Context) {
    return ctx.loaders.load(accreditationsOf, organisation.id);
  }

  @Mutation(() => OrganisationPayload, {
    description: 'Registers a partner. By managers of the council, of a State service or of a PLIE.',
  })
  registerOrganisation(
    @Arg('input', () => NewOrganisation, { description: 'The partner.' }) input: NewOrganisation,
    @Ctx() ctx: Context,
  ) {
    return command({
      ctx,
      operation: 'registerOrganisation',
      scope: 'offers:write',
      input,
      noun: 'organisation',
      read: organisationById,
      act: (tx) => registerOrganisation(tx, input),
    });
  }

  @Mutation(() => OrganisationPayload, { description: 'Changes one’s own organisation. By its managers.' })
  updateOrganisation(
    @Arg('input', () => OrganisationUpdate, { description: 'What changes.' }) input: OrganisationUpdate,
    @Ctx() ctx: Context,
  ) {
    return command({
      ctx,
      operation: 'updateOrganisation',
      scope: 'offers:write',
      input,
      noun: 'organisation',
      read: organisationById,
      subject: input.organisation,
      act: (tx) => updateOrganisation(tx, input),
    });
  }
}
