import { createHmac } from 'node:crypto';
import { join } from 'node:path';
import pg from 'pg';
import type { Logger } from 'pino';
import { secretIn } from '../config/secret.ts';
import type { Settings } from '../config/settings.ts';
import { startCluster, type Cluster } from '../db/embedded.ts';
import {
  asRole,
  hubPool,
  hubRole,
  ownerRole,
  prepareCluster,
  refuseUnboundRole,
  refuseUnset,
  type PoolOptions,
} from '../db/open.ts';
import type { Stops } from './stops.ts';

const database = 'passerelle';
const lookAtPostgresEvery = 1000;

/** Where the data is, and as whom: the owner migrates and runs the jobs, the hub's own role does all the rest. */
export interface Storage {
  owner: string;
  hub: string;
  /** As whoever sees all rows, past the walls: a backup. */
  whole: string;
  pool: PoolOptions;
  /** Past the pooler, where there is one: a connection of its own that hears notices. */
  listen?: string;
}

/** An operator's PostgreSQL where one is named, else one of our own below DATA_DIR. */
export async function openStorage(settings: Settings, stops: Stops, log: Logger): Promise<Storage> {
  const { DATABASE_URL, DATABASE_HUB_URL: hub, DATABASE_DIRECT_URL: direct, DATABASE_PREPARED } = settings;
  const owner = direct ?? DATABASE_URL;
  if (!owner) return embedded(settings, stops, log);
  await reach(direct ? 'DATABASE_DIRECT_URL' : 'DATABASE_URL', owner);
  if (hub) await reach('DATABASE_HUB_URL', hub);
  const pooled = direct !== undefined;
  const prepared = DATABASE_PREPARED ? DATABASE_PREPARED === 'on' : !pooled;
  const pool = { adoptRole: !hub, pooled, prepared };
  const whole = settings.DATABASE_BACKUP_URL ?? owner;
  return { owner, whole, hub: hub ?? owner, pool, ...(direct && { listen: direct }) };
}

/** The hub's pool over what it may work through, or the reason why it may not. */
export async function boundPool({ hub, pool: options }: Storage, max?: number): Promise<pg.Pool> {
  const pool = hubPool(hub, { ...options, ...(max && { max }) });
  try {
    await refuseUnboundRole(pool);
    if (options.pooled) await refuseUnset(pool);
  } catch (error) {
    await pool.end();
    throw error;
  }
  return pool;
}

/** Which of the addresses is wrong, and how; never its password. */
async function reach(setting: string, url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  try {
    await client.connect();
  } catch (error) {
    const { user, host, port, database: name } = client;
    const where = `${user}@${host}:${port}/${name}`;
    throw new Error(`${setting}: cannot connect to ${where} (${(error as Error).message}).`, {
      cause: error,
    });
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function embedded({ DATA_DIR }: Settings, stops: Stops, log: Logger): Promise<Storage> {
  const cluster = await startCluster({
    dataDir: join(DATA_DIR, 'postgres'),
    log: (line) => log.info(line),
  });
  // the last hub on this data puts the light out: another's PostgreSQL is not taken away below it
  stops.add('PostgreSQL', async () => (await othersWork(cluster.url(database))) || cluster.stop());
  stops.add('the watch over PostgreSQL', watchOver(cluster, log));
  const password = createHmac('sha256', secretIn(DATA_DIR, 'database-secret')).update('roles').digest('hex');
  await prepareCluster(cluster.url(), password, database);
  const url = cluster.url(database);
  const [owner, hub] = [ownerRole, hubRole].map((role) => asRole(url, role, password)) as [string, string];
  return { owner, hub, whole: url, pool: {} };
}

/** Nobody but us looks after the embedded PostgreSQL: one that was killed is started again within a second. */
function watchOver(cluster: Cluster, log: Logger): () => Promise<void> {
  let looking = Promise.resolve();
  let busy = false;
  const look = async () => {
    try {
      if (await cluster.revive()) log.warn('PostgreSQL had died: it was started again');
    } catch (err) {
      log.error({ err }, 'PostgreSQL died and cannot be started again');
    }
    busy = false;
  };
  const timer = setInterval(() => {
    if (busy) return;
    busy = true;
    looking = look();
  }, lookAtPostgresEvery);
  return async () => {
    clearInterval(timer);
    await looking;
  };
}

/** Our own pool is closed by now: whoever still works as the hub's role is another hub. */
async function othersWork(superUrl: string): Promise<boolean> {
  const admin = new pg.Client({ connectionString: superUrl });
  try {
    await admin.connect();
    const { rowCount } = await admin.query('select from pg_stat_activity where usename = $1', [hubRole]);
    return rowCount !== 0;
  } catch {
    return false; // no such database yet, or no PostgreSQL any more
  } finally {
    await admin.end().catch(() => undefined);
  }
}
