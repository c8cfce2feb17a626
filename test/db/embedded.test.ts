import { transformFileSync, type Options } from '@swc/core';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { type Cluster, startCluster } from '../../src/db/embedded.ts';

const root = resolve(fileURLToPath(import.meta.url), '../../..');
const scratch = mkdtempSync(join(tmpdir(), 'passerelle-'));
const clusters: Cluster[] = [];
const processes: ChildProcess[] = [];

// As root, PostgreSQL's own account must be able to pass.
beforeAll(() => chmodSync(scratch, 0o755));
beforeAll(compileForChildren);
afterEach(async () => {
  for (const process of processes.splice(0)) process.kill('SIGKILL');
  for (const cluster of clusters.splice(0).reverse()) await cluster.stop();
});
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

describe('an embedded cluster', () => {
  const dataDir = join(scratch, 'shared');

  it('is made at the first start, French and on this machine only', async () => {
    const cluster = await startHere(dataDir);
    expect(cluster).toMatchObject({ joined: false, dataDir });
    expect(new URL(cluster.url('éé')).pathname).toBe('/%C3%A9%C3%A9');
    expect(
      await ask(
        cluster.url(),
        `select datlocale, current_setting('listen_addresses') as addresses, current_setting('fsync') as fsync
         from pg_database where datname = 'postgres'`,
      ),
    ).toEqual({ datlocale: 'fr', addresses: '127.0.0.1', fsync: 'off' });
  });

  it('keeps its data and its password over a restart', async () => {
    const before = await startHere(dataDir);
    await ask(before.url(), 'create table kept as select 42 as answer');
    await before.stop();
    const after = await startHere(dataDir);
    expect(after.joined).toBe(false);
    expect(new URL(after.url()).password).toBe(new URL(before.url()).password);
    expect(await ask(after.url(), 'select answer from kept')).toEqual({ answer: 42 });
  });

  it('is joined by a second start in the same process, and stopped by the first', async () => {
    const first = await startHere(dataDir);
    const second = await startHere(dataDir);
    expect(second).toMatchObject({ joined: true, port: first.port });
    await second.stop();
    expect(await isUp(first)).toBe(true);
    await first.stop();
    expect(await isUp(first)).toBe(false);
  });

  it('is joined by another process, which leaves it running', async () => {
    const cluster = await startHere(dataDir);
    const other = startElsewhere(dataDir);
    expect(await other.started).toEqual({ joined: true, port: cluster.port });
    await other.stop();
    expect(await isUp(cluster)).toBe(true);
  });

  it('outlives a killed owner, and the next start adopts and stops it', async () => {
    const other = startElsewhere(dataDir);
    const { port } = await other.started;
    await other.kill();
    const heir = await startHere(dataDir);
    expect(heir).toMatchObject({ joined: true, port });
    await heir.stop();
    expect(await isUp(heir)).toBe(false);
    expect(existsSync(join(dataDir, 'cluster', 'data', 'postmaster.pid'))).toBe(false);
  });

  it('passes to a process that had joined it when its owner is killed', async () => {
    const other = startElsewhere(dataDir);
    await other.started;
    const joiner = await startHere(dataDir);
    await other.kill();
    await joiner.stop();
    expect(await isUp(joiner)).toBe(false);
  });

  it('is started again on the same port when it was killed, once for all who joined it', async () => {
    const cluster = await startHere(dataDir);
    const joiner = await startHere(dataDir);
    expect(await cluster.revive()).toBe(false);
    await killPostmaster(dataDir);
    expect(await isUp(cluster)).toBe(false);
    await Promise.all([cluster.revive(), joiner.revive()]);
    expect(await isUp(cluster)).toBe(true);
    await cluster.stop();
    expect(await isUp(cluster)).toBe(false);
  });

  it('was stopped in order, and stays so', async () => {
    const cluster = await startHere(dataDir);
    const joiner = await startHere(dataDir);
    await cluster.stop();
    expect(await joiner.revive()).toBe(false);
    expect(await isUp(joiner)).toBe(false);
  });

  it('that was killed is found where it was by a later start', async () => {
    const { port } = await startHere(dataDir);
    await killPostmaster(dataDir);
    expect(await startHere(dataDir)).toMatchObject({ joined: false, port });
  });

  it('starts although a crash left a lock and a pid that are now another process’s', async () => {
    const pid = process.pid;
    writeFileSync(join(dataDir, 'lock'), JSON.stringify({ pid, started: 'before the crash' }));
    writeFileSync(join(dataDir, 'cluster', 'data', 'postmaster.pid'), `${pid}\n\n\n1\n\n\n\nready\n`);
    const cluster = await startHere(dataDir);
    expect(cluster.joined).toBe(false);
    expect(await isUp(cluster)).toBe(true);
  });
});

