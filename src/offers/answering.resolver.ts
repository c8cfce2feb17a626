import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { Context } from '../graphql/context.ts';
import { Day } from '../graphql/scalars.ts';
import { calendarOf } from '../kernel/calendar.ts';
import { parisDay } from '../kernel/clock.ts';
import { answersFrom } from '../partners/closure.rules.ts';
import { closuresOf } from '../partners/closure.store.ts';
import type { OfferRow } from './offer.row.ts';
import { Offer } from './offer.type.ts';

/** Whose answer is awaited, and where: an offer's or a vacancy's. */
export type AnsweredAt = Pick<OfferRow, 'organisationId' | 'siteId' | 'communeCode'>;

/** The first day on which its provider answers again, of its own closures and those of the place. */
export async function answeringFrom(
  ctx: Context,
  { organisationId, siteId, communeCode }: AnsweredAt,
): Promise<string | null> {
  const held = (await ctx.loaders.load(closuresOf, organisationId)) ?? [];
  const here = held.filter((closure) => closure.siteId === null || closure.siteId === siteId);
  const closed = here.map(({ fromDay, toDay }) => ({ from: fromDay, to: toDay }));
  return answersFrom(parisDay(ctx.reader.now), closed, calendarOf(communeCode));
}

@Resolver(() => Offer)
export class OfferAnsweringResolver {
  @FieldResolver(() => Day, {
    nullable: true,
    description:
      'The first business day on which its provider answers again; null when it is not closed today. Days on which it ' +
      'is closed do not count in the time to answer.',
  })
  answersFrom(@Root() offer: OfferRow, @Ctx() ctx: Context) {
    return answeringFrom(ctx, offer);
  }
}
