import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { Context } from '../graphql/context.ts';
import { Vacancy } from '../vacancies/vacancy.type.ts';
import { nextBestFor } from './next-best.store.ts';
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

  @FieldResolver(() => [Vacancy], {
    description:
      'Where else the person could go, for the sender alone: at most three open vacancies with a place left, of the same ' +
      'kind of offer and a domain or theme in common, of no trade the person refuses and no offer within the wait after its ' +
      'refusal; of another provider first, then the nearest to the person. Costs twenty points.',
  })
  nextBest(@Root() referral: ReferralRow, @Ctx() ctx: Context) {
    return ctx.loaders.load(nextBestFor, referral.id);
  }
}
