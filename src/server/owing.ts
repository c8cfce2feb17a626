import { OperationTypeNode, type GraphQLSchema } from 'graphql';
import { askingPurpose, owesPurpose } from '../audit/purpose.store.ts';
import type { Context } from '../graphql/context.ts';
import { Refusal } from '../kernel/refusal.ts';
import type { Operation } from './cost.ts';
import { toldBy } from './telling.ts';

/**
 * Whoever must state why they read is asked before a mutation writes, never after: at once where its answer goes through a
 * list and may tell of anybody, else when all is done and nothing committed, by whom it turned out to be about.
 */
export function askBeforeWriting(
  ctx: Context,
  schema: GraphQLSchema,
  of: Omit<Operation, 'variables'>,
): void {
  if (of.operation.operation !== OperationTypeNode.MUTATION || !owesPurpose(ctx)) return;
  const told = toldBy(schema, of);
  if (told === 'OTHERS') throw new Refusal('PURPOSE_REQUIRED');
  if (told === 'SUBJECT') ctx.beforeCommit = askingPurpose(ctx);
}
