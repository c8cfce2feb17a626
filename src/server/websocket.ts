import type { GraphQLSchema } from 'graphql';
import { useServer } from 'graphql-ws/use/ws';
import { randomUUID } from 'node:crypto';
import type { Server } from 'node:http';
import { WebSocketServer } from 'ws';
import { bearer } from '../auth/login.ts';
import { contextOf, type Context } from '../graphql/context.ts';
import { localeOf } from '../graphql/messages.ts';
import type { Viewer } from '../kernel/viewer.ts';
import type { Hub } from './hub.ts';

interface Extra extends Record<PropertyKey, unknown> {
  viewer?: Viewer;
}

const largestMessage = 64 * 1024;

/** graphql-transport-ws on the same path; the token travels in the connection's first message. */
export function openWebSocket(hub: Hub, server: Server, schema: GraphQLSchema): () => Promise<void> {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: largestMessage });
  const protocol = useServer<Record<string, unknown>, Extra>(
    {
      schema,
      onConnect: async (ctx) => {
        const token = bearer(ctx.connectionParams?.authorization);
        const viewer = token && (await hub.login.viewer(token));
        if (!viewer) return false; // closes with 4403 Forbidden
        ctx.extra.viewer = viewer;
        return true;
      },
      context: (ctx): Context => {
        const locale = localeOf(String(ctx.connectionParams?.acceptLanguage ?? ''));
        return contextOf(
          { db: hub.db, feed: hub.feed },
          { viewer: ctx.extra.viewer!, locale, requestId: randomUUID() },
        );
      },
    },
    sockets,
  );
  server.on('upgrade', (request, socket, head) => {
    if (request.url?.split('?')[0] !== '/graphql') return socket.destroy();
    sockets.handleUpgrade(request, socket, head, (opened) => sockets.emit('connection', opened, request));
  });
  return async () => void (await protocol.dispose());
}
