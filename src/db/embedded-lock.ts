/** One process at a time: a lock file that does not outlive the process that wrote it. */
import { randomUUID } from 'node:crypto';
import { readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { isAlive, markOf, type ProcessMark } from './embedded-process.ts';

const PATIENCE_MS = 180_000;
/** Between the creation of the file and the writing of its text; longer means that its writer died there. */
const BIRTH_MS = 5_000;

export async function locked<T>(file: string, work: () => Promise<T>): Promise<T> {
  const mine = JSON.stringify({ ...markOf(process.pid), token: randomUUID() });
  await acquire(file, mine);
  try {
    return await work();
  } finally {
    if (textOf(file) === mine) rmSync(file, { force: true });
  }
}

async function acquire(file: string, mine: string): Promise<void> {
  const deadline = Date.now() + PATIENCE_MS;
  while (!created(file, mine)) {
    breakIfStale(file);
    if (Date.now() > deadline) {
      throw new Error(`Another process has kept ${file} for ${PATIENCE_MS / 1000} s: ${textOf(file)}.`);
    }
    await sleep(20);
  }
}

/**
 * Moved aside before it is judged a second time: between reading and removing, another process may have
 * broken the same lock and made its own, which is then put back. What this cannot exclude (three processes
 * within microseconds) is harmless: initialisation ends in a rename, and PostgreSQL guards its own folder.
 */
function breakIfStale(file: string): void {
  const held = textOf(file);
  if (held === undefined || !isStale(file, held)) return;
  const aside = `${file}.${randomUUID()}`;
  try {
    renameSync(file, aside);
  } catch {
    return;
  }
  const taken = textOf(aside);
  if (taken !== undefined && taken !== held) created(file, taken);
  rmSync(aside, { force: true });
}

function isStale(file: string, text: string): boolean {
  try {
    return !isAlive(JSON.parse(text) as ProcessMark);
  } catch {
    return Date.now() - (statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? Date.now()) > BIRTH_MS;
  }
}

function created(file: string, text: string): boolean {
  try {
    writeFileSync(file, text, { flag: 'wx', mode: 0o600 });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

function textOf(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
