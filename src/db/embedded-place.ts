/** Where an embedded cluster lives, which account it runs under and which binaries it runs. */
import { createHash } from 'node:crypto';
import { existsSync, lstatSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { binariesFor } from './embedded-binaries.ts';
import { type Account, ownFolder, reaches, realPlace } from './embedded-folder.ts';

export interface Place {
  /** The folder that holds everything; `cluster/` below it appears in one rename, complete. */
  home: string;
  cluster: string;
  data: string;
  password: string;
  owner: string;
  lock: string;
  log: string;
  /** Folder with bin, lib and share. */
  binaries: string;
  /** Set when we are root, which PostgreSQL refuses to be. */
  account: Account | undefined;
}

export function settle(dataDir: string, log: (line: string) => void): Place {
  const account = process.geteuid?.() === 0 ? unprivileged() : undefined;
  const wanted = realPlace(resolve(dataDir));
  const home = ownFolder(account ? reachable(wanted, account, log) : wanted);
  const cluster = join(home, 'cluster');
  const data = join(cluster, 'data');
  const runAs = account && (ownerOf(data) ?? account);
  return {
    home,
    cluster,
    data,
    password: join(cluster, 'password'),
    owner: join(home, 'owner.json'),
    lock: join(home, 'lock'),
    log: join(home, 'postgres.log'),
    binaries: binariesFor(runAs, () => (account ? shelter() : home)),
    account: runAs,
  };
}

/** Root's own folder, for what an unprivileged account cannot reach in the checkout (a checkout below /root). */
function shelter(): string {
  return ownFolder(realPlace('/var/lib/passerelle'));
}

/** Data stays where it first went, whatever became of the permissions above it since. */
function reachable(wanted: string, account: Account, log: (line: string) => void): string {
  const name = `data-${createHash('sha256').update(wanted).digest('hex').slice(0, 12)}`;
  const sheltered = join(realPlace('/var/lib/passerelle'), name);
  if (!existsSync(sheltered) && reaches(wanted, account)) return wanted;
  if (existsSync(join(wanted, 'cluster'))) {
    throw new Error(
      `PostgreSQL (user ${account.uid}) can no longer enter ${wanted}: open the folders above it.`,
    );
  }
  log(`PostgreSQL cannot run as root nor enter ${wanted}: the data is kept in ${sheltered}.`);
  return join(shelter(), name);
}

function unprivileged(): Account {
  const lines = readFileSync('/etc/passwd', 'utf8').split('\n');
  for (const name of ['postgres', 'nobody']) {
    const [, , uid, gid] = lines.find((line) => line.startsWith(`${name}:`))?.split(':') ?? [];
    // Unsigned, as file owners are given: macOS writes nobody as -2.
    if (uid) return { uid: Number(uid) >>> 0, gid: Number(gid) >>> 0 };
  }
  throw new Error(
    'PostgreSQL refuses to run as root and there is no user postgres or nobody: set DATABASE_URL.',
  );
}

/** An existing cluster keeps its account, even if a user called postgres has come since. */
function ownerOf(data: string): Account | undefined {
  const found = lstatSync(data, { throwIfNoEntry: false });
  if (!found) return undefined;
  if (!found.isDirectory() || found.uid === 0)
    throw new Error(`${data} is a link or root's: PostgreSQL cannot use it.`);
  return { uid: found.uid, gid: found.gid };
}
