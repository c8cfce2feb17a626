import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import { requireScope } from '../auth/policy.ts';
import { command } from '../graphql/command.ts';
import { PageArgs } from '../graphql/connection.ts';
import type { Context } from '../graphql/context.ts';
import { listed } from '../graphql/lists.ts';
import { personById } from '../people/person.store.ts';
import { Person } from '../people/person.type.ts';
import { confirmPersonLink, mergePeople, refusePersonLink, unmergePeople } from './link.actions.ts';
import type { PersonLinkRow } from './link.row.ts';
import { linkById, linkList, linksOf, stepsOf } from './link.store.ts';
import * as types from './link.type.ts';

const { PersonLink, PersonLinkConnection, PersonLinkPayload, PersonLinkStep } = types;

@Resolver(() => PersonLink)
export class PersonLinkResolver {
  @Query(() => PersonLink, { nullable: true, description: 'One link; null when unknown or not for you.' })
  personLink(@Arg('id', () => ID, { description: 'TypeID `lnk_…`.' }) id: string, @Ctx() ctx: Context) {
    requireScope(ctx.viewer, 'people:read');
    return ctx.loaders.load(linkById, id);
  }

  @Query(() => PersonLinkConnection, {
    description:
      'Records that are, or may be, of one person (doublons): what waits for your yes or no, and what joins people ' +
      'you follow. The latest first.',
  })
  personLinks(
    @Arg('filter', () => types.PersonLinkFilter, {
      nullable: true,
      description: 'Which ones; all if not said.',
    })
    filter: types.PersonLinkFilter | null,
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() ctx: Context,
  ) {
    requireScope(ctx.viewer, 'people:read');
    return listed(ctx, linkList(ctx.viewer, filter ?? {}), page, filter);
  }

  @FieldResolver(() => Person, {
    nullable: true,
    description:
      'The record typed last: its names and birth date while you decide, then what is open to you of it.',
  })
  person(@Root() link: PersonLinkRow, @Ctx() ctx: Context) {
    return ctx.loaders.load(personById, link.personId);
  }

  @FieldResolver(() => Person, { nullable: true, description: 'The record that was there.' })
  into(@Root() link: PersonLinkRow, @Ctx() ctx: Context) {
    return ctx.loaders.load(personById, link.intoId);
  }

  @FieldResolver(() => [PersonLinkStep], { description: 'What was done with it, the first step first.' })
  history(@Root() link: PersonLinkRow, @Ctx() ctx: Context) {
    return ctx.loaders.load(stepsOf, link.id);
  }

  @Mutation(() => PersonLinkPayload, {
    description:
      'One person: the record is counted and seen with the one that was there, and nothing is moved. By coordinators ' +
      'of the referent’s organisation of that one, else of the council.',
  })
  confirmPersonLink(
    @Arg('input', () => types.PersonLinkDecision, { description: 'Which link, and why.' })
    input: types.PersonLinkDecision,
    @Ctx() ctx: Context,
  ) {
    return decision(ctx, 'confirmPersonLink', confirmPersonLink, input);
  }

  @Mutation(() => PersonLinkPayload, {
    description:
      'Two people: each is counted for itself and the pair is never proposed again. By who could confirm it.',
  })
  refusePersonLink(
    @Arg('input', () => types.PersonLinkDecision, { description: 'Which link, and why.' })
    input: types.PersonLinkDecision,
    @Ctx() ctx: Context,
  ) {
    return decision(ctx, 'refusePersonLink', refusePersonLink, input);
  }

  @Mutation(() => PersonLinkPayload, {
    description: 'Joins two records of one person by hand. By coordinators who follow both.',
  })
  mergePeople(
    @Arg('input', () => types.PeopleMerge, { description: 'Which records, and how you know.' })
    input: types.PeopleMerge,
    @Ctx() ctx: Context,
  ) {
    return command({
      ctx,
      operation: 'mergePeople',
      scope: 'people:write',
      input,
      noun: 'personLink',
      read: linkById,
      act: (tx) => mergePeople(tx, input),
    });
  }

  @Mutation(() => PersonLinkPayload, {
    description:
      'Parts what had been joined by mistake: each record is counted and seen for itself again; what happened ' +
      'meanwhile stays with the one it happened to. By who decides about the link, or follows both records.',
  })
  unmergePeople(
    @Arg('input', () => types.PeopleUnmerge, { description: 'Which link, and why.' })
    input: types.PeopleUnmerge,
    @Ctx() ctx: Context,
  ) {
    return decision(ctx, 'unmergePeople', unmergePeople, input);
  }
}

function decision(
  ctx: Context,
  operation: string,
  move: typeof confirmPersonLink,
  input: types.PersonLinkDecision,
) {
  return command({
    ctx,
    operation,
    scope: 'people:write',
    input,
    noun: 'personLink',
    read: linkById,
    subject: input.link,
    act: (tx) => move(tx, input),
  });
}

@Resolver(() => Person)
export class PersonLinksResolver {
  @FieldResolver(() => [PersonLink], {
    description: 'Links to other records of the same person, among those you may see; the latest first.',
  })
  links(@Root() person: Person, @Ctx() ctx: Context) {
    return ctx.loaders.load(linksOf, person.id);
  }
}
