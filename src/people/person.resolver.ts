import { Arg, Ctx, ID, Query, Resolver } from 'type-graphql';
import { requireScope } from '../auth/policy.ts';
import type { Context } from '../graphql/context.ts';
import { personById } from './person.store.ts';
import { Person } from './person.type.ts';

@Resolver(() => Person)
export class PersonResolver {
  @Query(() => Person, { nullable: true, description: 'One person; null when unknown or not for you.' })
  person(@Arg('id', () => ID, { description: 'TypeID `per_…`.' }) id: string, @Ctx() ctx: Context) {
    requireScope(ctx.viewer, 'people:read');
    return ctx.loaders.load(personById, id);
  }
}
