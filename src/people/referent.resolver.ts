import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import { command } from '../graphql/command.ts';
import type { Context } from '../graphql/context.ts';
import { memberById } from '../partners/member.store.ts';
import { Member } from '../partners/member.type.ts';
import { organisationById } from '../partners/organisation.store.ts';
import { Organisation } from '../partners/organisation.type.ts';
import { personById } from './person.store.ts';
import { Person, PersonPayload } from './person.type.ts';
import { assignReferent } from './referent.actions.ts';
import type { ReferentRow } from './referent.row.ts';
import { referentOf } from './referent.store.ts';
import { Referent, ReferentAssignment } from './referent.type.ts';

@Resolver(() => Referent)
export class ReferentResolver {
  @FieldResolver(() => Organisation, { nullable: true, description: 'The organisation that follows.' })
  organisation(@Root() referent: ReferentRow, @Ctx() ctx: Context) {
    return ctx.loaders.load(organisationById, referent.organisationId);
  }

  @FieldResolver(() => Member, {
    nullable: true,
    description: 'The member in charge; seen by the members of the same organisation.',
  })
  member(@Root() referent: ReferentRow, @Ctx() ctx: Context) {
    return referent.memberId && ctx.loaders.load(memberById, referent.memberId);
  }
}

@Resolver(() => Person)
export class PersonReferentResolver {
  @FieldResolver(() => Referent, {
    nullable: true,
    description: 'Who follows the person now; null when nobody does, or when it is not open to you.',
  })
  referent(@Root() person: Person, @Ctx() ctx: Context) {
    return ctx.loaders.load(referentOf, person.id);
  }

  @Mutation(() => PersonPayload, {
    description:
      'Names who follows a person from today (référent unique). By coordinators of the present referent, of who ' +
      'registered the person while nobody follows, or of the council. Once the referent is elsewhere the person ' +
      'closes to the former one, and to who registered: `person` is then null, without an error.',
  })
  assignReferent(
    @Arg('input', () => ReferentAssignment, { description: 'Whom, and who follows.' })
    input: ReferentAssignment,
    @Ctx() ctx: Context,
  ) {
    return command({
      ctx,
      operation: 'assignReferent',
      scope: 'people:write',
      input,
      noun: 'person',
      read: personById,
      subject: input.person,
      act: (tx) => assignReferent(tx, input),
    });
  }
}
