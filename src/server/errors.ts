import { unwrapResolverError } from '@apollo/server/errors';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import type { Logger } from 'pino';
import type { Locale } from '../graphql/context.ts';
import { sentence } from '../graphql/messages.ts';
import { codes, type Code } from '../kernel/codes.ts';
import { Refusal } from '../kernel/refusal.ts';

export interface Asked {
  locale: Locale;
  requestId: string;
  log: Logger;
}

const unreachable = /^(08|57P|53)|ECONNREFUSED|ECONNRESET|ETIMEDOUT/;

/** What a client is told of an error: a code, a sentence in its language, where; never SQL, a stack or a suggestion. */
export function formatError(
  formatted: GraphQLFormattedError,
  thrown: unknown,
  asked: Asked,
): GraphQLFormattedError {
  const refusal = refusalOf(thrown, formatted);
  if (refusal.code === 'INTERNAL')
    asked.log.error({ err: unwrapResolverError(thrown), requestId: asked.requestId }, 'fault');
  const details = { ...refusal.details, requestId: asked.requestId };
  return {
    message: sentence({ code: refusal.code, details }, asked.locale),
    ...(formatted.locations && { locations: formatted.locations }),
    ...(formatted.path && { path: formatted.path }),
    extensions: { code: refusal.code, ...(refusal.code === 'INTERNAL' && { requestId: asked.requestId }) },
  };
}

function refusalOf(thrown: unknown, formatted: GraphQLFormattedError): Refusal {
  const original = unwrapResolverError(thrown);
  if (original instanceof Refusal) return original;
  const { code } = original as { code?: string };
  if (code !== undefined && unreachable.test(code)) return new Refusal('UNAVAILABLE');
  // a value PostgreSQL cannot read (class 22) came from the request: a forged cursor, a NUL
  if (code !== undefined && /^22...$/.test(code)) return new Refusal('BAD_USER_INPUT');
  const stated = formatted.extensions?.code as string | undefined;
  return new Refusal(
    stated && stated in codes && stated !== 'INTERNAL_SERVER_ERROR' ? (stated as Code) : 'INTERNAL',
  );
}

export function requestError(refusal: Refusal, locale: Locale): GraphQLError {
  return new GraphQLError(sentence(refusal, locale), { extensions: { code: refusal.code } });
}
