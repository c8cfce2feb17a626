import { execute, getOperationAST, type DocumentNode, type GraphQLError, type GraphQLSchema } from 'graphql';
import { contextOf, type Context, type Services } from '../graphql/context.ts';
import { invalid, Refusal } from '../kernel/refusal.ts';
import type { Viewer } from '../kernel/viewer.ts';
import type { Answering } from '../webhooks/deliver.sweep.ts';
import { logged } from './disclosing.ts';
import { answerOf, errorsOf, formattedError, withoutGuess } from './errors.ts';
import { everythingFollowed } from './followed.ts';
import type { Guard } from './guard.ts';
import type { Hub } from './hub.ts';

/** What every operation is offered, whichever door it came through. */
export function servicesOf({ db, feed, purposeRequired, reach }: Hub, guard: Guard): Services {
  return { db, feed, purposeRequired, webhooks: { reach, read: documentReader(guard) } };
}

/** What the hub asks by itself in a tool's name, behind the same guard and with the same line in the access log. */
export function answering(hub: Hub, guard: Guard, schema: GraphQLSchema): Answering {
  const services = servicesOf(hub, guard);
  const contextFor = (viewer: Viewer, requestId: string, purpose: string | null) =>
    contextOf(services, { viewer, locale: 'fr', requestId, purpose });
  return {
    async sees(viewer, subject) {
      return (await everythingFollowed.read(contextFor(viewer, subject, null), subject)) !== null;
    },
    async answer(viewer, { document: text, subject, purpose, request }) {
      const asked = { locale: 'fr' as const, requestId: request, log: hub.log };
      try {
        const document = guard.read({ query: text });
        const operation = getOperationAST(document)!;
        const variables = { subject };
        guard.weigh({ document, operation, variables });
        const ctx = contextFor(viewer, request, purpose);
        const result = await execute({ schema, document, contextValue: ctx, variableValues: variables });
        const refusal = await logged({ ctx, asked, document, operation }, result.data);
        if (refusal) return answerOf(refusal, asked);
        const errors = result.errors?.map((error) => formattedError(error, asked));
        return { ...(errors && { errors }), data: result.data };
      } catch (error) {
        return { errors: errorsOf(error).map((each) => formattedError(each, asked)) };
      }
    },
  };
}

/** A document that is to be asked later, read as if it were asked now: what is wrong with it is a refusal of its field. */
function documentReader(guard: Guard): Context['webhooks']['read'] {
  return (text): DocumentNode => {
    try {
      const document = guard.read({ query: text });
      guard.weigh({ document, operation: getOperationAST(document)!, variables: { subject: '' } });
      return document;
    } catch (error) {
      throw invalid('document', 'DOCUMENT', { fault: faultIn(errorsOf(error)[0]!) });
    }
  };
}

function faultIn({ message, originalError }: GraphQLError): string {
  return originalError instanceof Refusal ? originalError.code : withoutGuess(message);
}
