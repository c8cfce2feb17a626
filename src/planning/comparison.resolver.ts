import { Arg, Args, Ctx, FieldResolver, ID, Int, Query, Resolver, Root } from 'type-graphql';
import { requireScope } from '../auth/policy.ts';
import { PageArgs } from '../graphql/connection.ts';
import type { Context } from '../graphql/context.ts';
import { listed } from '../graphql/lists.ts';
import { AssignmentComparison, AssignmentShareChange } from './comparison.type.ts';
import { changeOf } from './fairness.rules.ts';
import { linesNotIn } from './line.store.ts';
import type { AssignmentRunRow } from './run.row.ts';
import { runById } from './run.store.ts';
import { AssignmentLineConnection } from './run.type.ts';

interface Compared {
  a: AssignmentRunRow;
  b: AssignmentRunRow;
}

@Resolver(() => AssignmentComparison)
export class AssignmentComparisonResolver {
  @Query(() => AssignmentComparison, {
    nullable: true,
    description:
      'Two runs side by side, the second against the first. Null unless both are done and for you.',
  })
  async compareAssignments(
    @Arg('a', () => ID, { description: 'The first (`run_…`).' }) first: string,
    @Arg('b', () => ID, { description: 'The second (`run_…`).' }) second: string,
    @Ctx() ctx: Context,
  ): Promise<Compared | null> {
    requireScope(ctx.viewer, 'people:read');
    const [a, b] = await Promise.all([first, second].map((id) => ctx.loaders.load(runById, id)));
    return a?.state === 'DONE' && b?.state === 'DONE' ? { a, b } : null;
  }

  @FieldResolver(() => Int, { description: 'How many more people have a place in the second.' })
  placedMore(@Root() { a, b }: Compared) {
    return b.placed! - a.placed!;
  }

  @FieldResolver(() => Int, { description: 'How much greater the sum of the scores is in the second.' })
  totalMore(@Root() { a, b }: Compared) {
    return b.total! - a.total!;
  }

  @FieldResolver(() => [AssignmentShareChange], {
    description: 'What changes for each group both tell of; everybody first.',
  })
  shares(@Root() { a, b }: Compared) {
    return changeOf(a.shares, b.shares);
  }

  @FieldResolver(() => AssignmentLineConnection, {
    description:
      'Places of the first that the second does not give the same person, as far as the person is for you.',
  })
  onlyInA(@Root() { a, b }: Compared, @Args(() => PageArgs) page: PageArgs, @Ctx() ctx: Context) {
    return listed(ctx, linesNotIn(a.id, b.id), page, [a.id, b.id]);
  }

  @FieldResolver(() => AssignmentLineConnection, {
    description:
      'Places of the second that the first does not give the same person, as far as the person is for you.',
  })
  onlyInB(@Root() { a, b }: Compared, @Args(() => PageArgs) page: PageArgs, @Ctx() ctx: Context) {
    return listed(ctx, linesNotIn(b.id, a.id), page, [b.id, a.id]);
  }
}
