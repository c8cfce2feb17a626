import { createHash, timingSafeEqual } from 'node:crypto';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { FastifyInstance } from 'fastify';
import { bearer } from '../auth/login.ts';
import type { Database } from '../db/database.ts';
import { Refusal } from '../kernel/refusal.ts';
import type { Fanout } from './fanout.ts';
import type { Horizon } from './horizon.ts';
import type { Hub } from './hub.ts';
import type { Metrics } from './metrics.ts';
import { soon } from './soon.ts';
import { standingOf } from './standing.ts';

interface Watched {
  hub: Pick<Hub, 'db' | 'metrics' | 'metricsToken'>;
  horizon: Horizon;
  /** What the doors carry at this moment. */
  carried: { sockets: () => number; fanout: Pick<Fanout, 'listening' | 'groups'> };
}

const perSecond = 1e9;

/** `/metrics` in the text of Prometheus, for who brings the operator's token; without such a token there is no page. */
export function openMetrics(app: FastifyInstance, { hub, horizon, carried }: Watched): void {
  const { db, metrics, metricsToken: token } = hub;
  if (token === undefined) return;
  app.addHook('onResponse', (_, reply, done) => {
    metrics.answered(reply.statusCode);
    done();
  });
  const loop = monitorEventLoopDelay({ resolution: 10 });
  loop.enable();
  app.addHook('onClose', (_, done) => {
    loop.disable();
    done();
  });
  const gauges = gaugesOf(metrics);
  app.get('/metrics', async ({ headers }, reply) => {
    if (!isSame(bearer(headers.authorization), token)) throw new Refusal('UNAUTHENTICATED');
    gauges.sockets.set(carried.sockets());
    gauges.subscriptions.set(carried.fanout.listening);
    gauges.groups.set(carried.fanout.groups);
    gauges.memory.set(process.memoryUsage.rss());
    for (const percentile of [50, 99, 100])
      gauges.loop.set({ quantile: percentile / 100 }, loop.percentile(percentile) / perSecond);
    loop.reset();
    await gauges.database(db, horizon);
    return reply.type(metrics.registry.contentType).send(await metrics.registry.metrics());
  });
}

function isSame(brought: string | null, token: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return brought !== null && timingSafeEqual(digest(brought), digest(token));
}

function gaugesOf(metrics: Metrics) {
  const gauge = metrics.gauge.bind(metrics);
  const up = gauge('database_up', '1 when the database answered within three seconds, else 0.');
  const age = gauge('journal_horizon_age_seconds', 'How long the oldest open transaction has held events back.');
  const piles = gauge('pending', 'What waits to be done or looked at, by kind; counted up to 100,000.', ['kind']);
  const backlog = gauge('journal_backlog', 'Lines of the journal still before each of the hub’s own readers; counted up to 100,000.', ['reader']);
  return {
    sockets: gauge('sockets', 'Sockets and streams open at this process.'),
    subscriptions: gauge('subscriptions', 'Subscriptions carried by this process.'),
    groups: gauge('subscription_groups', 'Groups they are worked out in: each once an event.'),
    memory: gauge('resident_memory_bytes', 'Memory of this process.'),
    loop: gauge('event_loop_delay_seconds', 'Delay of the event loop since it was last asked.', ['quantile']),
    /** Without an answer there is no number: an old one would look like news. */
    async database(db: Database, horizon: Horizon) {
      for (const each of [age, piles, backlog]) each.reset();
      const standing = await soon(Promise.all([horizon.age(), standingOf(db)])).catch(() => null);
      up.set(standing ? 1 : 0);
      if (!standing) return age.remove();
      const [held, { piles: waiting, backlog: behind }] = standing;
      age.set(held);
      for (const [kind, n] of Object.entries(waiting)) piles.set({ kind }, n);
      for (const [reader, n] of Object.entries(behind)) backlog.set({ reader }, n);
    },
  };
} // prettier-ignore
