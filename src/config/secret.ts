import { randomBytes, randomUUID } from 'node:crypto';
import { existsSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** 256 random bits kept in a file of its own, made at the first start; two first starts agree on one of them. */
export function secretIn(dataDir: string, name: string): Buffer {
  return keptSecret(dataDir, name) ?? madeSecret(dataDir, name);
}

/** Null when no start has made it yet. */
export function keptSecret(dataDir: string, name: string): Buffer | null {
  const file = join(dataDir, name);
  return existsSync(file) ? Buffer.from(readFileSync(file, 'utf8'), 'hex') : null;
}

function madeSecret(dataDir: string, name: string): Buffer {
  mkdirSync(dataDir, { recursive: true });
  const written = join(dataDir, `${name}.${randomUUID()}`);
  writeFileSync(written, randomBytes(32).toString('hex'), { mode: 0o600, flag: 'wx' });
  try {
    // a link appears whole or not at all: nobody ever reads half a secret
    linkSync(written, join(dataDir, name));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error; // another start was first: use its secret
  } finally {
    rmSync(written);
  }
  return keptSecret(dataDir, name)!;
}
