import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { passUnknownOf } from '../eligibility/pass.store.ts';
import type { Context } from '../graphql/context.ts';
import { registerVocabulary } from '../graphql/vocabulary.ts';
import { offerById } from '../offers/offer.store.ts';
import type { PlacementRow } from './placement.row.ts';
import { Placement } from './placement.type.ts';
import * as rules from './warning.rules.ts';

const PlacementWarning = registerVocabulary(
  'PlacementWarning',
  'What is to be seen to while a placement runs; nothing is refused for it.',
  rules.PlacementWarning,
);

@Resolver(() => Placement)
export class PlacementWarningResolver {
  @FieldResolver(() => [PlacementWarning], {
    description:
      'What is to be seen to while it runs, as of today: the SIAE that employs and who sees the person’s pathway are ' +
      'told that no pass is known. Empty for others.',
  })
  async warnings(@Root() placement: PlacementRow, @Ctx() ctx: Context) {
    const offer = await ctx.loaders.load(offerById, placement.offerId);
    const unknown = await ctx.loaders.load(passUnknownOf, placement.personId);
    return rules.warningsOf(placement.state, offer?.siaeKind != null, unknown);
  }
}
