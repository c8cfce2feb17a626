import { Arg, Ctx, FieldResolver, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import { requireScope } from '../auth/policy.ts';
import { command } from '../graphql/command.ts';
import type { Context } from '../graphql/context.ts';
import { Day } from '../graphql/scalars.ts';
import { parisDay } from '../kernel/clock.ts';
import type * as offers from '../offers/offer.rules.ts';
import { OfferKind } from '../offers/offer.type.ts';
import { setDelays } from './delay.actions.ts';
import { delaysOn, settingById, type DelaysHeld } from './delay.store.ts';
import { NewDelays, ReferralDelays, ReferralDelaysPayload } from './delay.type.ts';

@Resolver(() => ReferralDelays)
export class DelayResolver {
  @Query(() => ReferralDelays, {
    description: 'The delays a referral sent on a day is under: of a kind of offer, else those for all.',
  })
  delays(
    @Arg('kind', () => OfferKind, {
      nullable: true,
      description: 'A kind of offer; those for all if not said.',
    })
    kind: offers.OfferKind | null,
    @Arg('on', () => Day, { nullable: true, description: 'The day; today if not said.' }) on: string | null,
    @Ctx() ctx: Context,
  ) {
    requireScope(ctx.viewer, 'offers:read');
    return ctx.loaders.load(delaysOn, { kind, on: on ?? parisDay(ctx.reader.now) });
  }

  @FieldResolver(() => Day, { nullable: true, description: 'Since when they hold; null for the defaults.' })
  from(@Root() { fromDay }: DelaysHeld) {
    return fromDay;
  }

  @FieldResolver(() => Int, { description: 'Business days to take charge.' })
  acknowledge(@Root() { value }: DelaysHeld) {
    return value.acknowledge;
  }

  @FieldResolver(() => Int, { description: 'Business days to answer.' })
  answer(@Root() { value }: DelaysHeld) {
    return value.answer;
  }

  @FieldResolver(() => Int, { description: 'Calendar days on the waiting list.' })
  waiting(@Root() { value }: DelaysHeld) {
    return value.waiting;
  }

  @FieldResolver(() => Int, { description: 'Business days an acceptance is held after the announced start.' })
  holdAfterStart(@Root() { value }: DelaysHeld) {
    return value.holdAfterStart;
  }

  @FieldResolver(() => Int, {
    description: 'Business days an acceptance is held where no start is announced.',
  })
  holdWithoutStart(@Root() { value }: DelaysHeld) {
    return value.holdWithoutStart;
  }

  @Mutation(() => ReferralDelaysPayload, {
    description:
      'Sets the delays of referrals sent from a day on; what was sent before keeps its own. By managers of the council.',
  })
  setDelays(
    @Arg('input', () => NewDelays, { description: 'The delays.' }) input: NewDelays,
    @Ctx() ctx: Context,
  ) {
    return command({
      ctx,
      operation: 'setDelays',
      scope: 'offers:write',
      input,
      noun: 'delays',
      read: settingById,
      act: (tx) => setDelays(tx, input),
    });
  }
}
