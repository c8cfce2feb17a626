import { Arg, Args, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import { PageArgs } from '../graphql/connection.ts';
import type { Context } from '../graphql/context.ts';
import { listed } from '../graphql/lists.ts';
import { refuseUnreadable } from '../graphql/text.ts';
import type { CommuneRow } from './commune.row.ts';
import { communeByCode, communeList, epciByCode } from './commune.store.ts';
import { Commune, CommuneConnection, CommuneFilter, Epci } from './commune.type.ts';

@Resolver(() => Commune)
export class CommuneResolver {
  @Query(() => Commune, { nullable: true, description: 'One commune, by its code; null when unknown.' })
  commune(
    @Arg('code', () => ID, { description: 'INSEE code, five characters.' }) code: string,
    @Ctx() ctx: Context,
  ) {
    return ctx.loaders.load(communeByCode, code);
  }

  @Query(() => CommuneConnection, { description: 'The communes of the official list, by name.' })
  communes(
    @Arg('filter', () => CommuneFilter, { nullable: true, description: 'Which ones; all if not said.' })
    filter: CommuneFilter | null,
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() ctx: Context,
  ) {
    refuseUnreadable(filter, ['filter']);
    return listed(ctx, communeList(filter ?? {}), page, filter);
  }

  @FieldResolver(() => Epci, { nullable: true, description: 'The EPCI the commune belongs to.' })
  epci(@Root() commune: CommuneRow, @Ctx() ctx: Context) {
    return commune.epciCode && ctx.loaders.load(epciByCode, commune.epciCode);
  }
}
