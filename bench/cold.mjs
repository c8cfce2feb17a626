/**
 * From `npm start` on data that stands to the first answer, and what the hub then holds: the demo, started once to make its
 * data, then again and again. `npm run bench -- cold [times = 5]`. Beside it the same without npm and its look at the build.
 */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const times = Number(process.argv[2] ?? 5);
const middle = (sorted) => sorted[Math.floor(sorted.length / 2)];
let token;
const root = fileURLToPath(new URL('../', import.meta.url));
const folder = await mkdtemp(join(tmpdir(), 'passerelle-cold-'));
const env = {
  ...process.env,
  DATA_DIR: folder,
  HOST: '127.0.0.1',
  PORT: String(await freePort()),
  LOG_LEVEL: 'error',
};
const ways = {
  'npm start': ['npm', ['start', '--silent']],
  'node dist/src/main.js': [process.execPath, ['--max-semi-space-size=8', 'dist/src/main.js']],
}; // prettier-ignore

try {
  console.log(`first start, with its data to make: ${(await started(ways['npm start'])).seconds.toFixed(1)} s`);
  for (const [name, way] of Object.entries(ways)) {
    const runs = [];
    for (let run = 0; run < times; run++) runs.push(await started(way));
    const seconds = runs.map((each) => each.seconds).sort((one, other) => one - other);
    const held = runs.map((each) => each.rss).sort((one, other) => one - other);
    console.log(`${name}: ${middle(seconds).toFixed(2)} s to the first answer (${seconds[0].toFixed(2)} to ${seconds.at(-1).toFixed(2)}), then ${Math.round(middle(held))} MiB`);
  }
} finally {
  await rm(folder, { recursive: true, force: true });
} // prettier-ignore

/** Starts it, asks until it answers, and stops it. */
async function started([command, args]) {
  const began = performance.now();
  const child = spawn(command, args, { cwd: root, env, stdio: ['ignore', 'ignore', 'inherit'], detached: true });
  const ended = once(child, 'exit');
  while (!(await answers())) {
    if (child.exitCode !== null) throw new Error('the hub did not start');
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  const seconds = (performance.now() - began) / 1000;
  await new Promise((resolve) => setTimeout(resolve, 3_000)); // at rest
  const rss = heldBy(child.pid);
  process.kill(-child.pid, 'SIGTERM');
  await ended;
  return { seconds, rss };
} // prettier-ignore

/** A member of the demo asks for a page; the first start leaves in its folder what its token is signed with. */
async function answers() {
  const address = `http://127.0.0.1:${env.PORT}`;
  if (!token && !(await fetch(`${address}/readyz`).catch(() => null))?.ok) return false;
  token ??= spawnSync(process.execPath, ['scripts/cli.mjs', 'token', 'association'], { cwd: root, env, encoding: 'utf8' }).stdout.trim();
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
  const body = '{"query":"{ vacancies(first: 20) { nodes { id title free } } }"}';
  const answer = await fetch(`${address}/graphql`, { method: 'POST', headers, body }).catch(() => null);
  return answer?.ok && Boolean((await answer.json()).data?.vacancies.nodes.length);
} // prettier-ignore

/** MiB of the hub's own process: npm's child, or the process itself. */
function heldBy(group) {
  const { stdout } = spawnSync('ps', ['-eo', 'pgid=,rss=,args='], { encoding: 'utf8' });
  const of = stdout.split('\n').map((line) => line.trim().split(/\s+/)).find(([pgid, , ...args]) =>
    pgid === String(group) && args.includes('dist/src/main.js') && !args.includes('-c'));
  return Number(of?.[1] ?? NaN) / 1024;
} // prettier-ignore

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  return port;
}
