import type { FastifyInstance } from 'fastify';
import type pg from 'pg';
import { isCurrent } from '../db/migrate.ts';
import type { Horizon } from './horizon.ts';
import { soon } from './soon.ts';

interface Readiness {
  status: 'ready' | 'not ready';
  database: 'reachable' | 'unreachable';
  migrations: 'current' | 'missing' | 'unknown';
  /** How long the oldest transaction under way has kept events from being told, in seconds. */
  journalHorizonAge: number | null;
}

/** `/healthz`: the process lives. `/readyz`: the database answers and stands at this code's last migration. */
export function openHealth(
  app: FastifyInstance,
  { pool, horizon, stopping }: { pool: pg.Pool; horizon: Horizon; stopping: () => boolean },
): void {
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
