/** The PostgreSQL server process of a place: find it, start it, stop it. */
import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { program } from './embedded-binaries.ts';
import type { Place } from './embedded-place.ts';
import { answers, couldBe, isAlive } from './embedded-process.ts';

export interface Postmaster {
  pid: number;
  port: number;
  status: string;
}

const PATIENCE_MS = 120_000;
/** The port was taken meanwhile, or the last sessions of a killed server have not noticed yet. */
const PASSING = /could not create any TCP\/IP sockets|pre-existing shared memory block/;
const LOG_LIMIT = 8 * 1024 * 1024;

/** The server already running on the data, once it is ready; a stopping one is waited out. */
export async function runningPostmaster(place: Place): Promise<Postmaster | undefined> {
  const deadline = Date.now() + PATIENCE_MS;
  while (Date.now() < deadline) {
    const found = readPidFile(place);
    if (!found) return undefined;
    if (!isOurs(place, found)) {
      // A zombie, or another program since a crash: PostgreSQL would take it for a rival and refuse to start.
      if (answers(found.pid)) rmSync(pidFile(place), { force: true });
      return undefined;
    }
    if (found.status === 'ready') return found;
    await sleep(20);
  }
  throw failure(place, 'PostgreSQL is neither up nor down');
}

/** True after a crash or a kill; one that was stopped in order leaves no pid file. */
export function died(place: Place): boolean {
  const found = readPidFile(place);
  return found !== undefined && !isOurs(place, found);
}

/** Where the last PostgreSQL listened, unless it was stopped in order. */
export function portLeftBy(place: Place): number | undefined {
  return readPidFile(place)?.port || undefined;
}

/** Where to listen: there and nowhere else, or there if it is free; else anywhere. */
export interface PortWish {
  required?: number;
  preferred?: number | undefined;
}

export async function launch(
  place: Place,
  settings: Record<string, string>,
  wish: PortWish = {},
): Promise<Postmaster> {
  keepLogSmall(place.log);
  for (let attempt = 1; ; attempt++) {
    const from = sizeOf(place.log);
    const wished = wish.required ?? (attempt === 1 ? wish.preferred : undefined);
    const port = wished ?? (await freePort());
    const postmaster = (await attemptOn(port, place, settings)) ?? (await runningPostmaster(place));
    if (postmaster) return postmaster;
    const said = logOf(place).subarray(from).toString('utf8');
    if (!PASSING.test(said) || attempt === 60) throw failure(place, 'PostgreSQL did not start');
    await sleep(300);
  }
}

export async function shutDown(place: Place): Promise<void> {
  const found = readPidFile(place);
  if (!found || !isOurs(place, found)) return;
  // Through pg_ctl under PostgreSQL's own account: that account writes the pid file, so root must not signal by it.
  const code = await run(place, 'pg_ctl', ['stop', '-D', place.data, '-m', 'fast', '-w', '-t', '120']);
  if (code !== 0 && existsSync(pidFile(place))) throw failure(place, 'PostgreSQL did not stop');
}

/** Runs one of PostgreSQL's tools to its end, its words going to the log. */
export async function run(place: Place, name: 'initdb' | 'pg_ctl', args: string[]): Promise<number | null> {
  const child = begin(place, name, args, false);
  return new Promise((resolve, reject) => {
    child.once('error', (error) => reject(cannotRun(place, error)));
    child.once('exit', resolve);
  });
}

export function failure(place: Place, what: string): Error {
  const tail = existsSync(place.log) ? logOf(place).toString('utf8').trimEnd().split('\n').slice(-12) : [];
  return new Error(`${what}. Its log is ${place.log}, which ends:\n${tail.join('\n')}`);
}

async function attemptOn(port: number, place: Place, settings: Record<string, string>) {
  const options = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const child = begin(place, 'postgres', ['-D', place.data, '-p', String(port), ...options], true);
  let ended = false;
  let broken: Error | undefined;
  child.once('exit', () => (ended = true));
  child.once('error', (error) => (broken = cannotRun(place, error)));
  const deadline = Date.now() + PATIENCE_MS;
  while (!ended && Date.now() < deadline) {
    if (broken) throw broken;
    const found = readPidFile(place);
    if (found?.pid === child.pid && found?.status === 'ready') {
      child.unref();
      return found;
    }
    await sleep(10);
  }
  child.unref();
  return undefined;
}

/** Detached: a Ctrl-C meant for the hub must not reach PostgreSQL before the hub has closed its connections. */
function begin(
  place: Place,
  name: Parameters<typeof program>[1],
  args: string[],
  detached: boolean,
): ChildProcess {
  const log = openSync(place.log, 'a', 0o600);
  try {
    return spawn(program(place.binaries, name), args, {
      cwd: place.home,
      env: environment(),
      stdio: ['ignore', log, log],
      windowsHide: true,
      detached,
      // Node wants signed numbers here.
      ...(place.account && { uid: place.account.uid | 0, gid: place.account.gid | 0 }),
    });
  } finally {
    closeSync(log);
  }
}

/** Neither the hub's secrets nor a PGPORT meant for psql. */
function environment(): NodeJS.ProcessEnv {
  const kept = ['PATH', 'TZ', 'TMPDIR', 'TEMP', 'TMP', 'SystemRoot', 'windir'];
  return { ...Object.fromEntries(kept.map((name) => [name, process.env[name]])), LC_ALL: 'C' };
}

function cannotRun(place: Place, error: Error): Error {
  return new Error(
    `The PostgreSQL of ${place.binaries} cannot run here (${error.message}): set DATABASE_URL.`,
  );
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve, reject) => {
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', resolve);
  });
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

function pidFile(place: Place): string {
  return join(place.data, 'postmaster.pid');
}

/** Line 1 is the pid, 4 the port, 8 the status; PostgreSQL adds them one by one while it starts. */
function readPidFile(place: Place): Postmaster | undefined {
  try {
    const lines = readFileSync(pidFile(place), 'utf8').split('\n');
    const pid = Number(lines[0]);
    return pid > 0 ? { pid, port: Number(lines[3]), status: lines[7]?.trim() ?? '' } : undefined;
  } catch {
    return undefined;
  }
}

function isOurs(place: Place, found: Postmaster): boolean {
  return isAlive(found) && couldBe(found.pid, place.account?.uid, place.data);
}

function logOf(place: Place): Buffer {
  return readFileSync(place.log);
}

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}

function keepLogSmall(log: string): void {
  if (sizeOf(log) > LOG_LIMIT) renameSync(log, `${log}.old`);
}
