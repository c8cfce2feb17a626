import { Args, Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { PageArgs } from '../graphql/connection.ts';
import type { Context } from '../graphql/context.ts';
import { children } from '../graphql/lists.ts';
import { Day } from '../graphql/scalars.ts';
import { personById } from '../people/person.store.ts';
import { Person } from '../people/person.type.ts';
import type { EntitlementPeriodRow, EntitlementRow } from './entitlement.row.ts';
import { entitlementsOf, periodsOf } from './entitlement.store.ts';
import { Entitlement, EntitlementConnection, EntitlementPeriod } from './entitlement.type.ts';

@Resolver(() => Entitlement)
export class EntitlementResolver {
  @FieldResolver(() => Person, { nullable: true, description: 'Whose it is.' })
  person(@Root() entitlement: EntitlementRow, @Ctx() ctx: Context) {
    return ctx.loaders.load(personById, entitlement.personId);
  }

  @FieldResolver(() => [EntitlementPeriod], {
    description: 'From when until when it stood where, as known today, the first day first.',
  })
  async periods(@Root() entitlement: EntitlementRow, @Ctx() ctx: Context) {
    const all = await ctx.loaders.load(periodsOf, entitlement.id);
    return all.filter(({ knownUntil }) => knownUntil === null);
  }

  @FieldResolver(() => [EntitlementPeriod], {
    description: 'What the hub believed before a fund told otherwise, the first day first.',
  })
  async corrected(@Root() entitlement: EntitlementRow, @Ctx() ctx: Context) {
    const all = await ctx.loaders.load(periodsOf, entitlement.id);
    return all.filter(({ knownUntil }) => knownUntil !== null);
  }
}

@Resolver(() => EntitlementPeriod)
export class EntitlementPeriodResolver {
  @FieldResolver(() => Day, { description: 'Its first day.' })
  from(@Root() period: EntitlementPeriodRow) {
    return period.fromDay;
  }

  @FieldResolver(() => Day, {
    nullable: true,
    description: 'The first day after it; null while nothing says that it ended.',
  })
  until(@Root() period: EntitlementPeriodRow) {
    return period.untilDay;
  }
}

@Resolver(() => Person)
export class PersonEntitlementsResolver {
  @FieldResolver(() => EntitlementConnection, {
    description: 'Rights to a minimum income, the latest first, closed ones included.',
  })
  entitlements(@Root() person: Person, @Args(() => PageArgs) page: PageArgs, @Ctx() ctx: Context) {
    return children(ctx, entitlementsOf, person.id, page);
  }
}
