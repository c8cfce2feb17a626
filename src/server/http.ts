import { ApolloServer } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import { ApolloServerPluginDrainHttpServer } from '@apollo/server/plugin/drainHttpServer';
import { fastifyApolloHandler } from '@as-integrations/fastify';
import fastify, {
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
} from 'fastify';
import { randomUUID } from 'node:crypto';
import { bearer } from '../auth/login.ts';
import { isCurrent } from '../db/migrate.ts';
import { contextOf, type Context } from '../graphql/context.ts';
import { localeOf } from '../graphql/messages.ts';
import { Refusal } from '../kernel/refusal.ts';
import type { Viewer } from '../kernel/viewer.ts';
import { formatError, requestError } from './errors.ts';
import type { Hub } from './hub.ts';
import { buildSchema } from './schema.ts';
import { openWebSocket } from './websocket.ts';

declare module 'fastify' {
  interface FastifyRequest {
    viewer: Viewer | null;
  }
}

export interface Door {
  app: FastifyInstance;
  close(): Promise<void>;
}

const largestBody = 256 * 1024;

/** Opens the hub over HTTP and WebSocket on one port; the caller listens. */
export async function openDoor(hub: Hub): Promise<Door> {
  const app = fastify({
    loggerInstance: hub.log as FastifyBaseLogger,
    bodyLimit: largestBody,
    genReqId: () => randomUUID(),
    disableRequestLogging: true,
  });
  app.decorateRequest('viewer', null);
  const schema = buildSchema();
  const apollo = new ApolloServer<Context>({
    schema: schema.executable,
    introspection: true,
    includeStacktraceInErrorResponses: false,
    csrfPrevention: true,
    parseOptions: { maxTokens: 2000 },
    plugins: [
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginInlineTraceDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
      ApolloServerPluginDrainHttpServer({ httpServer: app.server }),
    ],
    formatError: (formatted, error) =>
      formatError(formatted, error, { locale: 'en', requestId: '', log: hub.log }),
  });
  await apollo.start();

  const authenticated = async (request: FastifyRequest, reply: FastifyReply) => {
    const token = bearer(request.headers.authorization);
    request.viewer = token ? await hub.login.viewer(token) : null;
    if (request.viewer) return;
    const locale = localeOf(request.headers['accept-language']);
    const error = requestError(new Refusal('UNAUTHENTICATED'), locale);
    await reply
      .code(401)
      .header('www-authenticate', 'Bearer')
      .send({ errors: [error.toJSON()] });
  };
  app.route({
    url: '/graphql',
    method: ['GET', 'POST'],
    onRequest: authenticated, // before the body is read, let alone parsed
    handler: fastifyApolloHandler(apollo, { context: async (request) => httpContext(hub, request) }),
  });
  app.get('/schema.graphql', { onRequest: authenticated }, (_, reply) =>
    reply.type('text/plain').send(schema.sdl),
  );
  app.get('/healthz', () => ({ status: 'ok' }));
  app.get('/readyz', async (_, reply) => {
    const ready = await isCurrent(hub.db.pool).catch(() => false);
    return reply.code(ready ? 200 : 503).send({ status: ready ? 'ready' : 'not ready' });
  });
  const closeSockets = openWebSocket(hub, app.server, schema.executable);
  return {
    app,
    async close() {
      await closeSockets();
      await apollo.stop();
      await app.close();
    },
  };
}

function httpContext(hub: Hub, request: FastifyRequest): Context {
  const locale = localeOf(request.headers['accept-language']);
  return contextOf(
    { db: hub.db, feed: hub.feed },
    { viewer: request.viewer!, locale, requestId: request.id },
  );
}
