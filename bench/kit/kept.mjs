/**
 * A programme kept from one run to the next: made once for its size and the tables of the day, then copied for each run,
 * which may write in its copy what it likes. It stands in `.bench-data/`, which may be removed at any time.
 */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { rm, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { startCluster } from '../../dist/src/db/embedded.js';
import { migrate } from '../../dist/src/db/migrate.js';
import { asRole, hubRole, ownerRole, prepareCluster } from '../../dist/src/db/open.js';
import { loadTerritory } from '../../dist/src/territory/territory.load.js';
import { generate } from './cluster.mjs';

const root = fileURLToPath(new URL('../../', import.meta.url));
const [made, copy] = ['programme', 'run'];
/** What a programme takes while it is made, for each of its referrals. */
const bytesEach = 15_000;

/** The sizes of a programme times a share, `0.1` for a tenth. */
export function sizesOf(sizes, share) {
  return Object.fromEntries(Object.entries(sizes).map(([what, size]) => [what, Math.ceil(size * share)]));
}

/** Runs on a copy of the kept programme; the copy is gone afterwards, the programme stays (where the disk holds both). */
export async function withKept(sizes, work, say = console.log) {
  await forgetFormer(sizes);
  const dataDir = join(root, '.bench-data', keyOf(sizes));
  const cluster = await startCluster({ dataDir, maxConnections: 200 });
  const admin = new pg.Client({ connectionString: cluster.url() });
  try {
    await prepareCluster(cluster.url(), 'bench', 'bench');
    await admin.connect();
    const began = performance.now();
    if (!(await known(admin))) await make(cluster, admin, sizes, say);
    await admin.query(`drop database if exists ${copy} with (force)`);
    if (await roomFor(admin, cluster.dataDir))
      await admin.query(`create database ${copy} template ${made} strategy file_copy`);
    else await admin.query(`alter database ${made} rename to ${copy}`);
    await admin.query('checkpoint');
    say(`the programme stands after ${Math.round((performance.now() - began) / 1000)} s (${dataDir})`);
    return await work(urlsOf(cluster, copy));
  } finally {
    await admin.query(`drop database if exists ${copy} with (force)`).catch(() => {});
    await admin.end();
    await cluster.stop();
  }
}

/** A programme of the same size under the tables of another day serves nobody any more. */
async function forgetFormer(sizes) {
  const kept = join(root, '.bench-data');
  const former = existsSync(kept) ? readdirSync(kept) : [];
  const same = former.filter((name) => name.startsWith(`${sizes.referrals}-`) && name !== keyOf(sizes));
  await Promise.all(same.map((name) => rm(join(kept, name), { recursive: true, force: true })));
}

function urlsOf(cluster, database) {
  const admin = cluster.url(database);
  return { admin, owner: asRole(admin, ownerRole, 'bench'), hub: asRole(admin, hubRole, 'bench') };
}

async function known(admin) {
  return (await admin.query('select 1 from pg_database where datname = $1', [made])).rowCount > 0;
}

/** A disk that cannot hold two: the run works on the only one, which is then gone and must be made again. */
async function roomFor(admin, folder) {
  const { rows } = await admin.query('select pg_database_size($1)::float8 as size', [made]);
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize > rows[0].size * 1.5;
}

/** Under another name until it is whole: a run that was stopped leaves nothing that passes for it. */
async function make(cluster, admin, sizes, say) {
  const { bavail, bsize } = await statfs(cluster.dataDir);
  if (bavail * bsize < sizes.referrals * bytesEach)
    throw new Error(
      `${Math.ceil((sizes.referrals * bytesEach) / 2 ** 30)} GiB must be free to make this programme: take a smaller share`,
    );
  say(`making a programme of ${Object.entries(sizes).map(([what, size]) => `${size} ${what}`).join(', ')}`); // prettier-ignore
  await admin.query('drop database if exists making with (force)');
  await admin.query(`create database making owner ${ownerRole}`);
  const urls = urlsOf(cluster, 'making');
  await migrate(urls.owner);
  await loadTerritory(urls.owner, ['44']);
  await generate(urls.admin, sizes);
  await admin.query(`alter database making rename to ${made}`);
}

/** The same tables and the same generator make the same rows. */
function keyOf(sizes) {
  const hash = createHash('sha256').update(JSON.stringify(sizes));
  const migrations = join(root, 'migrations');
  for (const name of readdirSync(migrations).sort()) hash.update(readFileSync(join(migrations, name)));
  hash.update(readFileSync(new URL('programme.sql', import.meta.url)));
  return `${sizes.referrals}-${hash.digest('hex').slice(0, 12)}`;
}
