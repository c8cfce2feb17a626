import type { ApolloServerPlugin, GraphQLRequestListener } from '@apollo/server';
import type { Context } from '../graphql/context.ts';
import type { Code } from '../kernel/codes.ts';
import { Refusal } from '../kernel/refusal.ts';
import { httpError, statusOf } from './errors.ts';
import type { Guard } from './guard.ts';
import { asksOnlyTheSchema, isNobody } from './nobody.ts';
import { askBeforeWriting } from './owing.ts';

/** Codes by which what was under way was given up as a whole. */
const unanswered = new Set<Code | undefined>(['UNAVAILABLE', 'PURPOSE_REQUIRED']);

/** The guard at Apollo's door: nothing runs that was not weighed and paid for. */
export function admission(guard: Guard): ApolloServerPlugin<Context> {
  return { requestDidStart: () => Promise.resolve(listener(guard)) };
}

function listener(guard: Guard): GraphQLRequestListener<Context> {
  let cost: number | undefined;
  return {
    async didResolveOperation({ document, operation, request, contextValue, schema }) {
      if (!operation) return; // Apollo answers that none, or several, were named
      try {
        if (isNobody(contextValue.viewer) && !asksOnlyTheSchema(document, operation))
          throw new Refusal('UNAUTHENTICATED');
        cost = await guard.admit(clientOf(contextValue), {
          document,
          operation,
          variables: request.variables,
        });
        askBeforeWriting(contextValue, schema, { document, operation });
      } catch (error) {
        throw error instanceof Refusal ? httpError(error) : error;
      }
    },
    willSendResponse({ response: { body, http } }) {
      if (body.kind !== 'single') return Promise.resolve();
      const { singleResult } = body;
      if (cost !== undefined) singleResult.extensions = { ...singleResult.extensions, cost };
      const code = singleResult.errors?.[0]?.extensions?.code as Code | undefined;
      // nothing ran, or nothing could: the status says so too, for clients and proxies that look no further
      const fruitless = singleResult.data === undefined || (unanswered.has(code) && !singleResult.data);
      if (code && fruitless && (http.status ?? 200) === 200) http.status = statusOf(code);
      return Promise.resolve();
    },
  };
}

/** Whose purse pays: the tool's, the member's; without a token, that of the address. */
export function clientOf({ viewer }: Pick<Context, 'viewer'>): string {
  return viewer.client ?? viewer.member ?? '';
}
