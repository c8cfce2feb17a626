/** Makes a new cluster: aside first, put in place by one rename, so that a killed attempt leaves nothing behind. */
import { randomBytes } from 'node:crypto';
import { chownSync, existsSync, mkdirSync, mkdtempSync, readdirSync } from 'node:fs';
import { chmodSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Place } from './embedded-place.ts';
import { failure, run } from './embedded-postmaster.ts';

const UNFINISHED = 'unfinished-';
const FLAGS = [
  '--locale-provider=icu',
  '--icu-locale=fr',
  '--locale=C',
  '--encoding=UTF8',
  '-A',
  'scram-sha-256',
];
const MAJOR = '18';

/** True when the place holds a cluster; a cluster of another version is refused rather than touched. */
export function isInitialised(place: Place): boolean {
  if (!existsSync(place.cluster)) return false;
  const version = existsSync(place.password) && readVersion(place);
  if (version === MAJOR) return true;
  throw new Error(
    `${place.cluster} is not a PostgreSQL ${MAJOR} cluster of ours: move it away to start afresh.`,
  );
}

export async function initialise(place: Place, volatile: boolean): Promise<void> {
  const aside = mkdtempSync(join(place.home, UNFINISHED));
  // The account passes through to its data but cannot list or change what is beside them.
  chmodSync(aside, place.account ? 0o711 : 0o700);
  const data = join(aside, basename(place.data));
  const secret = randomBytes(24).toString('base64url');
  mkdirSync(data, { mode: 0o700 });
  writeFileSync(join(aside, basename(place.password)), secret, { mode: 0o600, flag: 'wx' });
  const handed = join(aside, 'handed-to-initdb');
  writeFileSync(handed, secret, { mode: 0o600, flag: 'wx' });
  if (place.account) for (const path of [data, handed]) chownSync(path, place.account.uid, place.account.gid);
  const extra = volatile ? ['--no-sync'] : [];
  const code = await run(place, 'initdb', [
    ...['-D', data, '--username=postgres', `--pwfile=${handed}`],
    ...FLAGS,
    ...extra,
  ]);
  if (code !== 0) throw failure(place, 'PostgreSQL could not make a new cluster');
  rmSync(handed);
  renameSync(aside, place.cluster);
}

/** What an initdb killed in the middle left; one that is still writing is left to the start after this one. */
export function removeUnfinished({ home }: Place): void {
  for (const name of readdirSync(home).filter((entry) => entry.startsWith(UNFINISHED))) {
    try {
      rmSync(join(home, name), { recursive: true, force: true });
    } catch {
      continue;
    }
  }
}

function readVersion(place: Place): string | undefined {
  const file = join(place.data, 'PG_VERSION');
  return existsSync(file) ? readFileSync(file, 'utf8').trim() : undefined;
}
