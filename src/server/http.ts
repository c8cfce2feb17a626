import { ApolloServer } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import { ApolloServerPluginDrainHttpServer } from '@apollo/server/plugin/drainHttpServer';
import { fastifyApolloHandler } from '@as-integrations/fastify';
import {
  fastify,
  LogController,
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyRequest,
} from 'fastify';
import { purposeOf } from '../audit/purpose.rules.ts';
import { contextOf, type Context } from '../graphql/context.ts';
import type { Answering } from '../webhooks/deliver.sweep.ts';
import { admission } from './admission.ts';
import { answering, servicesOf } from './answering.ts';
import { asking } from './asked.ts';
import { openCalendar } from './calendar.ts';
import { disclosing } from './disclosing.ts';
import { formatError } from './errors.ts';
import { Fanout } from './fanout.ts';
import { openEventStreams } from './event-stream.ts';
import { openExplorer } from './explorer.ts';
import { fastPath } from './fast-path.ts';
import { Guard } from './guard.ts';
import { openHealth } from './health.ts';
import { Horizon } from './horizon.ts';
import type { Hub } from './hub.ts';
import { openMetrics } from './metrics-page.ts';
import { openNoticePages } from './notice-pages.ts';
import { OpenSockets } from './open-sockets.ts';
import {
  askedOf,
  authenticated,
  nameRequests,
  purposeful,
  readBodies,
  refuseAsData,
  sealHeaders,
} from './requests.ts';
import { buildSchema, type Schema } from './schema.ts';
import { openSecurityContact } from './security.ts';
import { openWebSocket } from './websocket.ts';

export interface Door {
  app: FastifyInstance;
  /** How many subscriptions it carries now. */
  listening(): number;
  /** What the hub asks in a tool's name, to tell its endpoints. */
  answering: Answering;
  close(): Promise<void>;
}

const largestBody = 256 * 1024;
const slowestRequest = 30_000;

/** Opens the hub over HTTP and WebSocket on one port; the caller listens. */
export async function openDoor(hub: Hub): Promise<Door> {
  const app = fastify({
    loggerInstance: hub.log as FastifyBaseLogger,
    bodyLimit: largestBody,
    requestTimeout: slowestRequest,
    genReqId: nameRequests,
    logController: new LogController({ disableRequestLogging: true }),
  });
  const schema = buildSchema();
  const guard = new Guard(schema.executable, hub.limits);
  let stopping = false;

  sealHeaders(app);
  readBodies(app);
  refuseAsData(app, hub);
  const apollo = await startApollo(hub, app, schema, guard);
  const answer = fastifyApolloHandler(apollo, {
    context: (request: FastifyRequest) => Promise.resolve(httpContext(hub, guard, request)),
  });
  app.route({
    url: '/graphql',
    method: ['GET', 'POST'],
    exposeHeadRoute: false,
    onRequest: [authenticated(hub), purposeful], // before the body is read, let alone parsed
    handler(request, reply) {
      return asking.run(askedOf(hub, request), () => answer.call(this, request as never, reply as never));
    },
  });
  app.get('/schema.graphql', { onRequest: authenticated(hub) }, (_, reply) =>
    reply.type('text/plain').send(schema.sdl),
  );
  if (hub.securityContact) openSecurityContact(app, hub.securityContact, hub.db.clock);
  openCalendar(app, hub);
  const horizon = new Horizon(hub.db.pool);
  openHealth(app, { pool: hub.db.pool, horizon, stopping: () => stopping });
  await openNoticePages(app, hub);
  await openExplorer(app);
  const opened = new OpenSockets(hub.login, hub.feed, hub.limits.socketRightsEvery);
  const fanout = new Fanout();
  const live = { hub, guard, schema: schema.executable, opened, fanout };
  openMetrics(app, { hub, horizon, carried: { sockets: () => opened.count, fanout } });
  const closeSockets = openWebSocket(live, app.server);
  const closeStreams = openEventStreams(app, live);
  return {
    app,
    answering: answering(hub, guard, schema.executable),
    listening: () => fanout.listening,
    async close() {
      stopping = true;
      await closeSockets();
      closeStreams();
      fanout.stop();
      opened.stop();
      await apollo.stop(); // stops listening, waits for what is under way
      await app.close();
    },
  };
}

async function startApollo(hub: Hub, app: FastifyInstance, schema: Schema, guard: Guard) {
  const apollo = new ApolloServer<Context>({
    schema: schema.executable,
    introspection: true,
    includeStacktraceInErrorResponses: false,
    csrfPrevention: true,
    persistedQueries: false,
    stopOnTerminationSignals: false,
    logger: hub.log,
    parseOptions: { maxTokens: guard.limits.tokens },
    validationRules: guard.rules,
    plugins: [
      admission(guard),
      disclosing(),
      ...(hub.fastPath ? [fastPath(schema.executable)] : []),
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginInlineTraceDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
      ApolloServerPluginDrainHttpServer({ httpServer: app.server }),
    ],
    formatError: (formatted, error) => formatError(formatted, error, asking.getStore()!),
  });
  await apollo.start();
  return apollo;
}

function httpContext(hub: Hub, guard: Guard, request: FastifyRequest): Context {
  const { locale, requestId } = askedOf(hub, request);
  const purpose = purposeOf(request.headers['x-purpose']);
  return contextOf(servicesOf(hub, guard), { viewer: request.viewer!, locale, requestId, purpose });
}
