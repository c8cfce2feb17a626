import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import type { Transaction } from '../db/transaction.ts';
import { command } from '../graphql/command.ts';
import type { Context } from '../graphql/context.ts';
import type { Command } from '../graphql/payload.ts';
import { NewOffer, OfferMove, OfferPayload, OfferSuspension, OfferUpdate } from './offer-input.type.ts';
import {
  archiveOffer,
  confirmOffer,
  draftOffer,
  publishOffer,
  suspendOffer,
  updateOffer,
} from './offer.actions.ts';
import { offerById } from './offer.store.ts';
import { Offer } from './offer.type.ts';

@Resolver(() => Offer)
export class OfferMutationResolver {
  @Mutation(() => OfferPayload, {
    description:
      'Drafts an offer for one’s own organisation. By its providers and managers, like every move of an offer.',
  })
  draftOffer(
    @Arg('input', () => NewOffer, { description: 'The offer.' }) input: NewOffer,
    @Ctx() ctx: Context,
  ) {
    return offerCommand(ctx, 'draftOffer', input, (tx) => draftOffer(tx, input));
  }

  @Mutation(() => OfferPayload, {
    description:
      'Puts a draft into the catalogue, or a suspended offer back. It needs a description and a place (`site` or `commune`).',
  })
  publishOffer(
    @Arg('input', () => OfferMove, { description: 'The offer.' }) input: OfferMove,
    @Ctx() ctx: Context,
  ) {
    return offerCommand(ctx, 'publishOffer', input, (tx) => publishOffer(tx, input));
  }

  @Mutation(() => OfferPayload, {
    description: 'Changes an offer that is not archived. Changing one in the catalogue confirms it.',
  })
  updateOffer(
    @Arg('input', () => OfferUpdate, { description: 'What changes.' }) input: OfferUpdate,
    @Ctx() ctx: Context,
  ) {
    return offerCommand(ctx, 'updateOffer', input, (tx) => updateOffer(tx, input));
  }

  @Mutation(() => OfferPayload, {
    description: 'Says that an offer of the catalogue still holds as it is; it is then no longer stale.',
  })
  confirmOffer(
    @Arg('input', () => OfferMove, { description: 'The offer.' }) input: OfferMove,
    @Ctx() ctx: Context,
  ) {
    return offerCommand(ctx, 'confirmOffer', input, (tx) => confirmOffer(tx, input));
  }

  @Mutation(() => OfferPayload, {
    description: 'Takes nobody for the moment: the offer stays in the catalogue, marked SUSPENDED.',
  })
  suspendOffer(
    @Arg('input', () => OfferSuspension, { description: 'The offer, and until when.' })
    input: OfferSuspension,
    @Ctx() ctx: Context,
  ) {
    return offerCommand(ctx, 'suspendOffer', input, (tx) => suspendOffer(tx, input));
  }

  @Mutation(() => OfferPayload, {
    description: 'Takes an offer out of the catalogue for good; referrals made to it still read it.',
  })
  archiveOffer(
    @Arg('input', () => OfferMove, { description: 'The offer.' }) input: OfferMove,
    @Ctx() ctx: Context,
  ) {
    return offerCommand(ctx, 'archiveOffer', input, (tx) => archiveOffer(tx, input));
  }
}

/** What all mutations of an offer have in common. */
function offerCommand<I extends Command>(
  ctx: Context,
  operation: string,
  input: I,
  act: (tx: Transaction) => Promise<{ id: string }>,
) {
  const subject = 'offer' in input ? { subject: input.offer as string } : {};
  return command({
    ctx,
    operation,
    scope: 'offers:write',
    input,
    noun: 'offer',
    read: offerById,
    ...subject,
    act,
  });
}
