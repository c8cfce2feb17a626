import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import { requireScope } from '../auth/policy.ts';
import { command } from '../graphql/command.ts';
import { PageArgs } from '../graphql/connection.ts';
import type { Context } from '../graphql/context.ts';
import { listed } from '../graphql/lists.ts';
import type { ById } from '../graphql/loaders.ts';
import { erasePerson } from './erasure.actions.ts';
import type { ErasureRow } from './erasure.row.ts';
import { erasureList, erasureOf } from './erasure.store.ts';
import { Erasure, ErasureConnection, ErasurePayload, ErasureReason, PersonErasure } from './erasure.type.ts';

@Resolver(() => Erasure)
export class ErasureResolver {
  @Query(() => ErasureConnection, {
    description:
      'The people whose data your organisation had received and who were erased, the latest first: erase your own copy.',
  })
  erasures(@Args(() => PageArgs) page: PageArgs, @Ctx() ctx: Context) {
    requireScope(ctx.viewer, 'people:read');
    return listed(ctx, erasureList, page);
  }

  @FieldResolver(() => ID, { description: 'The id that the person had, and nobody has any more.' })
  id(@Root() { personId }: ErasureRow) {
    return personId;
  }

  @FieldResolver(() => ErasureReason, {
    nullable: true,
    description: 'Why, for the council; null for the others, who need not know.',
  })
  reason(@Root() { reason }: ErasureRow, @Ctx() ctx: Context) {
    return ctx.viewer.organisationKind === 'COUNCIL' ? reason : null;
  }

  @Mutation(() => ErasurePayload, {
    description:
      'Erases a person for good: open referrals close as `PERSON_ERASED`, every right ends, names, contact, profile, ' +
      'notes and numbers go, and every organisation that had received data is told; what remains is figures. Refuses ' +
      'with WRONG_STATE while a placement runs: its contract needs the identity. By coordinators of the council, never a tool.',
  })
  erasePerson(
    @Arg('input', () => PersonErasure, { description: 'Whom, and why.' }) input: PersonErasure,
    @Ctx() ctx: Context,
  ) {
    return command({
      ctx,
      operation: 'erasePerson',
      scope: 'people:write',
      input,
      noun: 'erasure',
      read: erasureOf as ById<ErasureRow>,
      act: (tx) => erasePerson(tx, input),
    });
  }
}
