/** What all peers share: the hub's own login and pool, so that each asks as the same role, for the same viewer, under the same walls. */
import pg from 'pg';
import { DemoKeys } from '../../dist/src/auth/demo-keys.js';
import { Login } from '../../dist/src/auth/login.js';
import { bearer } from '../../dist/src/auth/login.js';
import { hubPool } from '../../dist/src/db/open.js';
import { rowTypes } from '../../dist/src/db/types.js';
import { scopeKey } from '../../dist/src/kernel/viewer.js';

const [, , url, walls] = process.argv;
export const now = '2026-11-24T09:00:00.000Z';
const max = Number(process.env.BENCH_POOL);

/** `open`: a superuser's, bound by no policy. The settings of each connection are the hub's in both. */
export const pool = hubPool(url, { max });
pool.options.idleTimeoutMillis = 0;
export const isOpen = walls === 'none';
export { pg, rowTypes, url, max };

const login = new Login({
  ...{ pool, clock: { now: () => now }, issuers: [new DemoKeys(Buffer.from('bench')).issuer] },
  ...{ health: false, believedFor: 0, used: () => {} },
});

/** Who asks, from the bearer token: verified, and looked up, at each request as the hub does. */
export async function viewerOf(headers) {
  const admitted = await login.admit(bearer(headers.authorization) ?? '');
  if (!admitted) throw new Error('nobody we know');
  const { viewer } = admitted;
  return { viewer, settings: { 'app.scope': scopeKey(viewer), 'app.now': now } };
}

/** One statement as a viewer, as the hub sends its own: set before the first row is looked at. */
export function asViewer(text, values) {
  return `with viewer as materialized (select set_config('app.scope', $${values + 1}, true) as scope, set_config('app.now', $${values + 2}, true) as now)
    select answer.* from viewer cross join lateral (
      select * from (${text}) question where viewer.scope is not null and viewer.now is not null offset 0) answer`;
}

/** Tells the bench where it listens, and does what the bench says. */
export function ready(address, close) {
  const answers = {
    cpu() {
      const { user, system } = process.cpuUsage();
      return user + system;
    },
    async stop() {
      await close();
      await pool.end();
      return null;
    },
  };
  process.on('message', async (asked) => {
    const answer = await answers[asked]();
    process.send({ answer }, () => asked === 'stop' && process.exit());
  });
  process.send({ url: address });
}
