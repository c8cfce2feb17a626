import { Arg, Args, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from 'type-graphql';
import { command } from '../graphql/command.ts';
import { PageArgs } from '../graphql/connection.ts';
import type { Context } from '../graphql/context.ts';
import { children } from '../graphql/lists.ts';
import { inviteMember, suspendMember, updateMember } from './member.actions.ts';
import type { MemberRow } from './member.row.ts';
import { memberById, membersOf } from './member.store.ts';
import {
  Member,
  MemberConnection,
  MemberPayload,
  MemberSuspension,
  MemberUpdate,
  NewMember,
  Viewer,
} from './member.type.ts';
import { organisationById } from './organisation.store.ts';
import { Organisation } from './organisation.type.ts';

@Resolver(() => Viewer)
export class ViewerResolver {
  @Query(() => Viewer, { description: 'Who you are to the hub.' })
  viewer(@Ctx() ctx: Context) {
    return ctx.viewer;
  }

  @FieldResolver(() => Organisation, { description: 'The organisation you belong to.' })
  organisation(@Ctx() ctx: Context) {
    return ctx.loaders.load(organisationById, ctx.viewer.organisation);
  }

  @FieldResolver(() => Member, {
    nullable: true,
    description: 'Yourself; for a tool the member it acts for, if it names one.',
  })
  member(@Ctx() ctx: Context) {
    return ctx.viewer.member && ctx.loaders.load(memberById, ctx.viewer.member);
  }
}

@Resolver(() => Organisation)
export class OrganisationMembersResolver {
  @FieldResolver(() => MemberConnection, {
    nullable: true,
    description: 'Its members by name; null for every organisation but your own.',
  })
  members(@Root() organisation: Organisation, @Args(() => PageArgs) page: PageArgs, @Ctx() ctx: Context) {
    return organisation.id === ctx.viewer.organisation
      ? children(ctx, membersOf, organisation.id, page)
      : null;
  }
}

@Resolver(() => Member)
export class MemberResolver {
  @FieldResolver(() => Organisation, { description: 'The organisation the member belongs to.' })
  organisation(@Root() member: MemberRow, @Ctx() ctx: Context) {
    return ctx.loaders.load(organisationById, member.organisationId);
  }

  @Mutation(() => MemberPayload, {
    description:
      'Invites a member into one’s own organisation, who may sign in at once. By its managers. An e-mail address ' +
      'already known to the hub refuses with ALREADY_EXISTS.',
  })
  inviteMember(
    @Arg('input', () => NewMember, { description: 'Whom.' }) input: NewMember,
    @Ctx() ctx: Context,
  ) {
    return command({
      ctx,
      operation: 'inviteMember',
      scope: 'offers:write',
      input,
      noun: 'member',
      read: memberById,
      act: (tx) => inviteMember(tx, input),
    });
  }

  @Mutation(() => MemberPayload, {
    description: 'Changes a member of one’s own organisation. By its managers.',
  })
  updateMember(
    @Arg('input', () => MemberUpdate, { description: 'What changes.' }) input: MemberUpdate,
    @Ctx() ctx: Context,
  ) {
    return command({
      ctx,
      operation: 'updateMember',
      scope: 'offers:write',
      input,
      noun: 'member',
      read: memberById,
      subject: input.member,
      act: (tx) => updateMember(tx, input),
    });
  }

  @Mutation(() => MemberPayload, {
    description:
      'Suspends a member of one’s own organisation: its tokens, and those of tools acting for it, are refused at ' +
      'once. By its managers; the last active one stays.',
  })
  suspendMember(
    @Arg('input', () => MemberSuspension, { description: 'Whom.' }) input: MemberSuspension,
    @Ctx() ctx: Context,
  ) {
    return command({
      ctx,
      operation: 'suspendMember',
      scope: 'offers:write',
      input,
      noun: 'member',
      read: memberById,
      subject: input.member,
      act: (tx) => suspendMember(tx, input),
    });
  }
}
