import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { Context } from '../graphql/context.ts';
import type { ReferralRow } from './referral.row.ts';
import { Referral } from './referral.type.ts';
import { stopsOf } from './stop.store.ts';
import { ClockStop } from './stop.type.ts';

/** What a referral tells of its clock. */
@Resolver(() => Referral)
export class ReferralClockResolver {
  @FieldResolver(() => [ClockStop], {
    description:
      'When its time to answer stood still, oldest first; one whose end is yet to come stops it now. Deadlines have ' +
      'moved by the business time that was stopped.',
  })
  clockStops(@Root() referral: ReferralRow, @Ctx() ctx: Context) {
    return ctx.loaders.load(stopsOf, referral.id);
  }
}
