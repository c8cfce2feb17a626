import { Arg, Args, Ctx, FieldResolver, ID, Int, Query, Resolver, Root } from 'type-graphql';
import { requireScope } from '../auth/policy.ts';
import { PageArgs } from '../graphql/connection.ts';
import type { Context } from '../graphql/context.ts';
import { cut } from '../graphql/cut.ts';
import { checkSaid, saidOf } from '../matching/requirement.rules.ts';
import { personById } from '../people/person.store.ts';
import type { PersonRow } from '../people/person.row.ts';
import { PersonConnection } from '../people/person.type.ts';
import { checkAsking } from './draft.rules.ts';
import { noteFew, peopleKnown } from './person-known.store.ts';
import { draftOf, previewed, type Preview } from './preview.store.ts';
import { RuleDraft, RulePreview } from './preview.type.ts';

@Resolver(() => RulePreview)
export class PreviewResolver {
  @Query(() => RulePreview, {
    nullable: true,
    description:
      'Whom a change of what an offer asks would bring in, and whom it would leave out, by all the rules of a match. It changes ' +
      'nothing. Null when the offer is not for you. Costs 100 points.',
  })
  async previewRule(
    @Arg('offer', () => ID, { description: 'TypeID `off_…`.' }) offer: string,
    @Arg('rule', () => RuleDraft, { description: 'What it would ask.' }) rule: RuleDraft,
    @Ctx() ctx: Context,
  ) {
    requireScope(ctx.viewer, 'people:read');
    checkSaid(saidOf(rule));
    checkAsking(rule, (field) => `rule.${field}`);
    const draft = await draftOf(ctx.reader, offer, rule);
    return draft && previewed(ctx.reader, draft);
  }

  @FieldResolver(() => Int, { description: 'Excluded today, and not then.' })
  comesIn(@Root() { comesIn }: Preview, @Ctx() { reader }: Context) {
    return counted(reader, comesIn);
  }

  @FieldResolver(() => Int, { description: 'Excluded then, and not today.' })
  dropsOut(@Root() { dropsOut }: Preview, @Ctx() { reader }: Context) {
    return counted(reader, dropsOut);
  }

  @FieldResolver(() => Int, { description: 'Excluded neither today nor then.' })
  stays(@Root() { stays }: Preview) {
    return stays.length;
  }

  @FieldResolver(() => Int, { description: 'Not excluded then, but a question would have to be asked.' })
  toAsk(@Root() { toAsk }: Preview) {
    return toAsk.length;
  }

  @FieldResolver(() => PersonConnection, { description: 'Who is excluded today, and not then.' })
  comingIn(@Root() { comesIn }: Preview, @Args(() => PageArgs) page: PageArgs, @Ctx() ctx: Context) {
    return shown(ctx, comesIn, page);
  }

  @FieldResolver(() => PersonConnection, { description: 'Who is excluded then, and not today.' })
  droppingOut(@Root() { dropsOut }: Preview, @Args(() => PageArgs) page: PageArgs, @Ctx() ctx: Context) {
    return shown(ctx, dropsOut, page);
  }
} // prettier-ignore

async function counted(reader: Context['reader'], ids: readonly string[]): Promise<number> {
  await noteFew(reader, [ids]);
  return ids.length;
}

/** Standing on the page tells of what was compared: it is read again, to be noted. */
async function shown({ reader, loaders }: Context, ids: readonly string[], page: PageArgs) {
  const list = cut(ids.map((id) => ({ id })), ({ id }) => id, page, ids);
  const on = list.nodes.map(({ id }) => id);
  if (on.length) await peopleKnown(reader, on);
  const rows = await Promise.all(on.map((id) => loaders.load(personById, id)));
  for (const [at, edge] of list.edges.entries()) edge.node = rows[at] as PersonRow;
  list.totalCount = () => counted(reader, ids);
  return list;
} // prettier-ignore
