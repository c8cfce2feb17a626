import type { FastifyInstance } from 'fastify';
import type pg from 'pg';
import { isCurrent } from '../db/migrate.ts';

const patience = 3000;

interface Readiness {
  status: 'ready' | 'not ready';
  database: 'reachable' | 'unreachable';
  migrations: 'current' | 'missing' | 'unknown';
  /** How long the oldest transaction under way has kept events from being told, in seconds. */
  journalHorizonAge: number | null;
}

/** `/healthz`: the process lives. `/readyz`: the database answers and stands at this code's last migration. */
export function openHealth(app: FastifyInstance, pool: pg.Pool, stopping: () => boolean): void {
  const horizon = new Horizon(pool);
  app.get('/healthz', () => ({ status: 'ok' }));
  app.get('/readyz', async (_, reply) => {
    const readiness = await soon(readinessOf(pool, horizon)).catch(() => away);
    if (stopping()) readiness.status = 'not ready';
    return reply.code(readiness.status === 'ready' ? 200 : 503).send(readiness);
  });
}

const away: Readiness = {
  status: 'not ready',
  database: 'unreachable',
  migrations: 'unknown',
  journalHorizonAge: null,
};

async function readinessOf(pool: pg.Pool, horizon: Horizon): Promise<Readiness> {
  await pool.query('select 1');
  // no table of migrations yet is an answer too
  const current = await isCurrent(pool).catch(() => false);
  return {
    status: current ? 'ready' : 'not ready',
    database: 'reachable',
    migrations: current ? 'current' : 'missing',
    journalHorizonAge: await horizon.age(),
  };
}

async function soon<T>(answer: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('the database does not answer in time')), patience);
  });
  return Promise.race([answer, late]).finally(() => clearTimeout(timer));
}

/**
 * The journal is read below the oldest transaction still open; one forgotten anywhere in the cluster holds every
 * event back. PostgreSQL hides other roles' sessions from the hub's, so the age is also taken from how long this
 * process has seen the same horizon.
 */
class Horizon {
  private seen = { xmin: '', since: 0 };

  constructor(private readonly pool: pg.Pool) {}

  async age(): Promise<number> {
    const { rows } = await this.pool.query<{ xmin: string; open: boolean; age: number }>(`
      select pg_snapshot_xmin(s)::text as xmin, pg_snapshot_xmin(s) <> pg_snapshot_xmax(s) as open,
        coalesce((select extract(epoch from clock_timestamp() - min(xact_start)) from pg_stat_activity
          where backend_xid is not null), 0)::float8 as age
      from pg_current_snapshot() s`);
    const { xmin, open, age } = rows[0]!;
    if (!open) return 0;
    if (xmin !== this.seen.xmin) this.seen = { xmin, since: performance.now() };
    return Math.round(Math.max(age, (performance.now() - this.seen.since) / 1000) * 10) / 10;
  }
}
