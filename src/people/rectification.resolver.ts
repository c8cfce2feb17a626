import { Args, Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { PageArgs } from '../graphql/connection.ts';
import type { Context } from '../graphql/context.ts';
import { children } from '../graphql/lists.ts';
import { namedAsAuthor } from '../partners/discretion.ts';
import { Organisation } from '../partners/organisation.type.ts';
import type { PersonRow } from './person.row.ts';
import { Person } from './person.type.ts';
import type { RectificationRow } from './rectification.row.ts';
import { inWords } from './rectification.rules.ts';
import { rectificationsOf } from './rectification.store.ts';
import { FormerValue, Rectification, RectificationConnection } from './rectification.type.ts';

@Resolver(() => Rectification)
export class RectificationResolver {
  @FieldResolver(() => [FormerValue], { description: 'What it replaced.' })
  former(@Root() { former }: RectificationRow): FormerValue[] {
    return Object.entries(former).map(([field, value]) => ({ field, value: inWords(value) }));
  }

  @FieldResolver(() => Organisation, {
    nullable: true,
    description: 'Who changed it; null: the hub, or a social partner whose name would say too much.',
  })
  by(@Root() { organisationId }: RectificationRow, @Ctx() ctx: Context) {
    return namedAsAuthor(ctx, organisationId);
  }
}

@Resolver(() => Person)
export class RectifiedPersonResolver {
  @FieldResolver(() => RectificationConnection, {
    description:
      'What was known before it was changed, the latest first: identity, contact, profile, action sought. ' +
      'Empty unless you follow the person.',
  })
  rectifications(@Root() person: PersonRow, @Args(() => PageArgs) page: PageArgs, @Ctx() ctx: Context) {
    return children(ctx, rectificationsOf, person.id, page);
  }
}
