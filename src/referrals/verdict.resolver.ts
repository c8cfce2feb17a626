import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { Context } from '../graphql/context.ts';
import type { ReferralRow } from './referral.row.ts';
import { Referral } from './referral.type.ts';
import { verdictsOfReferral } from './verdict.store.ts';
import { RuleVerdict } from './verdict.type.ts';

@Resolver(() => Referral)
export class ReferralVerdictsResolver {
  @FieldResolver(() => [RuleVerdict], {
    description:
      'How the person met what the offer asks for when the referral was sent, a line for each kind of rule it sets. ' +
      'A public on health, justice, asylum, homelessness or family is always UNKNOWN: ask the sender. Empty for a ' +
      'draft, and once the person is no longer open to you.',
  })
  async verdicts(@Root() referral: ReferralRow, @Ctx() ctx: Context): Promise<RuleVerdict[]> {
    const [judged] = await ctx.loaders.load(verdictsOfReferral, referral.id);
    return Object.entries(judged?.verdicts ?? {}).map(
      ([rule, verdict]) => ({ rule, verdict }) as RuleVerdict,
    );
  }
}
