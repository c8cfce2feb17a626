import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import { movesOf } from '../graphql/command.ts';
import type { Context } from '../graphql/context.ts';
import { cancelClosure, declareClosure } from './closure.actions.ts';
import { ClosureCancelling, NewClosure } from './closure.inputs.ts';
import type { ClosureRow } from './closure.row.ts';
import { closureById, closuresOf } from './closure.store.ts';
import { Closure, ClosurePayload } from './closure.type.ts';
import type { OrganisationRow } from './organisation.row.ts';
import { Organisation } from './organisation.type.ts';
import { siteById } from './site.store.ts';
import { Site } from './site.type.ts';

const moved = movesOf({ noun: 'closure', scope: 'offers:write', read: closureById });

@Resolver(() => Closure)
export class ClosureResolver {
  @FieldResolver(() => Site, { nullable: true, description: 'The site that is closed; null when all are.' })
  site(@Root() closure: ClosureRow, @Ctx() ctx: Context) {
    return closure.siteId && ctx.loaders.load(siteById, closure.siteId);
  }

  @Mutation(() => ClosurePayload, {
    description:
      'Says beforehand on which days nobody answers. Deadlines of what already awaits an answer move by them. By its ' +
      'providers and managers.',
  })
  declareClosure(
    @Arg('input', () => NewClosure, { description: 'From when to when.' }) input: NewClosure,
    @Ctx() ctx: Context,
  ) {
    return moved(ctx, input, declareClosure);
  }

  @Mutation(() => ClosurePayload, {
    description: 'Takes a closure back; one that has begun ends today. By its providers and managers.',
  })
  cancelClosure(
    @Arg('input', () => ClosureCancelling, { description: 'Which one.' }) input: ClosureCancelling,
    @Ctx() ctx: Context,
  ) {
    return moved(ctx, input, cancelClosure);
  }
}

@Resolver(() => Organisation)
export class OrganisationClosuresResolver {
  @FieldResolver(() => [Closure], {
    description: 'When it is, or will be, closed; the nearest first. Past ones are not shown.',
  })
  closures(@Root() organisation: OrganisationRow, @Ctx() ctx: Context) {
    return ctx.loaders.load(closuresOf, organisation.id);
  }
}
