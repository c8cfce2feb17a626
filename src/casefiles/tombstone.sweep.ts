import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Database } from '../db/database.ts';
import type { EventType } from '../events/event-types.ts';
import type { EventFeed } from '../events/feed.ts';
import { hubViewer } from '../kernel/viewer.ts';
import { lineOf, readLines, type Tombstone, type Tombstones } from './tombstone.rules.ts';
import { countTombstones, tombstonesIn } from './tombstone.store.ts';

const viewer = hubViewer('tombstones');

export function readTombstones(file: string): Tombstones {
  return readLines(existsSync(file) ? readFileSync(file, 'utf8') : '');
}

/** Every erasure the database knows, the first first: what an operator keeps apart. */
export function allTombstones(db: Database): Promise<Tombstone[]> {
  return tombstonesIn(db.as(viewer));
}

/**
 * Adds to the file what the database knows and the file does not. After the commit, never before: a tombstone of an
 * erasure that was rolled back would erase somebody at the next start. Several hubs may write: a line twice is one.
 */
export async function keepTombstones(db: Database, file: string): Promise<number> {
  const kept = new Set(readTombstones(file).tombstones.map(({ person }) => person));
  const missing = (await allTombstones(db)).filter(({ person }) => !kept.has(person));
  if (missing.length) append(file, missing);
  return missing.length;
}

function append(file: string, tombstones: readonly Tombstone[]): void {
  mkdirSync(dirname(file), { recursive: true });
  const torn = existsSync(file) && !/(^|\n)$/.test(readFileSync(file, 'utf8'));
  const written = openSync(file, 'a', 0o600);
  try {
    writeSync(written, `${torn ? '\n' : ''}${tombstones.map(lineOf).join('\n')}\n`);
    fsyncSync(written);
  } finally {
    closeSync(written);
  }
}

/** Each minute, and only when there are more erasures than at the last look. */
export function tombstoneSweep(file: string): (db: Database) => Promise<{ kept: number }> {
  let looked = 0;
  return async (db) => {
    const there = await countTombstones(db.as(viewer));
    const kept = there > looked || !existsSync(file) ? await keepTombstones(db, file) : 0;
    looked = there;
    return { kept };
  };
}

/**
 * As soon as an erasure is committed, whichever process did it, so that hardly a moment is left in which a machine that dies
 * takes a tombstone with it. What cannot be written then is written by the sweep; its fault is told there too.
 */
export function followErasures(
  db: Database,
  feed: EventFeed,
  { file, onFault }: { file: string; onFault: (error: unknown) => void },
): () => Promise<void> {
  let writing: Promise<unknown> = Promise.resolve();
  const unfollow = feed.follow(({ type }) => {
    if (type === ('person.erased' satisfies EventType))
      writing = writing.then(() => keepTombstones(db, file)).catch(onFault);
  });
  return async () => {
    unfollow();
    await writing;
  };
}
