import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { Context } from '../graphql/context.ts';
import type * as rules from '../people/profile.rules.ts';
import { WorkConstraint } from '../people/profile.type.ts';
import type { ReferralRow } from './referral.row.ts';
import { Referral } from './referral.type.ts';
import { workConstraintsOf } from './work.store.ts';

@Resolver(() => Referral)
export class ReferralWorkResolver {
  @FieldResolver(() => [WorkConstraint], {
    nullable: true,
    description:
      'What the work must be like (hours, loads, posture…), never why: for the receiver of a referral to work or an ' +
      'immersion, from acceptance until the placement is over. Empty when nothing is stated: ask. Null before, after, ' +
      'for other offers, and for others: who follows the person reads `Person.profile`.',
  })
  workConstraints(
    @Root() referral: ReferralRow,
    @Ctx() ctx: Context,
  ): Promise<rules.WorkConstraint[] | null> {
    return ctx.loaders.load(workConstraintsOf, referral.id);
  }
}
