import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { Context } from '../graphql/context.ts';
import type { CommuneRow } from './commune.row.ts';
import { epciByCode } from './commune.store.ts';
import { Commune, Epci } from './commune.type.ts';

@Resolver(() => Commune)
export class CommuneResolver {
  @FieldResolver(() => Epci, { nullable: true, description: 'The EPCI the commune belongs to.' })
  epci(@Root() commune: CommuneRow, @Ctx() ctx: Context) {
    return commune.epciCode && ctx.loaders.load(epciByCode, commune.epciCode);
  }
}
