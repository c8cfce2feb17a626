/** A hub of its own process for a bench, with both walls or with neither; told what to do by messages. */
import 'reflect-metadata';
import pg from 'pg';
import { pino } from 'pino';
import { DemoKeys } from '../../dist/src/auth/demo-keys.js';
import { hubPool } from '../../dist/src/db/open.js';
import { rowTypes } from '../../dist/src/db/types.js';
import { hubViewer } from '../../dist/src/kernel/viewer.js';
import { assembleHub } from '../../dist/src/server/hub.js';
import { openDoor } from '../../dist/src/server/http.js';

const [, , url, arm] = process.argv;
// BENCH_FAST_PATH=off asks for the ordinary resolvers alone
const { BENCH_POOL: width = 16, BENCH_FAST_PATH: fastPath = 'on' } = process.env;
const walls = arm === 'walls';
const pool = walls
  ? hubPool(url, { max: Number(width) })
  : new pg.Pool({ connectionString: url, max: Number(width), types: rowTypes });
pool.options.idleTimeoutMillis = 0; // a server process that ends takes with it what it has worked
const clock = { now: () => '2026-11-24T09:00:00.000Z' };
const issuers = [new DemoKeys(Buffer.from('bench')).issuer];
const hub = await assembleHub({
  pool,
  clock,
  issuers,
  log: pino({ level: 'silent' }),
  limits: { costPerMinute: 1e12 },
  fastPath: fastPath !== 'off',
});
if (!walls) seeAll(hub);
const door = await openDoor(hub);
process.send({ url: await door.app.listen({ port: 0, host: '127.0.0.1' }), backends: await backends() });

const answers = {
  cpu: () => {
    const { user, system } = process.cpuUsage();
    return user + system;
  },
  /** What it holds once what nobody holds any more is gone (`--expose-gc`). */
  memory: () => {
    globalThis.gc?.();
    const { rss, heapUsed } = process.memoryUsage();
    return { rss, heapUsed };
  },
  async stop() {
    await door.close();
    await hub.feed.stop();
    await pool.end();
    return null;
  },
};
process.on('message', async (asked) => {
  process.send({ answer: await answers[asked]() }, () => asked === 'stop' && process.disconnect());
});

/** Whoever enters is the same organisation, but bound by nothing: each scope is `true`, and the login a superuser's. */
function seeAll({ login }) {
  const viewer = login.viewer.bind(login);
  login.viewer = async (credential) => {
    const { organisation, organisationKind, member, roles, scopes, people } = await viewer(credential);
    return { ...hubViewer('bench'), organisation, organisationKind, member, roles, scopes, people };
  };
}

/** The server processes behind the pool, all of its connections opened but the feed's ear. */
async function backends() {
  const clients = await Promise.all(Array.from({ length: width - 1 }, () => pool.connect()));
  const pids = await Promise.all(
    clients.map((client) => client.query('select pg_backend_pid() as pid').then(({ rows }) => rows[0].pid)),
  );
  for (const client of clients) client.release();
  return pids;
}
