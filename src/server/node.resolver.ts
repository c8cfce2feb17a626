import { Arg, Ctx, ID, Query, Resolver } from 'type-graphql';
import type { Context } from '../graphql/context.ts';
import { Node } from '../graphql/node.ts';
import { largestPage } from '../kernel/page.ts';
import { Refusal } from '../kernel/refusal.ts';
import { nodeById } from './nodes.ts';

@Resolver()
export class NodeResolver {
  @Query(() => Node, { nullable: true, description: 'Anything by its id; null when unknown or not for you.' })
  node(@Arg('id', () => ID, { description: 'TypeID.' }) id: string, @Ctx() ctx: Context) {
    return nodeById(ctx, id);
  }

  @Query(() => [Node], {
    nullable: 'items',
    description: 'Several things by their ids (at most 100), in the order asked.',
  })
  nodes(@Arg('ids', () => [ID], { description: 'TypeIDs.' }) ids: string[], @Ctx() ctx: Context) {
    if (ids.length > largestPage)
      throw new Refusal('LIMIT_EXCEEDED', { reason: 'PAGE_SIZE', largest: largestPage });
    return ids.map((id) => nodeById(ctx, id));
  }
}
