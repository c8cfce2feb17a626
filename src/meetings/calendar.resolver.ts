import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import { holds } from '../auth/policy.ts';
import type { Transaction } from '../db/transaction.ts';
import { command } from '../graphql/command.ts';
import type { Context } from '../graphql/context.ts';
import { Member } from '../partners/member.type.ts';
import { createCalendarFeed, revokeCalendarFeed } from './calendar.actions.ts';
import { feedById, feedOfMember } from './calendar.store.ts';
import {
  CalendarAddressPayload,
  CalendarFeed,
  CalendarFeedPayload,
  CalendarFeedRevocation,
  NewCalendarFeed,
} from './calendar.type.ts';

interface Asked {
  ctx: Context;
  operation: string;
  input: { idempotencyKey?: string | null; feed?: string };
}

function run({ ctx, operation, input }: Asked, act: (tx: Transaction) => Promise<{ id: string }>) {
  return command({
    ...{ ctx, operation, scope: 'referrals:write', input, noun: 'calendarFeed', read: feedById, act },
    ...(input.feed !== undefined && { subject: input.feed }),
  });
}

@Resolver(() => Member)
export class CalendarFeedResolver {
  @FieldResolver(() => CalendarFeed, {
    nullable: true,
    description: 'The calendar open for this member; null without one, and but for oneself and managers.',
  })
  calendarFeed(@Root() { id }: { id: string }, @Ctx() ctx: Context) {
    const { viewer } = ctx;
    const own = viewer.kind === 'MEMBER' && (viewer.member === id || holds(viewer, 'manageMembers'));
    return own ? ctx.loaders.load(feedOfMember, id) : null;
  }

  @Mutation(() => CalendarAddressPayload, {
    description:
      'Gives oneself an address at which a calendar program reads one’s meetings, without a name, shown once; the one there ' +
      'was opens nothing any more. By a member who meets or refers people, in person.',
  })
  async createCalendarFeed(
    @Arg('input', () => NewCalendarFeed, { description: 'In which language.' }) input: NewCalendarFeed,
    @Ctx() ctx: Context,
  ) {
    let path: string | null = null;
    const payload = await run({ ctx, operation: 'createCalendarFeed', input }, async (tx) => {
      const { id, secret } = await createCalendarFeed(tx, input);
      path = `/calendar/${secret}.ics`;
      return { id };
    });
    return { ...payload, path: payload.userErrors.length ? null : path };
  }

  @Mutation(() => CalendarFeedPayload, {
    description: 'Closes the address of a calendar at once, for good. By its member, or a manager.',
  })
  revokeCalendarFeed(
    @Arg('input', () => CalendarFeedRevocation, { description: 'Which.' }) input: CalendarFeedRevocation,
    @Ctx() ctx: Context,
  ) {
    return run({ ctx, operation: 'revokeCalendarFeed', input }, (tx) => revokeCalendarFeed(tx, input));
  }
}
