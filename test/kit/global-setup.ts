import 'reflect-metadata';
import pg from 'pg';
import { startCluster } from '../../src/db/embedded.ts';
import { migrate } from '../../src/db/migrate.ts';
import { prepareCluster } from '../../src/db/open.ts';
import { loadTerritory } from '../../src/territory/territory.load.ts';
import { rolePassword, templateDatabase, urlsOf } from './cluster.ts';
import { compileHub } from './native/compile.ts';

/** One private cluster for the whole run, one migrated template; each test file works on a clone of it. */
export default async function setUp(): Promise<void> {
  process.env.TESTED_HUB = compileHub();
  const cluster = await startCluster({ dataDir: '.test-data', volatile: true, maxConnections: 200 });
  (globalThis as { testCluster?: typeof cluster }).testCluster = cluster;
  process.env.TEST_CLUSTER_URL = cluster.url();
  await dropLeftovers(cluster.url());
  await prepareCluster(cluster.url(), rolePassword, templateDatabase);
  const { owner } = urlsOf(templateDatabase);
  await migrate(owner);
  await loadTerritory(owner, ['44', '49']);
}

async function dropLeftovers(adminUrl: string): Promise<void> {
  const admin = new pg.Client({ connectionString: adminUrl });
  await admin.connect();
  const { rows } = await admin.query<{ datname: string }>(
    `select datname from pg_database where datname like 'test\\_%' or datname like 'passerelle\\_%'`,
  );
  for (const { datname } of rows)
    await admin.query(`drop database ${pg.escapeIdentifier(datname)} with (force)`);
  await admin.end();
}
