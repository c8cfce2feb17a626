import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import { requireScope } from '../auth/policy.ts';
import { movesOf } from '../graphql/command.ts';
import { PageArgs } from '../graphql/connection.ts';
import type { Context } from '../graphql/context.ts';
import { children } from '../graphql/lists.ts';
import { Day } from '../graphql/scalars.ts';
import { memberById } from '../partners/member.store.ts';
import { Member } from '../partners/member.type.ts';
import { organisationById } from '../partners/organisation.store.ts';
import { Organisation } from '../partners/organisation.type.ts';
import { personById } from '../people/person.store.ts';
import { Person } from '../people/person.type.ts';
import {
  correctPathwayEnd,
  endPathway,
  orientPerson,
  reopenPathway,
  reorientPerson,
} from './pathway.actions.ts';
import type { PathwayRow, PathwayStepRow } from './pathway.row.ts';
import { openPathwayOf, pathwayById, pathwaysOf, stepsOf } from './pathway.store.ts';
import {
  NewPathway,
  Pathway,
  PathwayConnection,
  PathwayEnd,
  PathwayEndCorrection,
  PathwayPayload,
  PathwayReopening,
  PathwayStep,
  Reorientation,
} from './pathway.type.ts';

const moved = movesOf({ noun: 'pathway', scope: 'people:write', read: pathwayById });

@Resolver(() => Pathway)
export class PathwayResolver {
  @FieldResolver(() => Person, { nullable: true, description: 'Whose it is.' })
  person(@Root() pathway: PathwayRow, @Ctx() ctx: Context) {
    return ctx.loaders.load(personById, pathway.personId);
  }

  @FieldResolver(() => Organisation, {
    nullable: true,
    description: 'Who decided the present orientation (autorité d’orientation).',
  })
  decidedBy(@Root() pathway: PathwayRow, @Ctx() ctx: Context) {
    return ctx.loaders.load(organisationById, pathway.decidedBy);
  }

  @FieldResolver(() => Organisation, {
    nullable: true,
    description: 'Who follows the person on it, or followed when it ended (organisme référent).',
  })
  referentOrganisation(@Root() pathway: PathwayRow, @Ctx() ctx: Context) {
    return ctx.loaders.load(organisationById, pathway.referentOrganisationId);
  }

  @FieldResolver(() => Member, {
    nullable: true,
    description: 'The member in charge (référent unique); seen by the members of the same organisation.',
  })
  referentMember(@Root() { referentMemberId }: PathwayRow, @Ctx() ctx: Context) {
    return referentMemberId && ctx.loaders.load(memberById, referentMemberId);
  }

  @FieldResolver(() => Pathway, {
    nullable: true,
    description: 'The one it goes on from, which had ended at most 45 days before: figures count one path.',
  })
  continues(@Root() { continuesId }: PathwayRow, @Ctx() ctx: Context) {
    return continuesId && ctx.loaders.load(pathwayById, continuesId);
  }

  @FieldResolver(() => [PathwayStep], { description: 'What was decided of it, in the order recorded.' })
  steps(@Root() pathway: PathwayRow, @Ctx() ctx: Context) {
    return ctx.loaders.load(stepsOf, pathway.id);
  }

  @Query(() => Pathway, { nullable: true, description: 'One pathway; null where it is not open to you.' })
  pathway(
    @Arg('id', () => ID, { description: 'The pathway (`path_…`).' }) id: string,
    @Ctx() ctx: Context,
  ) {
    requireScope(ctx.viewer, 'people:read');
    return ctx.loaders.load(pathwayById, id);
  }

  @Mutation(() => PathwayPayload, {
    description:
      'Decides a person’s orientation: a pathway begins, with the referent organisation that is named. By coordinators of the ' +
      'council, an employment service or a body the council delegates to, of people they follow. Once the referent is ' +
      'elsewhere the person closes to who decided, the council apart: `pathway` is then null, without an error.',
  })
  orientPerson(@Arg('input', () => NewPathway, { description: 'Whom, and towards what.' }) input: NewPathway, @Ctx() ctx: Context) {
    return moved(ctx, input, orientPerson);
  }

  @Mutation(() => PathwayPayload, {
    description: 'Decides another orientation, or another referent organisation. By whoever may orient.',
  })
  reorientPerson(@Arg('input', () => Reorientation, { description: 'Which, towards what, and why.' }) input: Reorientation, @Ctx() ctx: Context) {
    return moved(ctx, input, reorientPerson);
  }

  @Mutation(() => PathwayPayload, {
    description: 'Ends a pathway. By coordinators of its referent organisation, or of the council.',
  })
  endPathway(@Arg('input', () => PathwayEnd, { description: 'Which, when and why.' }) input: PathwayEnd, @Ctx() ctx: Context) {
    return moved(ctx, input, endPathway);
  }

  @Mutation(() => PathwayPayload, {
    description: 'Puts right the recorded end of a pathway. By whoever may end it.',
  })
  correctPathwayEnd(@Arg('input', () => PathwayEndCorrection, { description: 'Which, and what is right.' }) input: PathwayEndCorrection, @Ctx() ctx: Context) {
    return moved(ctx, input, correctPathwayEnd);
  }

  @Mutation(() => PathwayPayload, {
    description:
      'Goes on with a pathway that ended at most 45 days before, in a new one that names it. By whoever may end it.',
  })
  reopenPathway(@Arg('input', () => PathwayReopening, { description: 'Which, from when.' }) input: PathwayReopening, @Ctx() ctx: Context) {
    return moved(ctx, input, reopenPathway);
  }
} // prettier-ignore

@Resolver(() => PathwayStep)
export class PathwayStepResolver {
  @FieldResolver(() => Day, { description: 'The day it took effect.' })
  on(@Root() step: PathwayStepRow) {
    return step.onDay;
  }

  @FieldResolver(() => Organisation, { nullable: true, description: 'Who follows from then on.' })
  referentOrganisation(@Root() step: PathwayStepRow, @Ctx() ctx: Context) {
    return ctx.loaders.load(organisationById, step.referentOrganisationId);
  }

  @FieldResolver(() => Organisation, {
    nullable: true,
    description: 'Who decided or recorded it; null where it followed from another move.',
  })
  by(@Root() { organisationId }: PathwayStepRow, @Ctx() ctx: Context) {
    return organisationId && ctx.loaders.load(organisationById, organisationId);
  }
}

@Resolver(() => Person)
export class PersonPathwaysResolver {
  @FieldResolver(() => Pathway, {
    nullable: true,
    description:
      'The pathway that runs (parcours en cours); null when none does, or when it is not open to you.',
  })
  pathway(@Root() person: Person, @Ctx() ctx: Context) {
    return ctx.loaders.load(openPathwayOf, person.id);
  }

  @FieldResolver(() => PathwayConnection, { description: 'All pathways, the latest first.' })
  pathways(@Root() person: Person, @Args(() => PageArgs) page: PageArgs, @Ctx() ctx: Context) {
    return children(ctx, pathwaysOf, person.id, page);
  }
}
