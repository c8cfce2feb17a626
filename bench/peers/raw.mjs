/** The limit: one statement by hand for each operation, named and prepared, behind plain node:http; no GraphQL at all. */
import { createServer } from 'node:http';
import { asViewer, pool, ready, viewerOf } from './kit.mjs';
import { statements } from './statements.mjs';

const prepared = Object.fromEntries(
  Object.entries(statements).map(([name, { text, of }]) => {
    const values = new Set(text.match(/\$\d+/g)).size;
    const sent = asViewer(`select json::text as json${text.includes('as noted') ? ', noted' : ''} from (${text}) said`, values);
    return [name, { name, text: sent, of }];
  }),
); // prettier-ignore

const server = createServer(async (request, response) => {
  try {
    const operation = prepared[request.url.slice(1)];
    const { viewer, settings } = await viewerOf(request.headers);
    const { variables } = JSON.parse(await bodyOf(request));
    const { name, text, of } = operation;
    const values = [...of(variables, viewer), settings['app.scope'], settings['app.now']];
    const { rows } = await pool.query({ name, text, values });
    response.writeHead(200, { 'content-type': 'application/json; charset=utf-8' });
    response.end(`{"data":${rows[0].json}}`);
  } catch (error) {
    response.writeHead(500).end(JSON.stringify({ errors: [{ message: String(error.stack) }] }));
  }
});

function bodyOf(request) {
  return new Promise((resolve, reject) => {
    const chunks = [];
    request.on('data', (chunk) => chunks.push(chunk));
    request.on('end', () => resolve(Buffer.concat(chunks).toString()));
    request.on('error', reject);
  });
}

server.listen(0, '127.0.0.1', () =>
  ready(`http://127.0.0.1:${server.address().port}`, () => new Promise((done) => server.close(done).closeAllConnections())),
); // prettier-ignore
