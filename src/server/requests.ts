import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { purposeOf } from '../audit/purpose.rules.ts';
import { bearer } from '../auth/login.ts';
import { localeOf } from '../graphql/messages.ts';
import { Refusal } from '../kernel/refusal.ts';
import type { Viewer } from '../kernel/viewer.ts';
import type { Asked } from './asked.ts';
import { answerOf, headersOf, refusalOf, statusOf } from './errors.ts';
import type { Hub } from './hub.ts';
import { nobodyAt } from './nobody.ts';

declare module 'fastify' {
  interface FastifyRequest {
    viewer: Viewer | null;
  }
}

const wellFormedId = /^[\w.-]{1,64}$/;

/** The caller's own request id where it sent one fit for a log, else one of ours. */
export function nameRequests(request: IncomingMessage): string {
  const named = request.headers['x-request-id'];
  return typeof named === 'string' && wellFormedId.test(named) ? named : randomUUID();
}

export function askedOf(hub: Hub, request: FastifyRequest): Asked {
  return { locale: localeOf(request.headers['accept-language']), requestId: request.id, log: hub.log };
}

/** Without a valid token nothing of the body is read, unless the schema is public and no token was tried. */
export function authenticated(hub: Hub) {
  return async (request: FastifyRequest): Promise<void> => {
    const { authorization } = request.headers;
    if (authorization === undefined && hub.schemaIsPublic) {
      request.viewer = nobodyAt(hub.entrance.addressOf(request.raw));
      return;
    }
    const token = bearer(authorization);
    request.viewer = token ? ((await hub.entrance.enter(token, request.raw))?.viewer ?? null) : null;
    if (!request.viewer) throw new Refusal('UNAUTHENTICATED');
  };
}

/** A purpose that is none is told at once: taken for none it would be missed in the log, and only there. */
export function purposeful(request: FastifyRequest): Promise<void> {
  purposeOf(request.headers['x-purpose']);
  return Promise.resolve();
}

/** Answers name their request, are kept by nobody, and are framed, sniffed or shared by no other site. */
export function sealHeaders(app: FastifyInstance): void {
  app.decorateRequest('viewer', null);
  app.addHook('onRequest', async (request, reply) => {
    reply.headers({
      'x-request-id': request.id,
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'no-referrer',
      'cross-origin-resource-policy': 'same-origin',
      'cache-control': 'no-store',
    });
  });
}

/** JSON in UTF-8 and nothing else: a byte that is no character is refused, never replaced in silence. */
export function readBodies(app: FastifyInstance): void {
  const parse = app.getDefaultJsonParser('error', 'error');
  app.removeAllContentTypeParsers();
  app.addContentTypeParser<Buffer>('application/json', { parseAs: 'buffer' }, (request, body, done) => {
    try {
      const text = new TextDecoder('utf-8', { fatal: true }).decode(body);
      return parse(request, text, done);
    } catch {
      return done(new Refusal('BAD_REQUEST', { reason: 'ENCODING' }));
    }
  });
}

/** Whatever Fastify refuses by itself has the shape of a GraphQL answer, with a documented code. */
export function refuseAsData(app: FastifyInstance, hub: Hub): void {
  const refuse = (request: FastifyRequest, reply: FastifyReply, refusal: Refusal, status?: number) =>
    reply
      .code(status ?? statusOf(refusal.code))
      .headers(headersOf(refusal))
      .type('application/json; charset=utf-8')
      .send(answerOf(refusal, askedOf(hub, request)));

  app.setErrorHandler((error: FastifyError | Refusal, request, reply) => {
    const known = ofFastify(error);
    const refusal = known ?? refusalOf(error);
    if (refusal.code === 'INTERNAL') hub.log.error({ err: error, requestId: request.id }, 'fault');
    return refuse(request, reply, refusal, known ? (error as FastifyError).statusCode : undefined);
  });
  app.setNotFoundHandler((request, reply) => {
    const wrongMethod = /^\/graphql(\?|$)/.test(request.url);
    if (!wrongMethod) return refuse(request, reply, new Refusal('BAD_REQUEST', { reason: 'ADDRESS' }), 404);
    reply.header('allow', 'GET, POST');
    return refuse(request, reply, new Refusal('BAD_REQUEST', { reason: 'METHOD' }), 405);
  });
}

function ofFastify(error: FastifyError | Refusal): Refusal | null {
  const { statusCode = 500, code } = error as FastifyError;
  if (error instanceof Refusal || !code.startsWith?.('FST_') || statusCode >= 500) return null;
  if (statusCode === 413) return new Refusal('PAYLOAD_TOO_LARGE');
  return new Refusal('BAD_REQUEST', { reason: statusCode === 415 ? 'MEDIA_TYPE' : 'JSON' });
}
