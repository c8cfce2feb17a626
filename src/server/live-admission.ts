import {
  getOperationAST,
  type ExecutionArgs,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql';
import { contextOf, type Context } from '../graphql/context.ts';
import type { Viewer } from '../kernel/viewer.ts';
import { clientOf } from './admission.ts';
import { servicesOf } from './answering.ts';
import type { Asked } from './asked.ts';
import type { Guard, Question } from './guard.ts';
import type { Hub } from './hub.ts';
import { askBeforeWriting } from './owing.ts';

/** Over a socket or a stream an operation carries what it cost, to be told with its answers. */
export interface LiveContext extends Context {
  cost: number;
}

/** An operation that may run. */
export interface Admitted {
  args: ExecutionArgs & { contextValue: LiveContext };
  operation: OperationDefinitionNode;
  asked: Asked;
}

interface Asking {
  question: Question;
  viewer: Viewer;
  purpose: string | null;
  asked: Asked;
}

export interface Premises {
  hub: Hub;
  guard: Guard;
  schema: GraphQLSchema;
}

/** The guard at the doors that stay open: nothing runs that was not read, weighed and paid for. */
export async function letIn({ hub, guard, schema }: Premises, of: Asking): Promise<Admitted> {
  const { question, viewer, purpose, asked } = of;
  const document = guard.read(question);
  const { variables, operationName } = question;
  const operation = getOperationAST(document, operationName)!;
  const cost = await guard.admit(clientOf({ viewer }), { document, operation, variables });
  const context = contextOf(servicesOf(hub, guard), { viewer, ...asked, purpose });
  const contextValue: LiveContext = { ...context, cost };
  askBeforeWriting(contextValue, schema, { document, operation });
  const args = { schema, document, operationName, variableValues: variables, contextValue };
  return { args, operation, asked };
}
