import { Arg, ID, Resolver, Root, Subscription, type SubscribeResolverData } from 'type-graphql';
import { requireScope } from '../auth/policy.ts';
import { live, type Message } from '../events/live.ts';
import type { Context } from '../graphql/context.ts';
import { wanted, type Following } from './following.rules.ts';
import type { ReferralRow } from './referral.row.ts';
import type { ReferralState as State } from './referral.rules.ts';
import { referralById } from './referral.store.ts';
import { ReferralState, ReferralMessage } from './referral.type.ts';

function following({ args, context }: SubscribeResolverData<unknown, Following, Context>) {
  requireScope(context.viewer, 'referrals:read');
  return live<ReferralRow>(context, {
    subject: 'Referral',
    read: referralById,
    wants: (row) => wanted(args, row),
  });
}

@Resolver()
export class ReferralFollowingResolver {
  @Subscription(() => ReferralMessage, {
    subscribe: following as never,
    description:
      'Each step of a referral you may see (sent, acknowledged, accepted, a place offered, ended…), live; your ' +
      'rights are checked when it is told.',
  })
  referralUpdated(
    @Root() { event, subject }: Message<ReferralRow>,
    @Arg('sender', () => ID, { nullable: true, description: 'Only sent by this organisation.' })
    _sender: string | null,
    @Arg('receiver', () => ID, { nullable: true, description: 'Only received by this organisation.' })
    _receiver: string | null,
    @Arg('organisation', () => ID, {
      nullable: true,
      description: 'Only with this organisation on one side.',
    })
    _organisation: string | null,
    @Arg('offer', () => ID, { nullable: true, description: 'Only to this offer.' }) _offer: string | null,
    @Arg('person', () => ID, { nullable: true, description: 'Only of this person.' }) _person: string | null,
    @Arg('states', () => [ReferralState], {
      nullable: true,
      description: 'Only when it is then in one of these states.',
    })
    _states: State[] | null,
  ) {
    return { event, referral: subject };
  }
}
