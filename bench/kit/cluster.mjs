/** A private PostgreSQL with a programme of the size asked for, gone when the work is done. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { startCluster } from '../../dist/src/db/embedded.js';
import { migrate } from '../../dist/src/db/migrate.js';
import { asRole, hubRole, ownerRole, prepareCluster } from '../../dist/src/db/open.js';
import { loadTerritory } from '../../dist/src/territory/territory.load.js';

/** A département of two years: what a bench is measured at unless it says otherwise. */
export const departement = {
  organisations: 2_000,
  sites: 5_000,
  offers: 20_000,
  vacancies: 50_000,
  people: 100_000,
  referrals: 500_000,
};

/** BENCH_ADMIN_URL names a database that already holds one, as the superuser; its roles then have the password `bench`. */
export async function withProgramme(sizes, work) {
  const { BENCH_ADMIN_URL: made } = process.env;
  if (made)
    return work({
      admin: made,
      owner: asRole(made, ownerRole, 'bench'),
      hub: asRole(made, hubRole, 'bench'),
    });
  return withCluster(async (urls) => {
    await loadTerritory(urls.owner, ['44']);
    await generate(urls.admin, sizes);
    return work(urls);
  });
}

/** A private PostgreSQL with the hub's tables and nothing in them. */
export async function withCluster(work) {
  const folder = await mkdtemp(join(tmpdir(), 'passerelle-bench-'));
  const cluster = await startCluster({ dataDir: join(folder, 'postgres') });
  try {
    await prepareCluster(cluster.url(), 'bench', 'bench');
    const urls = {
      admin: cluster.url('bench'),
      owner: asRole(cluster.url('bench'), ownerRole, 'bench'),
      hub: asRole(cluster.url('bench'), hubRole, 'bench'),
    };
    await migrate(urls.owner);
    return await work(urls);
  } finally {
    await cluster.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

export async function generate(admin, sizes) {
  const client = new pg.Client({ connectionString: admin });
  await client.connect();
  try {
    for (const [what, size] of Object.entries(sizes))
      await client.query('select set_config($1, $2, false)', [`bench.${what}`, String(size)]);
    const programme = await readFile(new URL('programme.sql', import.meta.url), 'utf8');
    const indexes = await withoutIndexes(client);
    for (const statement of programme.split(/;$/m)) await client.query(statement);
    await client.query(`set maintenance_work_mem = '512MB'`);
    for (const { definition } of indexes) await client.query(definition);
    await client.query('vacuum analyze');
  } finally {
    await client.end();
  }
}

/** Indexes built over rows that stand are built in half the time and hold no gaps; what keeps rows apart stays. */
async function withoutIndexes(client) {
  const { rows } =
    await client.query(`select index.indexrelid::regclass as name, pg_get_indexdef(index.indexrelid) as definition
    from pg_index index join pg_class class on class.oid = index.indrelid
    where class.relnamespace = 'public'::regnamespace and class.relname <> 'commune' and not index.indisunique
      and not exists (select from pg_constraint where conindid = index.indexrelid)`);
  for (const { name } of rows) await client.query(`drop index ${name}`);
  return rows;
}
