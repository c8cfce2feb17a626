import type { ApolloServerPlugin, GraphQLRequestListener } from '@apollo/server';
import type { Context } from '../graphql/context.ts';
import { Refusal } from '../kernel/refusal.ts';
import { httpError, statusOf } from './errors.ts';
import type { Guard } from './guard.ts';
import { asksOnlyTheSchema, isNobody } from './nobody.ts';

/** The guard at Apollo's door: nothing runs that was not weighed and paid for. */
export function admission(guard: Guard): ApolloServerPlugin<Context> {
  return { requestDidStart: () => Promise.resolve(listener(guard)) };
}

function listener(guard: Guard): GraphQLRequestListener<Context> {
  let cost: number | undefined;
  return {
    async didResolveOperation({ document, operation, request, contextValue }) {
      if (!operation) return; // Apollo answers that none, or several, were named
      try {
        if (isNobody(contextValue.viewer) && !asksOnlyTheSchema(document, operation))
          throw new Refusal('UNAUTHENTICATED');
        cost = await guard.admit(clientOf(contextValue), {
          document,
          operation,
          variables: request.variables,
        });
      } catch (error) {
        throw error instanceof Refusal ? httpError(error) : error;
      }
    },
    willSendResponse({ response: { body, http } }) {
      if (body.kind !== 'single') return Promise.resolve();
      const { singleResult } = body;
      if (cost !== undefined) singleResult.extensions = { ...singleResult.extensions, cost };
      const away = singleResult.errors?.some((error) => error.extensions?.code === 'UNAVAILABLE');
      if (away && !singleResult.data) http.status = statusOf('UNAVAILABLE');
      return Promise.resolve();
    },
  };
}

/** Whose purse pays: the tool's, the member's; without a token, that of the address. */
export function clientOf({ viewer }: Pick<Context, 'viewer'>): string {
  return viewer.client ?? viewer.member ?? '';
}
