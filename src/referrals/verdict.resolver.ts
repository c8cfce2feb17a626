import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { IaeEligibility } from '../eligibility/eligibility.type.ts';
import type { Context } from '../graphql/context.ts';
import type { ReferralRow } from './referral.row.ts';
import { Referral } from './referral.type.ts';
import { iaeOfReferral, verdictsOfReferral } from './verdict.store.ts';
import { RuleVerdict } from './verdict.type.ts';

@Resolver(() => Referral)
export class ReferralVerdictsResolver {
  @FieldResolver(() => [RuleVerdict], {
    description:
      'How the person met what the offer asks for when the referral was sent, a line for each kind of rule it sets. ' +
      'A public on health, justice, asylum, homelessness or family is always UNKNOWN: ask the sender. IAE is as of ' +
      'today. Empty for a draft, and once the person is no longer open to you.',
  })
  async verdicts(@Root() referral: ReferralRow, @Ctx() ctx: Context): Promise<RuleVerdict[]> {
    const [judged] = await ctx.loaders.load(verdictsOfReferral, referral.id);
    const iae = await ctx.loaders.load(iaeOfReferral, referral.id);
    const verdicts = { ...judged?.verdicts, ...(iae && { IAE: iae.verdict }) };
    return Object.entries(verdicts).map(([rule, verdict]) => ({ rule, verdict }) as RuleVerdict);
  }

  @FieldResolver(() => IaeEligibility, {
    nullable: true,
    description:
      'Where a SIAE employs: whether the person is eligible today, by whom diagnosed, until when, and never by which ' +
      'criterion. Null for other offers, for a draft, and once the person is no longer open to you.',
  })
  iaeEligibility(@Root() referral: ReferralRow, @Ctx() ctx: Context) {
    return ctx.loaders.load(iaeOfReferral, referral.id);
  }
}
