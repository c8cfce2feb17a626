/** Folders nobody else can tamper with: ours, not a link, and no stranger above them. */
import { chmodSync, existsSync, lstatSync, mkdirSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export interface Account {
  uid: number;
  gid: number;
}

const me = process.geteuid?.();

/** The path with every link resolved but the last name, which must not be one. */
export function realPlace(path: string): string {
  const parent = dirname(path);
  if (parent === path) return path;
  return join(existsSync(parent) ? realpathSync(parent) : realPlace(parent), basename(path));
}

/** Makes the folder when it is missing, and refuses it when it could be someone else's. */
export function ownFolder(path: string): string {
  const parent = dirname(path);
  if (existsSync(parent)) ancestorsOf(path).forEach(refuseStranger);
  else ownFolder(parent);
  make(path);
  const found = lstatSync(path);
  if (!found.isDirectory())
    throw new Error(`${path} is a link or a file where a folder is expected: remove it.`);
  if (me === undefined) return path;
  if (found.uid !== me)
    throw new Error(`${path} belongs to user ${found.uid}, not ${me}: start as its owner or remove it.`);
  if (found.mode & 0o002) throw new Error(`${path} can be written by anyone: choose a folder of its own.`);
  return path;
}

/** Whether the account can enter every folder down to the path, and read and enter or run the path itself. */
export function reaches(path: string, account: Account): boolean {
  if (!existsSync(path)) return reaches(dirname(path), account);
  return ancestorsOf(path).every((folder) => may(account, folder, 0o1)) && may(account, path, 0o5);
}

function make(path: string): void {
  try {
    mkdirSync(path);
    // Not left to the umask: the unprivileged account of a root process must pass through.
    chmodSync(path, me === 0 ? 0o755 : 0o700);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}

function refuseStranger(folder: string): void {
  if (me === undefined) return;
  const { uid, mode } = statSync(folder);
  // Whoever owns our code could do all we can; the owner of / is root, even where a container shows another number.
  const trusted = [me, statSync('/').uid, statSync(fileURLToPath(import.meta.url)).uid];
  if (!trusted.includes(uid))
    throw new Error(`${folder} belongs to user ${uid}, who could replace the data below it.`);
  const anyone = (mode & 0o002) !== 0;
  const sticky = (mode & 0o1000) !== 0;
  if (anyone && !sticky) throw new Error(`Anyone can write in ${folder} and replace the data below it.`);
}

function may(account: Account, path: string, wish: number): boolean {
  const { uid, gid, mode } = statSync(path);
  const shift = uid === account.uid ? 6 : gid === account.gid ? 3 : 0;
  return ((mode >> shift) & wish) === wish;
}

function ancestorsOf(path: string): string[] {
  const parent = dirname(path);
  return parent === path ? [] : [...ancestorsOf(parent), parent];
}
