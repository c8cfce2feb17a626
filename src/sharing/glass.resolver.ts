import { Arg, Args, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from 'type-graphql';
import { requireScope } from '../auth/policy.ts';
import { command, userErrorOf } from '../graphql/command.ts';
import { PageArgs } from '../graphql/connection.ts';
import type { Context } from '../graphql/context.ts';
import { listed } from '../graphql/lists.ts';
import { Instant } from '../graphql/scalars.ts';
import { refuseUnreadable } from '../graphql/text.ts';
import { Refusal } from '../kernel/refusal.ts';
import { organisationById } from '../partners/organisation.store.ts';
import { Organisation } from '../partners/organisation.type.ts';
import { personById } from '../people/person.store.ts';
import { Person } from '../people/person.type.ts';
import { breakGlass } from './glass.actions.ts';
import type { GlassRow } from './glass.row.ts';
import { glassById, glassList, sentencesOf } from './glass.store.ts';
import * as types from './glass.type.ts';

const { BrokenGlass, BrokenGlassConnection, BrokenGlassPayload } = types;

@Resolver(() => BrokenGlass)
export class BrokenGlassResolver {
  @Query(() => BrokenGlassConnection, {
    description:
      'Glasses broken, the latest first: by your organisation, about people you follow, and to the council all.',
  })
  glassBroken(
    @Arg('filter', () => types.BrokenGlassFilter, { nullable: true, description: 'Which ones.' })
    filter: types.BrokenGlassFilter | null,
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() ctx: Context,
  ) {
    requireScope(ctx.viewer, 'people:read');
    refuseUnreadable(filter, ['filter']);
    return listed(ctx, glassList(ctx.viewer, filter ?? {}), page, filter);
  }

  @FieldResolver(() => Person, {
    nullable: true,
    description: 'The person; null once nothing is open to you, or where nobody was found.',
  })
  person(@Root() row: GlassRow, @Ctx() ctx: Context) {
    return row.personId && ctx.loaders.load(personById, row.personId);
  }

  @FieldResolver(() => String, {
    nullable: true,
    description:
      'What was seen or heard, in the member’s own sentence; null once the record was erased or, where nobody was found, ' +
      'a year after, and to whom health or justice are closed (an employer, who only registered) unless it is their own.',
  })
  async detail(@Root() { id }: GlassRow, @Ctx() ctx: Context) {
    const [sentence] = await ctx.loaders.load(sentencesOf, id);
    return sentence?.detail ?? null;
  }

  @FieldResolver(() => Organisation, { nullable: true, description: 'Organisation of who did.' })
  organisation(@Root() row: GlassRow, @Ctx() ctx: Context) {
    return ctx.loaders.load(organisationById, row.organisationId);
  }

  @FieldResolver(() => Instant, {
    nullable: true,
    description: 'When it closes by itself; null where nobody was found.',
  })
  until(@Root() row: GlassRow) {
    return row.closesAt;
  }

  @Mutation(() => BrokenGlassPayload, {
    description:
      'Opens a person for three hours in an emergency, also one you do not follow: core, identity, contact and needs, ' +
      'health when their life is in danger, the pathway when they are missing, and never what the law closes to your ' +
      'organisation. By coordinators and managers of who may follow people, never by a tool; the council and who ' +
      'follows the person are told at once. Every attempt is kept, also in vain; five an hour, then TOO_MANY_ATTEMPTS.',
  })
  async breakGlass(
    @Arg('input', () => types.GlassBreaking, { description: 'Whom, and why.' }) input: types.GlassBreaking,
    @Ctx() ctx: Context,
  ) {
    let nobody = false;
    const payload = await command({
      ctx,
      operation: 'breakGlass',
      scope: 'people:write',
      input,
      noun: 'glass',
      read: glassById,
      act: async (tx) => {
        const { id, found } = await breakGlass(tx, input);
        nobody = !found;
        return { id };
      },
    });
    // traced, and then answered like whatever does not exist; so is the repeat of a key
    if (!nobody && payload.glass?.personId !== null) return payload;
    return { glass: null, userErrors: [userErrorOf(new Refusal('NOT_FOUND'), ctx)] };
  }
}
