import type { ApolloServerPlugin } from '@apollo/server';
import { HeaderMap } from '@apollo/server';
import type { GraphQLSchema } from 'graphql';
import { Plans } from '../graphql/compiled/plans.ts';
import type { Context } from '../graphql/context.ts';

/**
 * Queries are answered by their compiled plans. What a plan cannot answer, and whatever meets an error, Apollo
 * executes as it would without: the answer is the same, it only comes later (docs/adr/0040).
 */
export function fastPath(schema: GraphQLSchema): ApolloServerPlugin<Context> {
  const plans = new Plans(schema);
  return {
    requestDidStart: () =>
      Promise.resolve({
        async responseForOperation({ document, operation, request, contextValue: context }) {
          if (!operation) return null; // Apollo answers that none, or several, were named
          const data = await plans.answer(context, { document, operation, variables: request.variables });
          return (
            data && { body: { kind: 'single', singleResult: { data } }, http: { headers: new HeaderMap() } }
          );
        },
      }),
  };
}
