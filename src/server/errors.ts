import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { isOutage } from '../db/outage.ts';
import { sentence } from '../graphql/messages.ts';
import { codes, type Code } from '../kernel/codes.ts';
import { Refusal } from '../kernel/refusal.ts';
import type { Asked } from './asked.ts';
import { Refused } from './guard.ts';

/** PostgreSQL is there but could not do it now: a statement ran out of time (57014), a race was lost. */
const overworked = /^(57014|40001|40P01|55P03)$/;
/** A value PostgreSQL cannot read (class 22) came from the request: a forged cursor, a NUL. */
const unreadable = /^22...$/;
const tooManyTokens = /^Syntax Error: Document contains more tha[nt] (\d+) tokens/;
/** GraphQL's own words help whoever wrote the document; its guesses would rebuild a schema word by word. */
const explained = new Set<Code>(['GRAPHQL_PARSE_FAILED', 'GRAPHQL_VALIDATION_FAILED', 'BAD_USER_INPUT']);
const longestDetail = 300;

const statuses: Partial<Record<Code, number>> = {
  UNAUTHENTICATED: 401,
  PAYLOAD_TOO_LARGE: 413,
  RATE_LIMITED: 429,
  INTERNAL: 500,
  UNAVAILABLE: 503,
};

export function statusOf(code: Code): number {
  return statuses[code] ?? 400;
}

/** What a client is told of an error: a code, a sentence in its language, where; never SQL, a stack or a suggestion. */
export function formatError(
  formatted: GraphQLFormattedError,
  thrown: unknown,
  asked: Asked,
): GraphQLFormattedError {
  const refusal = refusalOf(thrown, formatted);
  if (refusal.code === 'INTERNAL')
    asked.log.error({ err: rootOf(thrown), requestId: asked.requestId }, 'fault');
  const detail =
    explained.has(refusal.code) && !refusal.details.reason ? withoutGuess(formatted.message) : null;
  return {
    ...told(refusal, asked, detail),
    ...(formatted.locations && { locations: formatted.locations }),
    ...(formatted.path && { path: formatted.path }),
  };
}

/** The same answer for what never reached GraphQL: a body too large, a missing token, a wrong address. */
export function answerOf(refusal: Refusal, asked: Asked): { errors: GraphQLFormattedError[] } {
  return { errors: [told(refusal, asked, null)] };
}

/** For Apollo: the refusal as an error that also says the status and headers of its answer. */
export function httpError(refusal: Refusal): GraphQLError {
  const headers = new Map(Object.entries(headersOf(refusal)));
  return new GraphQLError(refusal.message, {
    originalError: refusal,
    extensions: { code: refusal.code, http: { status: statusOf(refusal.code), headers } },
  });
}

export function headersOf({ code, details }: Refusal): Record<string, string> {
  if (code === 'UNAUTHENTICATED') return { 'www-authenticate': 'Bearer' };
  if (code === 'RATE_LIMITED') return { 'retry-after': String(details.seconds) };
  return code === 'UNAVAILABLE' ? { 'retry-after': '5' } : {};
}

/** Whatever was thrown, as errors that GraphQL's protocol over sockets can carry; not yet formatted. */
export function errorsOf(thrown: unknown): GraphQLError[] {
  if (!(thrown instanceof Refused)) return [asGraphQL(thrown)];
  const extensions = { code: thrown.code };
  return thrown.errors.map(
    ({ message, nodes, originalError }) => new GraphQLError(message, { nodes, originalError, extensions }),
  );
}

function asGraphQL(error: unknown): GraphQLError {
  return error instanceof GraphQLError ? error : new GraphQLError('fault', { originalError: error as Error });
}

/** The same words over a socket as over HTTP. */
export function formattedError(graphql: GraphQLError, asked: Asked): GraphQLError {
  const json = graphql.toJSON();
  const code = json.extensions?.code ?? codeOfGraphQL(graphql);
  const formatted = formatError({ ...json, extensions: { ...json.extensions, code } }, graphql, asked);
  return new GraphQLError(formatted.message, {
    extensions: formatted.extensions,
    nodes: graphql.nodes,
    source: graphql.source,
    positions: graphql.positions,
    path: graphql.path,
  });
}

/** What Apollo says over HTTP by its own classes: no original error means that GraphQL itself refused. */
function codeOfGraphQL(error: GraphQLError): Code | undefined {
  if (error.originalError) return undefined;
  if (error.message.startsWith('Syntax Error')) return 'GRAPHQL_PARSE_FAILED';
  return error.message.startsWith('Variable ') || error.message.startsWith('Argument ')
    ? 'BAD_USER_INPUT'
    : undefined;
}

function told(refusal: Refusal, { locale, requestId }: Asked, detail: string | null): GraphQLFormattedError {
  const details = { ...refusal.details, requestId };
  const extensions = {
    code: refusal.code,
    ...(detail && { detail }),
    ...(refusal.field && { field: refusal.field }),
    ...(refusal.code === 'INTERNAL' && { requestId }),
  };
  return { message: sentence({ code: refusal.code, details }, locale), extensions };
}

/** GraphQL's words without its guesses, and no longer than they need be. */
export function withoutGuess(message: string): string {
  const said = message.replace(/ Did you mean .*$/s, '').replace(/^Syntax Error: /, '');
  return said.length > longestDetail ? `${said.slice(0, longestDetail)}…` : said;
}

/** Any error as a refusal: ours as it is, the database's by its class, GraphQL's by the code it was given. */
export function refusalOf(thrown: unknown, formatted?: GraphQLFormattedError): Refusal {
  const root = rootOf(thrown);
  if (root instanceof Refusal) return root;
  if (isOutage(root)) return new Refusal('UNAVAILABLE');
  const { code } = root as { code?: unknown };
  if (typeof code === 'string' && overworked.test(code)) return new Refusal('UNAVAILABLE');
  if (typeof code === 'string' && unreadable.test(code))
    return new Refusal('BAD_USER_INPUT', { reason: 'VALUE' });
  return stated(formatted?.extensions?.code, formatted?.message ?? '');
}

function stated(code: unknown, message: string): Refusal {
  const most = tooManyTokens.exec(message)?.[1];
  if (most) return new Refusal('LIMIT_EXCEEDED', { reason: 'TOKENS', most: Number(most) });
  if (code === 'BAD_REQUEST') return badRequest(message);
  if (typeof code === 'string' && code.startsWith('PERSISTED_QUERY')) return new Refusal('BAD_REQUEST');
  return new Refusal(typeof code === 'string' && code in codes ? (code as Code) : 'INTERNAL');
}

function badRequest(message: string): Refusal {
  const reason = /CSRF/.test(message) ? 'CSRF' : /batching/.test(message) ? 'BATCH' : null;
  return new Refusal('BAD_REQUEST', reason ? { reason } : {});
}

/** The error below every wrapping that Apollo and GraphQL put around it. */
function rootOf(thrown: unknown): unknown {
  let root = thrown;
  while (root instanceof GraphQLError && root.originalError) root = root.originalError;
  return root;
}
