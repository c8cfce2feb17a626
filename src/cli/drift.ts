import 'reflect-metadata';
import { rmSync } from 'node:fs';
import { dataSource } from '../db/data-source.ts';
import { startCluster } from '../db/embedded.ts';
import { migrate } from '../db/migrate.ts';
import { asRole, ownerRole, prepareCluster } from '../db/open.ts';
import { tables } from '../server/tables.ts';

/** Says whether the migrations make the tables the row classes describe; prints the SQL that would be missing. */
const dataDir = '.test-data/drift';
const cluster = await startCluster({ dataDir, volatile: true });
try {
  await prepareCluster(cluster.url(), 'drift', 'drift');
  const url = asRole(cluster.url('drift'), ownerRole, 'drift');
  await migrate(url);
  const source = await dataSource(url, tables).initialize();
  const { upQueries } = await source.driver.createSchemaBuilder().log();
  await source.destroy();
  for (const { query } of upQueries) console.error(query);
  if (upQueries.length) {
    console.error('The row classes and the migrations differ: write a migration, or mend the row.');
    process.exitCode = 1;
  }
} finally {
  await cluster.stop();
  rmSync(dataDir, { recursive: true, force: true });
}
