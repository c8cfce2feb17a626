import {
  Arg,
  Args,
  Ctx,
  Int,
  Query,
  Resolver,
  Root,
  Subscription,
  type SubscribeResolverData,
} from 'type-graphql';
import { requireScope } from '../auth/policy.ts';
import { EventMessage, EventPage } from '../events/event.type.ts';
import type { JournalLine } from '../events/line.ts';
import { live, type Message } from '../events/live.ts';
import { LiveArgs } from '../events/live.type.ts';
import { eventsAfter } from '../events/poll.ts';
import { ofTypes } from '../events/type-filter.ts';
import type { Context } from '../graphql/context.ts';
import { everythingFollowed } from './followed.ts';

const types =
  'Only of these types: `referral.accepted`, or `referral.*` for all of a subject’s; all if not said.';

function following({
  args,
  context,
}: SubscribeResolverData<unknown, LiveArgs & { types?: string[] | null }, Context>) {
  requireScope(context.viewer, 'events:read');
  const wanted = ofTypes(args.types);
  return live(
    context,
    { ...everythingFollowed, wants: (_ctx: Context, _row: unknown, line: JournalLine) => wanted(line.type) },
    args,
  );
}

/** The journal itself, whatever the subject: over a subscription, or asked for now and then. */
@Resolver()
export class EventsResolver {
  @Query(() => EventPage, {
    description:
      'The next events after a cursor, of all you may see now, oldest first: for tools that poll. Without `after` it is ' +
      'empty and its `checkpoint` says where now is: take it, read what you follow, then go on from it.',
  })
  events(
    @Arg('after', () => String, {
      nullable: true,
      description:
        'Cursor of the last event you dealt with, or the last `checkpoint`. RESYNC_REQUIRED when too old.',
    })
    after: string | null,
    @Arg('first', () => Int, {
      nullable: true,
      description: 'How many at most; 20 if not said, at most 100.',
    })
    first: number | null,
    @Arg('types', () => [String], { nullable: true, description: types }) asked: string[] | null,
    @Ctx() ctx: Context,
  ): Promise<EventPage> {
    requireScope(ctx.viewer, 'events:read');
    return eventsAfter(ctx, everythingFollowed, { after, first, types: asked });
  }

  @Subscription(() => EventMessage, {
    subscribe: following as never,
    description:
      'Everything you may see happen, live, whatever its subject: ids and codes, to read the rest by.',
  })
  eventReceived(
    @Root() { cursor, event, accessEnded }: Message<unknown>,
    @Arg('types', () => [String], { nullable: true, description: types }) _types: string[] | null,
    @Args(() => LiveArgs) _live: LiveArgs,
  ) {
    return { cursor, event, accessEnded };
  }
}
