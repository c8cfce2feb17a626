import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { holds } from '../auth/policy.ts';
import type { Context } from '../graphql/context.ts';
import type { Code } from '../kernel/codes.ts';
import { hasScope } from '../kernel/viewer.ts';
import { vacancyById } from '../vacancies/vacancy.store.ts';
import { availableMoves, type Available } from './available.rules.ts';
import { countedOffer } from './destination.store.ts';
import { AvailableMove } from './history.type.ts';
import { sidesOf } from './move.actions.ts';
import type { ReferralRow } from './referral.row.ts';
import { Referral } from './referral.type.ts';

@Resolver(() => Referral)
export class ReferralAvailableResolver {
  @FieldResolver(() => [AvailableMove], {
    description:
      'Every move a partner can make, and whether you may make it now, with the places as they are.',
  })
  async availableMoves(@Root() row: ReferralRow, @Ctx() ctx: Context): Promise<Available[]> {
    const writes = hasScope(ctx.viewer, 'referrals:write');
    return availableMoves(row, {
      actors: sidesOf(row, ctx.viewer),
      mayAnswer: writes && holds(ctx.viewer, 'answer'),
      mayRefer: writes && holds(ctx.viewer, 'refer'),
      now: ctx.reader.now,
      obstacle: await obstacleToAccept(ctx, row),
    });
  }
}

async function obstacleToAccept(ctx: Context, row: ReferralRow): Promise<Code | null> {
  if (row.holdsPlace) return null;
  if (row.vacancyId === null)
    return (await ctx.loaders.load(countedOffer, row.offerId)) ? 'VACANCY_REQUIRED' : null;
  const vacancy = await ctx.loaders.load(vacancyById, row.vacancyId);
  if (vacancy?.state === 'FILLED') return 'NO_PLACE_LEFT';
  return vacancy?.state === 'OPEN' ? null : 'WRONG_STATE';
}
