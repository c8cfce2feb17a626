/** PostGraphile 5 over the hub's own tables, as the hub's role under its policies; where it shows names, the access log is written. */
import { createServer } from 'node:http';
import { postgraphile } from 'postgraphile';
import { makePgService } from 'postgraphile/adaptors/pg';
import { grafserv } from 'postgraphile/grafserv/node';
import { PostGraphileAmberPreset } from 'postgraphile/presets/amber';
import { asViewer, pool, ready, viewerOf } from './kit.mjs';

const note = asViewer('select bench.note($1, $2, $3) as noted', 3);
/** Whose name an answer shows: the documents ask for whom each name is of. */
const shown = /"identity":\{"personId":"(per_\w+)"/g;

const noting = {
  name: 'NotingPlugin',
  version: '1.0.0',
  grafast: {
    middleware: {
      async execute(next, { args }) {
        const result = await next();
        const { viewer, pgSettings } = args.contextValue;
        const text = typeof result.data === 'string' ? result.data : JSON.stringify(result.data);
        const people = [...new Set(Array.from(text?.matchAll(shown) ?? [], ([, person]) => person))];
        if (people.length)
          await pool.query({
            name: 'note',
            text: note,
            values: [people, viewer.member, args.operationName ?? 'referrals', ...Object.values(pgSettings)],
          });
        return result;
      },
    },
  },
};

const preset = {
  extends: [PostGraphileAmberPreset],
  plugins: [noting],
  pgServices: [makePgService({ pool, schemas: ['public', 'bench'] })],
  grafast: {
    async context({ node: { req } }) {
      const { viewer, settings } = await viewerOf(req.headers);
      return { viewer, pgSettings: settings };
    },
    explain: false,
  },
  grafserv: { watch: false, graphiql: false, websockets: false },
};

const instance = postgraphile(preset);
const server = createServer();
await instance.createServ(grafserv).addTo(server);
server.listen(0, '127.0.0.1', () =>
  ready(`http://127.0.0.1:${server.address().port}`, async () => {
    server.closeAllConnections();
    server.close();
    await instance.release();
  }),
);
