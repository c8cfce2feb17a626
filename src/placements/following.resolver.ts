import { Arg, Args, ID, Resolver, Root, Subscription, type SubscribeResolverData } from 'type-graphql';
import { requireScope } from '../auth/policy.ts';
import type { JournalLine } from '../events/line.ts';
import { live, stateThen, type Message } from '../events/live.ts';
import { LiveArgs } from '../events/live.type.ts';
import type { Context } from '../graphql/context.ts';
import { namedTo } from '../partners/discretion.ts';
import { wanted, type Following } from './following.rules.ts';
import { placementFollowed } from './following.store.ts';
import type { PlacementRow } from './placement.row.ts';
import type { PlacementState as State } from './placement.rules.ts';
import { PlacementMessage, PlacementState } from './placement.type.ts';

function following({ args, context }: SubscribeResolverData<unknown, Following & LiveArgs, Context>) {
  requireScope(context.viewer, 'referrals:read');
  const following = {
    ...placementFollowed,
    wants: async (ctx: Context, row: PlacementRow, line: JournalLine) => {
      const sender = await namedTo(ctx, row.senderId, row.receiverId);
      return wanted(args, { ...row, senderId: sender?.id ?? '', state: stateThen(line, row.state) });
    },
    asked: args.person,
  };
  return live(context, following, args);
}

@Resolver()
export class PlacementFollowingResolver {
  @Subscription(() => PlacementMessage, {
    subscribe: following as never,
    description:
      'Each step of a placement you may see (started, suspended, renewed, ended…), live; your rights are checked when ' +
      'it is told.',
  })
  placementUpdated(
    @Root() { subject, ...message }: Message<PlacementRow>,
    @Arg('organisation', () => ID, {
      nullable: true,
      description: 'Only with this organisation on one side.',
    })
    _organisation: string | null,
    @Arg('offer', () => ID, { nullable: true, description: 'Only in this offer.' }) _offer: string | null,
    @Arg('person', () => ID, { nullable: true, description: 'Only of this person.' }) _person: string | null,
    @Arg('states', () => [PlacementState], {
      nullable: true,
      description: 'Only when it is then in one of these states.',
    })
    _states: State[] | null,
    @Args(() => LiveArgs) _live: LiveArgs,
  ) {
    return { ...message, placement: subject };
  }
}
