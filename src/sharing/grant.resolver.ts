import { Arg, Args, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from 'type-graphql';
import { requireScope } from '../auth/policy.ts';
import { command } from '../graphql/command.ts';
import { PageArgs } from '../graphql/connection.ts';
import type { Context } from '../graphql/context.ts';
import { children, listed } from '../graphql/lists.ts';
import { Day } from '../graphql/scalars.ts';
import { refuseUnreadable } from '../graphql/text.ts';
import { memberById } from '../partners/member.store.ts';
import { Member } from '../partners/member.type.ts';
import { organisationById } from '../partners/organisation.store.ts';
import { Organisation, OrganisationKind } from '../partners/organisation.type.ts';
import { personById } from '../people/person.store.ts';
import { Person } from '../people/person.type.ts';
import { endSharing } from './ending.actions.ts';
import { grantSharing } from './grant.actions.ts';
import { NewSharing, SharingEnding } from './grant.inputs.ts';
import type { GrantRow } from './grant.row.ts';
import { endOf, grantState } from './grant.rules.ts';
import { grantById, grantList, grantsOfPerson, toldWhole } from './grant.store.ts';
import * as types from './grant.type.ts';

const { GrantOrder, SharingEndingPayload, SharingGrant, SharingGrantConnection, SharingGrantPayload } = types;

/** Who gave it, whom it names, and who follows the person where nothing is closed to them. */
async function seesWhole(grant: GrantRow, { viewer, loaders }: Context): Promise<boolean> {
  const own = viewer.organisation;
  return (
    grant.grantedBy === own || grant.organisationIds.includes(own) || loaders.load(toldWhole, grant.personId)
  );
}

/** Whom it names, as the viewer may know: not a social partner whose name says too much. */
async function recipient(grant: GrantRow, id: string, ctx: Context) {
  const organisation = await ctx.loaders.load(organisationById, id);
  return organisation?.sensitive && !(await seesWhole(grant, ctx)) ? null : organisation;
}

@Resolver(() => SharingGrant)
export class SharingGrantResolver {
  @Query(() => SharingGrantConnection, {
    description: 'Grants your organisation gave or is named by, and those of the people it follows.',
  })
  sharingGrants(
    @Arg('filter', () => types.GrantFilter, { nullable: true, description: 'Which ones; all if not said.' })
    filter: types.GrantFilter | null,
    @Arg('orderBy', () => GrantOrder, { defaultValue: 'NEWEST', description: 'In which order.' })
    orderBy: types.GrantOrder,
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() ctx: Context,
  ) {
    requireScope(ctx.viewer, 'people:read');
    refuseUnreadable(filter, ['filter']);
    return listed(ctx, grantList(ctx.viewer, filter ?? {}, orderBy), page, filter);
  }

  @FieldResolver(() => Person, {
    nullable: true,
    description: 'The person; null once nothing is open to you.',
  })
  person(@Root() grant: GrantRow, @Ctx() ctx: Context) {
    return ctx.loaders.load(personById, grant.personId);
  }

  @FieldResolver(() => Organisation, {
    nullable: true,
    description:
      'The one organisation it names; null when it is given to a kind, or a social partner whose name says too much.',
  })
  organisation(@Root() grant: GrantRow, @Ctx() ctx: Context) {
    return grant.organisationKind === null ? recipient(grant, grant.organisationIds[0]!, ctx) : null;
  }

  @FieldResolver(() => OrganisationKind, {
    nullable: true,
    description: 'The kind it was given to; null when it names one organisation.',
  })
  kind(@Root() grant: GrantRow) {
    return grant.organisationKind;
  }

  @FieldResolver(() => [Organisation], {
    description:
      'All it names, at most 100: those of the kind there were, less those taken out since. Who is named reads itself alone.',
  })
  async organisations(@Root() grant: GrantRow, @Ctx() ctx: Context) {
    const own = ctx.viewer.organisation;
    const shown = grant.organisationIds.includes(own) ? [own] : grant.organisationIds;
    const all = await Promise.all(shown.map((id) => recipient(grant, id, ctx)));
    return all.filter((each) => each !== null);
  }

  @FieldResolver(() => Organisation, {
    nullable: true,
    description: 'Who gave it; null for a social partner whose name would say too much.',
  })
  async grantedBy(@Root() grant: GrantRow, @Ctx() ctx: Context) {
    const by = await ctx.loaders.load(organisationById, grant.grantedBy);
    return by?.sensitive && by.id !== ctx.viewer.organisation ? null : by;
  }

  @FieldResolver(() => Member, {
    nullable: true,
    description: 'The member who gave it; seen by the members of the same organisation.',
  })
  grantedByMember(@Root() grant: GrantRow, @Ctx() ctx: Context) {
    return grant.grantedByMember && ctx.loaders.load(memberById, grant.grantedByMember);
  }

  @FieldResolver(() => Day, { description: 'First day.' })
  from(@Root() grant: GrantRow) {
    return grant.fromDay;
  }

  @FieldResolver(() => Day, { description: 'Last day.' })
  until(@Root() grant: GrantRow) {
    return grant.untilDay;
  }

  @FieldResolver(() => types.GrantState, { description: 'Where it stands now.' })
  state(@Root() grant: GrantRow, @Ctx() ctx: Context) {
    return grantState(grant, ctx.reader.now);
  }

  @FieldResolver(() => Day, { nullable: true, description: 'Day on which it ended; null while it has not.' })
  endedOn(@Root() grant: GrantRow, @Ctx() ctx: Context) {
    return endOf(grant, ctx.reader.now)?.on ?? null;
  }

  @FieldResolver(() => types.GrantEndReason, {
    nullable: true,
    description: 'Why it ended; null while it has not.',
  })
  endReason(@Root() grant: GrantRow, @Ctx() ctx: Context) {
    return endOf(grant, ctx.reader.now)?.reason ?? null;
  }

  @FieldResolver(() => String, { nullable: true, description: 'Your own number for it, if you gave it.' })
  externalReference(@Root() grant: GrantRow, @Ctx() ctx: Context) {
    return grant.grantedBy === ctx.viewer.organisation ? grant.externalReference : null;
  }

  @Mutation(() => SharingGrantPayload, {
    description:
      'Shares what you see of a person with an organisation, or all of a kind, for a purpose and a time. By ' +
      'coordinators who follow the person. What the law closes refuses with CLOSED_BY_LAW: health and justice to an ' +
      'employer, a State service or a town hall, entitlements to an employer, anything to a benefits fund.',
  })
  grantSharing(
    @Arg('input', () => NewSharing, { description: 'What, with whom, what for.' }) input: NewSharing,
    @Ctx() ctx: Context,
  ) {
    return command({
      ctx,
      operation: 'grantSharing',
      scope: 'people:write',
      input,
      noun: 'grant',
      read: grantById,
      act: (tx) => grantSharing(tx, input),
    });
  }

  @Mutation(() => SharingEndingPayload, {
    description:
      'Ends at once what is shared, and what rests on it: referrals sent since are withdrawn or cancelled as ' +
      'GRANT_ENDED, their places freed; a placement goes on and keeps a name and a way to reach the person. By ' +
      'coordinators who follow the person. Naming a person and an organisation, with PERSON_REQUEST, ends every live ' +
      'referral between them, whether a grant was given or not.',
  })
  async endSharing(
    @Arg('input', () => SharingEnding, { description: 'What, and why.' }) input: SharingEnding,
    @Ctx() ctx: Context,
  ) {
    const payload = await command({
      ctx,
      operation: 'endSharing',
      scope: 'people:write',
      input,
      noun: 'person',
      read: personById,
      ...(input.person != null && { subject: input.person }),
      act: (tx) => endSharing(tx, input),
    });
    return { ...payload, grant: input.grant == null ? null : ctx.loaders.load(grantById, input.grant) };
  }
}

@Resolver(() => Person)
export class PersonSharingResolver {
  @FieldResolver(() => SharingGrantConnection, {
    description: 'Sharing grants about the person, newest first: all to who follows them, else your own.',
  })
  sharingGrants(@Root() person: Person, @Args(() => PageArgs) page: PageArgs, @Ctx() ctx: Context) {
    return children(ctx, grantsOfPerson, person.id, page);
  }
}
