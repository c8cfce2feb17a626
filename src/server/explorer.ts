import { fastifyStatic } from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Beside the compiled server, or above what the tests compile. */
const places = ['../../graphiql', '../../../../graphiql'].map((path) =>
  fileURLToPath(new URL(path, import.meta.url)),
);

const notBuilt = 'The explorer is not built: run `npm run build`, then start the hub again.\n';

/** GraphiQL, handed out by ourselves: no request leaves our origin, and the page itself asks for the token. */
export async function openExplorer(app: FastifyInstance): Promise<void> {
  for (const near of ['/', '/graphiql']) app.get(near, (_, reply) => reply.redirect('/graphiql/'));
  const root = places.find((place) => existsSync(join(place, 'index.html')));
  if (root) await app.register(fastifyStatic, { root, prefix: '/graphiql/', index: 'index.html' });
  else app.get('/graphiql/', (_, reply) => reply.code(404).type('text/plain').send(notBuilt));
}