it('three processes at once make one cluster', async () => {
  const dataDir = join(scratch, 'race');
  const others = [1, 2, 3].map(() => startElsewhere(dataDir));
  const started = await Promise.all(others.map((other) => other.started));
  expect(started.map(({ joined }) => joined).sort()).toEqual([false, true, true]);
  expect(new Set(started.map(({ port }) => port)).size).toBe(1);
  await Promise.all(others.map((other) => other.stop()));
});

it('a cluster whose making was killed in the middle is made again', async () => {
  const dataDir = join(scratch, 'half');
  const other = startElsewhere(dataDir);
  other.started.catch(() => undefined);
  while (!halfMade(dataDir)) await sleep(5);
  await other.kill();
  expect(existsSync(join(dataDir, 'cluster'))).toBe(false);
  const cluster = await startHere(dataDir);
  expect(cluster.joined).toBe(false);
  expect(await isUp(cluster)).toBe(true);
  await cluster.stop();
  await startHere(dataDir);
  expect(readdirSync(dataDir).filter((name) => name.startsWith('unfinished-'))).toEqual([]);
});

it('a start that fails shows the log', async () => {
  const dataDir = join(scratch, 'half');
  const start = startCluster({ dataDir, maxConnections: -1 });
  await expect(start).rejects.toThrow(
    /did not start. Its log is .*postgres.log, which ends:\n[^]*max_connections/,
  );
});

it.each([
  ['a link', (path: string) => symlinkSync(scratch, path), 'is a link or a file'],
  [
    'a folder anyone can write',
    (path: string) => (mkdirSync(path), chmodSync(path, 0o777)),
    'written by anyone',
  ],
])('%s is refused as home', async (name, make, reason) => {
  const path = join(scratch, name.replaceAll(' ', '-'));
  make(path);
  await expect(startCluster({ dataDir: path })).rejects.toThrow(reason);
});

async function startHere(dataDir: string): Promise<Cluster> {
  const cluster = await startCluster({ dataDir, volatile: true });
  clusters.push(cluster);
  return cluster;
}

/** A process of its own that starts the cluster, says how, and stops it when its input ends. */
function startElsewhere(dataDir: string) {
  const code = `
    import { startCluster } from ${JSON.stringify(join(scratch, 'compiled', 'embedded.js'))};
    const cluster = await startCluster({ dataDir: ${JSON.stringify(dataDir)}, volatile: true });
    console.log(JSON.stringify({ joined: cluster.joined, port: cluster.port }));
    process.stdin.on('end', () => cluster.stop()).resume();
  `;
  const child = spawn(process.execPath, ['--input-type=module', '-e', code], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { PATH: process.env.PATH },
  });
  processes.push(child);
  const exited = once(child, 'exit');
  return {
    started: Promise.race([once(createInterface(child.stdout), 'line'), exited]).then(
      ([line]) => JSON.parse(String(line)) as { joined: boolean; port: number },
    ),
    stop: () => (child.stdin.end(), exited),
    kill: () => (child.kill('SIGKILL'), exited),
  };
}

function halfMade(dataDir: string): boolean {
  const unfinished =
    existsSync(dataDir) && readdirSync(dataDir).find((name) => name.startsWith('unfinished-'));
  return Boolean(unfinished) && existsSync(join(dataDir, String(unfinished), 'data', 'PG_VERSION'));
}

async function ask(url: string, sql: string): Promise<unknown> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql)).rows[0];
  } finally {
    await client.end();
  }
}

async function isUp(cluster: Cluster): Promise<boolean> {
  return ask(cluster.url(), 'select 1').then(
    () => true,
    () => false,
  );
}

/** Node 20 runs no TypeScript, so the other processes get a compiled copy. */
function compileForChildren(): void {
  const { $schema: _, ...swc } = JSON.parse(readFileSync(join(root, '.swcrc'), 'utf8')) as Options & {
    $schema: string;
  };
  const out = join(scratch, 'compiled');
  mkdirSync(out);
  writeFileSync(join(out, 'package.json'), '{ "type": "module" }');
  symlinkSync(join(root, 'node_modules'), join(out, 'node_modules'), 'junction');
  for (const name of readdirSync(join(root, 'src/db')).filter((file) => file.startsWith('embedded'))) {
    const { code } = transformFileSync(join(root, 'src/db', name), {
      ...swc,
      swcrc: false,
      sourceMaps: false,
    });
    writeFileSync(join(out, name.replace(/ts$/, 'js')), code);
  }
}

async function killPostmaster(dataDir: string): Promise<void> {
  const pid = Number(readFileSync(join(dataDir, 'cluster', 'data', 'postmaster.pid'), 'utf8').split('\n')[0]);
  process.kill(pid, 'SIGKILL');
  while (existsSync(`/proc/${pid}`)) await sleep(10);
}
