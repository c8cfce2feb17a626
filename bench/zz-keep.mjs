import { readFile } from 'node:fs/promises';
import pg from 'pg';
import { startCluster } from '../dist/src/db/embedded.js';
import { migrate } from '../dist/src/db/migrate.js';
import { asRole, hubRole, ownerRole, prepareCluster } from '../dist/src/db/open.js';
import { loadTerritory } from '../dist/src/territory/territory.load.js';
import { departement } from './kit/cluster.mjs';
const cluster = await startCluster({ dataDir: '/tmp/privbench/postgres' });
console.log(cluster.url('bench'));
if (process.argv[2]) {
  await prepareCluster(cluster.url(), 'bench', 'bench');
  await migrate(asRole(cluster.url('bench'), ownerRole, 'bench'));
  await loadTerritory(asRole(cluster.url('bench'), ownerRole, 'bench'), ['44']);
  const client = new pg.Client({ connectionString: cluster.url('bench') });
  await client.connect();
  for (const [what, size] of Object.entries(departement)) await client.query('select set_config($1, $2, false)', [`bench.${what}`, String(Math.ceil(size * Number(process.argv[2])))]);
  const programme = await readFile(new URL('kit/programme.sql', import.meta.url), 'utf8');
  for (const statement of programme.split(/;$/m)) await client.query(statement);
  await client.query('vacuum analyze');
  await client.end();
}
console.log('ready');
setInterval(() => {}, 1e6);
