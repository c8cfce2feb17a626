import { Arg, Args, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from 'type-graphql';
import { requireScope } from '../auth/policy.ts';
import { command } from '../graphql/command.ts';
import { PageArgs } from '../graphql/connection.ts';
import type { Context } from '../graphql/context.ts';
import { listed } from '../graphql/lists.ts';
import { Day } from '../graphql/scalars.ts';
import type { PersonRow } from '../people/person.row.ts';
import { personById } from '../people/person.store.ts';
import { Person, PersonPayload } from '../people/person.type.ts';
import { keepPerson } from './retention.actions.ts';
import type { RetentionNoticeRow } from './retention.row.ts';
import { noticeList, openNoticeOf } from './retention.store.ts';
import {
  PersonKeeping,
  RetentionNotice,
  RetentionNoticeConnection,
  RetentionNoticeFilter,
} from './retention.type.ts';

@Resolver(() => RetentionNotice)
export class RetentionNoticeResolver {
  @Query(() => RetentionNoticeConnection, {
    description: 'The people you follow whom the hub is about to erase, the nearest day first.',
  })
  retentionNotices(
    @Arg('filter', () => RetentionNoticeFilter, {
      nullable: true,
      description: 'Which ones; all if not said.',
    })
    filter: RetentionNoticeFilter | null,
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() ctx: Context,
  ) {
    requireScope(ctx.viewer, 'people:read');
    return listed(ctx, noticeList(filter?.dueBefore), page, filter);
  }

  @FieldResolver(() => Day, { description: 'The day on which the person is erased.' })
  erasureDueOn(@Root() { eraseOn }: RetentionNoticeRow) {
    return eraseOn;
  }

  @FieldResolver(() => Person, { nullable: true, description: 'Whom it is about.' })
  person(@Root() { personId }: RetentionNoticeRow, @Ctx() ctx: Context) {
    return ctx.loaders.load(personById, personId);
  }
}

@Resolver(() => Person)
export class KeptPersonResolver {
  @FieldResolver(() => Day, {
    nullable: true,
    description:
      'The day on which the hub erases the person unless somebody acts on them; null while nothing is planned, or when you do not follow them.',
  })
  async erasureDueOn(@Root() person: PersonRow, @Ctx() ctx: Context) {
    return (await ctx.loaders.load(openNoticeOf, person.id))?.eraseOn ?? null;
  }

  @Mutation(() => PersonPayload, {
    description:
      'Says that a person under notice of erasure is still needed; two more years then run. By coordinators who follow ' +
      'the person. WRONG_STATE when no notice runs.',
  })
  keepPerson(
    @Arg('input', () => PersonKeeping, { description: 'Whom, and why.' }) input: PersonKeeping,
    @Ctx() ctx: Context,
  ) {
    return command({
      ctx,
      operation: 'keepPerson',
      scope: 'people:write',
      input,
      noun: 'person',
      read: personById,
      subject: input.person,
      act: (tx) => keepPerson(tx, input),
    });
  }
}
