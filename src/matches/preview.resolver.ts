import { Arg, Ctx, ID, Query, Resolver } from 'type-graphql';
import { requireScope } from '../auth/policy.ts';
import type { Context } from '../graphql/context.ts';
import { askedBy, checkSaid, saidOf } from '../matching/requirement.rules.ts';
import { requirementsOf } from '../matching/requirement.store.ts';
import { offerById } from '../offers/offer.store.ts';
import { previewOf } from './preview.store.ts';
import { RuleDraft, RulePreview } from './preview.type.ts';

@Resolver(() => RulePreview)
export class PreviewResolver {
  @Query(() => RulePreview, {
    nullable: true,
    description:
      'Whom a change of what an offer asks would bring in, and whom it would leave out, of the people whose profile you may ' +
      'read. It changes nothing. Null when the offer is not for you. Costs 30 points.',
  })
  async previewRule(
    @Arg('offer', () => ID, { description: 'TypeID `off_…`.' }) offer: string,
    @Arg('rule', () => RuleDraft, { description: 'What it would ask.' }) rule: RuleDraft,
    @Ctx() ctx: Context,
  ) {
    requireScope(ctx.viewer, 'people:read');
    if (!(await ctx.loaders.load(offerById, offer))) return null;
    const said = saidOf(rule);
    checkSaid(said);
    const [current] = await ctx.loaders.load(requirementsOf, offer);
    const draft = { now: askedBy(current ?? null, null), then: askedBy(said, null) };
    return ctx.loaders.load(previewOf, draft);
  }
}
