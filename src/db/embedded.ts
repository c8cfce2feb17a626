/** An embedded PostgreSQL for those who bring none: started, joined when it already runs, and stopped by its owner. */
import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { initialise, isInitialised, removeUnfinished } from './embedded-initdb.ts';
import { locked } from './embedded-lock.ts';
import { type Place, settle } from './embedded-place.ts';
import {
  died,
  launch,
  portLeftBy,
  type PortWish,
  runningPostmaster,
  shutDown,
} from './embedded-postmaster.ts';
import { isAlive, markOf, type ProcessMark } from './embedded-process.ts';

export interface Cluster {
  /** Connection URL as the superuser, for a database (default `postgres`) on 127.0.0.1. */
  url(database?: string): string;
  port: number;
  /** True when the cluster was already running. */
  joined: boolean;
  /** Where the data really went: not always where it was wanted when we are root. */
  dataDir: string;
  /** Starts it again where its clients look for it, if it died without being stopped; true when it had. */
  revive(): Promise<boolean>;
  /** Shuts PostgreSQL down, unless it belongs to someone else who is still alive. */
  stop(): Promise<void>;
}

export interface ClusterOptions {
  dataDir: string;
  /** Fast and unsafe: a power cut loses the data. For tests. */
  volatile?: boolean;
  maxConnections?: number;
  log?: (line: string) => void;
}

/** Who stops the cluster: one call of startCluster in one process. */
interface Owner extends ProcessMark {
  token: string;
}

export async function startCluster(options: ClusterOptions): Promise<Cluster> {
  const log = options.log ?? (() => undefined);
  const place = settle(options.dataDir, log);
  return locked(place.lock, async () => {
    const left = portLeftBy(place);
    const running = await runningPostmaster(place);
    // hubs that outlived a killed PostgreSQL look for it where it was
    const { port } = running ?? (await start(place, options, log, { preferred: left }));
    const token = randomUUID();
    if (!running || !livingOwner(place)) claim(place, token);
    if (running) log(`Joined the PostgreSQL already running on port ${port}.`);
    const revive = () => revived(place, options, log, { port, token });
    return handle(place, { port, joined: running !== undefined, token, revive });
  });
}

/** Of several hubs on the same data one starts it, the others then find it running. */
async function revived(
  place: Place,
  options: ClusterOptions,
  log: (line: string) => void,
  { port, token }: { port: number; token: string },
): Promise<boolean> {
  if (!died(place)) return false;
  await locked(place.lock, async () => {
    if (await runningPostmaster(place)) return;
    await start(place, options, log, { required: port });
    if (!livingOwner(place)) claim(place, token);
  });
  return true;
}

async function start(place: Place, options: ClusterOptions, log: (line: string) => void, port: PortWish) {
  removeUnfinished(place);
  if (!isInitialised(place)) {
    log(`Making a PostgreSQL cluster in ${place.home}.`);
    await initialise(place, options.volatile ?? false);
  }
  const postmaster = await launch(place, settings(options), port);
  log(`PostgreSQL listens on 127.0.0.1:${postmaster.port}.`);
  return postmaster;
}

function settings({ volatile = false, maxConnections = 60 }: ClusterOptions): Record<string, string> {
  return {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: String(maxConnections),
    shared_buffers: '64MB',
    // An open transaction holds back the journal's readers, so a forgotten one must end.
    idle_in_transaction_session_timeout: '60s',
    ...(volatile && forTests),
  };
}

const forTests = {
  ...{ fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' },
  // Autovacuum may sit in a template database, which then cannot be cloned.
  autovacuum: 'off',
  // A test asks most things once or twice: making six plans before one is kept was most of what PostgreSQL did.
  ...{ plan_cache_mode: 'force_generic_plan', jit: 'off' },
};

function handle(
  place: Place,
  { port, joined, token, revive }: Pick<Cluster, 'port' | 'joined' | 'revive'> & { token: string },
): Cluster {
  const password = readFileSync(place.password, 'utf8');
  let stopped: Promise<void> | undefined;
  return {
    url: (database = 'postgres') =>
      `postgres://postgres:${password}@127.0.0.1:${port}/${encodeURIComponent(database)}`,
    port,
    joined,
    dataDir: place.home,
    revive,
    stop: () => (stopped ??= stop(place, token)),
  };
}

async function stop(place: Place, token: string): Promise<void> {
  if (!existsSync(place.home)) return;
  await locked(place.lock, async () => {
    const owner = livingOwner(place);
    if (owner && owner.token !== token) return;
    await shutDown(place);
    rmSync(place.owner, { force: true });
  });
}

function livingOwner(place: Place): Owner | undefined {
  try {
    const owner = JSON.parse(readFileSync(place.owner, 'utf8')) as Owner;
    return isAlive(owner) ? owner : undefined;
  } catch {
    return undefined;
  }
}

/** By rename, so that a kill in the middle leaves the former owner rather than half a file. */
function claim(place: Place, token: string): void {
  const written = `${place.owner}.new`;
  const owner: Owner = { ...markOf(process.pid), token };
  writeFileSync(written, JSON.stringify(owner), { mode: 0o600 });
  renameSync(written, place.owner);
}
