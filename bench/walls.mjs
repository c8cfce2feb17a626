/**
 * What both walls cost: each question a partner asks, as the hub's role under both walls, against the same statement as
 * a superuser whom no policy binds, with scope `true` and without the viewer carried along. Interleaved rounds, medians:
 * `npm run bench -- walls [share of a département = 1] [file.json]`. Figures: docs/adr/0013-the-cost-of-two-walls.md.
 *
 * Judged by processor time, of PostgreSQL and of this process together, which is what bounds how many questions a machine
 * answers, and which others at work on it do not change; where the system does not tell it (not Linux), by elapsed time.
 */
import 'reflect-metadata';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import pg from 'pg';
import { Database } from '../dist/src/db/database.js';
import { hubPool } from '../dist/src/db/open.js';
import { rowTypes } from '../dist/src/db/types.js';
import { hubViewer } from '../dist/src/kernel/viewer.js';
import { departement, withProgramme } from './kit/cluster.mjs';
import { questions } from './kit/questions.mjs';
import { someOf, viewersOf } from './kit/viewers.mjs';

const [share = '1', file] = process.argv.slice(2);
const goal = 0.85;
const clock = { now: () => '2026-11-24T09:00:00.000Z' };
const budget = 30; // milliseconds a round of one question
const rounds = 5;
const worked = new Map();

const sizes = Object.fromEntries(
  Object.entries(departement).map(([what, size]) => [what, Math.ceil(size * Number(share))]),
);
await withProgramme(sizes, compare);

async function compare(urls) {
  const admin = new pg.Pool({ connectionString: urls.admin, max: 8, types: rowTypes });
  const pool = hubPool(urls.hub);
  const db = new Database({ pool, clock });
  const results = [];
  for (const [who, viewer] of Object.entries(await viewersOf(admin))) {
    const some = await someOf(admin, viewer);
    const walled = db.as(viewer);
    // the same organisation for what filters by it, but seeing everything
    const unbound = { ...hubViewer('bench'), organisation: viewer.organisation, member: viewer.member };
    const bare = { viewer: unbound, now: clock.now(), rows: (query) => plain(admin, query) };
    for (const [what, ask] of Object.entries(questions))
      for (const together of [1, 8]) {
        const walls = { backends: await backendsOf(pool), ask: (asked) => asked(walled, viewer, some) };
        const none = { backends: await backendsOf(admin), ask: (asked) => asked(bare, unbound, some) };
        results.push({ who, what, together, ...(await race(ask, { walls, none }, together)) });
        tell(results.at(-1));
      }
  }
  await Promise.all([pool.end(), admin.end()]);
  summary(results);
  if (file) await writeFile(file, JSON.stringify({ sizes, goal, results }, null, 1));
}

async function plain(admin, query) {
  const name = createHash('sha1').update(query.text).digest('hex').slice(0, 16);
  return (await admin.query({ name, text: query.text, values: query.values })).rows;
}

/** The server processes of a pool, all of its connections opened. */
async function backendsOf(pool) {
  const clients = await Promise.all(Array.from({ length: pool.options.max }, () => pool.connect()));
  const pids = await Promise.all(
    clients.map((client) => client.query('select pg_backend_pid() as pid').then(({ rows }) => rows[0].pid)),
  );
  for (const client of clients) client.release();
  return pids;
}

/** Medians of one question in microseconds, asked by `together` at once; the two take turns. */
async function race(ask, { walls, none }, together) {
  const work = ({ ask: as }) => as(ask);
  for (let warm = 0; warm < 7; warm++)
    await Promise.all(Array.from({ length: together }, () => Promise.all([work(walls), work(none)])));
  const slowest = Math.max((await timed(walls, ask, 1, together)).elapsed, (await timed(none, ask, 1, together)).elapsed);
  const times = Math.max(1, Math.min(50, Math.round((budget * 1000) / slowest / together)));
  const samples = { walls: [], none: [] };
  for (let round = 0; round < (slowest > 100_000 ? 2 : rounds); round++) {
    samples.walls.push(await timed(walls, ask, times, together));
    samples.none.push(await timed(none, ask, times, together));
  }
  const of = (arm, figure) => Math.round(median(samples[arm].map((sample) => sample[figure])));
  const figure = of('walls', 'processor') ? 'processor' : 'elapsed';
  return {
    walls: { elapsed: of('walls', 'elapsed'), processor: of('walls', 'processor') },
    none: { elapsed: of('none', 'elapsed'), processor: of('none', 'processor') },
    ratio: Number((of('none', figure) / of('walls', figure)).toFixed(2)),
  };
} // prettier-ignore

async function timed({ backends, ask: as }, ask, times, together) {
  const before = processorOf(backends);
  const began = performance.now();
  const worker = async () => {
    for (let n = 0; n < times; n++) await as(ask);
  };
  await Promise.all(Array.from({ length: together }, worker));
  const each = (total) => total / times / together;
  return {
    elapsed: each((performance.now() - began) * 1000),
    processor: each(processorOf(backends) - before),
  };
}

/** Microseconds that these server processes and this one have worked; one that has gone had worked what was last seen. */
function processorOf(backends) {
  if (process.platform !== 'linux') return 0;
  for (const pid of backends)
    try {
      worked.set(pid, Number(readFileSync(`/proc/${pid}/schedstat`, 'utf8').split(' ')[0]) / 1000);
    } catch {
      // closed while idle
    }
  const { user, system } = process.cpuUsage();
  return user + system + backends.reduce((sum, pid) => sum + (worked.get(pid) ?? 0), 0);
}

function median(samples) {
  return [...samples].sort((a, b) => a - b)[Math.floor(samples.length / 2)];
}

function tell({ who, what, together, walls, none, ratio }) {
  const figures = [walls, none].map(({ elapsed, processor }) => `${elapsed}`.padStart(8) + `${processor}`.padStart(8));
  console.log(`${who.padEnd(21)} ${what.padEnd(28)} ×${together} ${figures.join('  ')}  ${ratio.toFixed(2)}${ratio < goal ? '  below' : ''}`);
} // prettier-ignore

function summary(results) {
  const met = results.filter(({ ratio }) => ratio >= goal).length;
  console.log(
    `${met} of ${results.length} at ${goal} or better; median ${median(results.map(({ ratio }) => ratio))}`,
  );
}
