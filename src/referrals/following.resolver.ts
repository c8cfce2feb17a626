import { Arg, Args, ID, Resolver, Root, Subscription, type SubscribeResolverData } from 'type-graphql';
import { requireScope } from '../auth/policy.ts';
import type { JournalLine } from '../events/line.ts';
import { live, stateThen, type Message } from '../events/live.ts';
import { LiveArgs } from '../events/live.type.ts';
import type { Context } from '../graphql/context.ts';
import { namedTo } from '../partners/discretion.ts';
import { wanted, type Following } from './following.rules.ts';
import { referralFollowed } from './following.store.ts';
import type { ReferralRow } from './referral.row.ts';
import type { ReferralState as State } from './referral.rules.ts';
import { ReferralState, ReferralMessage } from './referral.type.ts';

function following({ args, context }: SubscribeResolverData<unknown, Following & LiveArgs, Context>) {
  requireScope(context.viewer, 'referrals:read');
  const byName = args.sender != null || args.organisation != null;
  const following = {
    ...referralFollowed,
    wants: async (ctx: Context, row: ReferralRow, line: JournalLine) =>
      wanted(args, { ...(byName ? await asNamed(ctx, row) : row), state: stateThen(line, row.state) }),
    asked: args.person,
  };
  return live(context, following, args);
}

/** A partner that is not named to the viewer is not found by its name either. */
async function asNamed(ctx: Context, row: ReferralRow) {
  const named = async (id: string) => (await namedTo(ctx, id, row.receiverId))?.id ?? '';
  return {
    ...row,
    senderId: await named(row.senderId),
    followerId: await named(row.followerId ?? row.senderId),
  };
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
    @Root() { subject, ...message }: Message<ReferralRow>,
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
    @Args(() => LiveArgs) _live: LiveArgs,
  ) {
    return { ...message, referral: subject };
  }
}
