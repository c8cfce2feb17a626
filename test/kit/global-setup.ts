import 'reflect-metadata';
import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { startCluster } from '../../src/db/embedded.ts';
import { migrate } from '../../src/db/migrate.ts';
import { prepareCluster } from '../../src/db/open.ts';
import { loadTerritory } from '../../src/territory/territory.load.ts';
import { demoDatabase, madeBy, rolePassword, templateDatabase, urlsOf } from './cluster.ts';
import { compileHub } from './native/compile.ts';

/** One private cluster for the whole run, one migrated template; each test file works on a clone of it. */
export default async function setUp(): Promise<void> {
  process.env.TEST_RUN = randomUUID();
  process.env.TESTED_HUB = compileHub();
  const cluster = await startCluster({ dataDir: '.test-data', volatile: true, maxConnections: 200 });
  (globalThis as { testCluster?: typeof cluster }).testCluster = cluster;
  process.env.TEST_CLUSTER_URL = cluster.url();
  const admin = new pg.Client({ connectionString: cluster.url() });
  await admin.connect();
  if (!(await dropLeftovers(admin))) {
    await makeTemplate(cluster.url());
    // said last: one that was not finished, or was made by other code, is made again
    await admin.query(`comment on database ${templateDatabase} is ${pg.escapeLiteral(madeBy())}`);
  }
  await admin.end();
}

async function makeTemplate(adminUrl: string): Promise<void> {
  await prepareCluster(adminUrl, rolePassword, templateDatabase);
  const { owner } = urlsOf(templateDatabase);
  await migrate(owner);
  await loadTerritory(owner, ['44', '49']);
}

/** Drops all but the templates made by the same code, migrations and packages, and says whether the first is there. */
async function dropLeftovers(admin: pg.Client): Promise<boolean> {
  const { rows } = await admin.query<{ datname: string; said: string | null }>(
    `select datname, shobj_description(oid, 'pg_database') as said from pg_database
     where datname like 'test\\_%' or datname like 'passerelle\\_%'`,
  );
  const kept = rows.filter(
    ({ datname, said }) => [templateDatabase, demoDatabase].includes(datname) && said === madeBy(),
  );
  for (const each of rows)
    if (!kept.includes(each))
      await admin.query(`drop database ${pg.escapeIdentifier(each.datname)} with (force)`);
  return kept.some(({ datname }) => datname === templateDatabase);
}
