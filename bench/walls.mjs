/**
 * What both walls cost: each question a partner asks, as the hub's role under both walls, against the same statement as
 * a superuser whom no policy binds, with scope `true` and without the viewer carried along. Interleaved rounds, medians:
 * `npx tsc && node bench/walls.mjs [share of a département = 1] [file.json]`. Figures: docs/adr/0013-the-cost-of-two-walls.md.
 */
import 'reflect-metadata';
import { createHash } from 'node:crypto';
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
const budget = 40; // milliseconds a round of one question
const rounds = Number(process.env.ROUNDS ?? 7);

const sizes = Object.fromEntries(
  Object.entries(departement).map(([what, size]) => [what, Math.ceil(size * Number(share))]),
);
if (process.env.BENCH_URLS) await compare(JSON.parse(process.env.BENCH_URLS));
else await withProgramme(sizes, compare);

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
        const result = await race(
          () => ask(walled, viewer, some),
          () => ask(bare, unbound, some),
          together,
        );
        results.push({ who, what, together, ...result });
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

/** Medians of one question in microseconds, asked by `together` at once; the two take turns. */
async function race(withWalls, without, together) {
  for (let warm = 0; warm < 7; warm++) await Promise.all([withWalls(), without()]);
  const once = Math.max(await timed(withWalls, 1, together), await timed(without, 1, together));
  const times = Math.max(1, Math.min(50, Math.round((budget * 1000) / once)));
  const samples = { walls: [], bare: [] };
  for (let round = 0; round < (once > 300_000 ? 3 : rounds); round++) {
    samples.walls.push(await timed(withWalls, times, together));
    samples.bare.push(await timed(without, times, together));
  }
  const [walls, bare] = [median(samples.walls), median(samples.bare)];
  return { walls: Math.round(walls), bare: Math.round(bare), ratio: Number((bare / walls).toFixed(2)) };
}

async function timed(work, times, together) {
  const began = performance.now();
  const worker = async () => {
    for (let n = 0; n < times; n++) await work();
  };
  await Promise.all(Array.from({ length: together }, worker));
  return ((performance.now() - began) * 1000) / times / together;
}

function median(samples) {
  return [...samples].sort((a, b) => a - b)[Math.floor(samples.length / 2)];
}

function tell({ who, what, together, walls, bare, ratio }) {
  const cells = [
    who.padEnd(21),
    what.padEnd(28),
    `×${together}`,
    `${walls}`.padStart(8),
    `${bare}`.padStart(8),
  ];
  console.log(`${cells.join(' ')}  ${ratio.toFixed(2)}${ratio < goal ? '  below' : ''}`);
}

function summary(results) {
  const met = results.filter(({ ratio }) => ratio >= goal).length;
  console.log(
    `${met} of ${results.length} at ${goal} or better; median ${median(results.map(({ ratio }) => ratio))}`,
  );
}
