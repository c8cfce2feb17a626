import { Args, Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { PageArgs } from '../graphql/connection.ts';
import type { Context } from '../graphql/context.ts';
import { children } from '../graphql/lists.ts';
import { organisationById } from '../partners/organisation.store.ts';
import { Organisation } from '../partners/organisation.type.ts';
import { DisclosureReason, Person } from '../people/person.type.ts';
import type { AccessLogRow } from './access-log.row.ts';
import { followedBy, linesOf, readerOf, reasonsTold } from './access-log.store.ts';
import { AccessLogEntry, AccessLogEntryConnection } from './access-log.type.ts';

@Resolver(() => AccessLogEntry)
export class AccessLogResolver {
  @FieldResolver(() => [DisclosureReason], {
    description:
      'By which rights of its organisation it was open; those of a double record to the council and itself alone.',
  })
  why(@Root() line: AccessLogRow, @Ctx() ctx: Context) {
    return reasonsTold(ctx.viewer, line);
  }

  @FieldResolver(() => Organisation, {
    nullable: true,
    description: 'Who read; a social partner whose name would say too much is named to the council alone.',
  })
  async organisation(@Root() { organisationId }: AccessLogRow, @Ctx() ctx: Context) {
    const by = await ctx.loaders.load(organisationById, organisationId);
    const { organisation, organisationKind } = ctx.viewer;
    return by?.sensitive && by.id !== organisation && organisationKind !== 'COUNCIL' ? null : by;
  }

  @FieldResolver(() => String, {
    nullable: true,
    description: 'Name of the member who read, or whom the tool acts for; null as `organisation` is.',
  })
  async member(@Root() { id }: AccessLogRow, @Ctx() ctx: Context) {
    return (await ctx.loaders.load(readerOf, id))?.member ?? null;
  }

  @FieldResolver(() => String, {
    nullable: true,
    description:
      'Name of the software it was read through; null for a member signed in, and as `organisation` is.',
  })
  async tool(@Root() { id }: AccessLogRow, @Ctx() ctx: Context) {
    return (await ctx.loaders.load(readerOf, id))?.tool ?? null;
  }
}

@Resolver(() => Person)
export class PersonAccessLogResolver {
  @FieldResolver(() => AccessLogEntryConnection, {
    nullable: true,
    description:
      'Each time data of the person were opened to somebody, the latest first, kept three years. For those who follow ' +
      'the person: the referent’s organisation, the council, who registered while nobody else follows; null to others. ' +
      'Reading it is not logged itself: it holds no data of the person.',
  })
  async accessLog(@Root() person: Person, @Args(() => PageArgs) page: PageArgs, @Ctx() ctx: Context) {
    return (await ctx.loaders.load(followedBy, person.id)) ? children(ctx, linesOf, person.id, page) : null;
  }
}
