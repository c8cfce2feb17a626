import type { Database } from '../db/database.ts';
import type { Transaction } from '../db/transaction.ts';
import { oneAtATime } from '../doubles/link.store.ts';
import { hubViewer } from '../kernel/viewer.ts';
import { lockPerson } from '../people/person.store.ts';
import { erase } from './erasure.actions.ts';
import type { Tombstone } from './tombstone.rules.ts';
import { presentAmong } from './tombstone.store.ts';

const viewer = hubViewer('erasure.replayed');
const batch = 500;

/** What became of the tombstones given. */
export interface Replayed {
  erased: number;
  /** Erased already: replaying twice changes nothing. */
  already: number;
  /** Registered after the backup was made: not in this database at all. */
  unknown: number;
}

/**
 * Erases again whoever a restored database brought back, each in a transaction of its own. A placement that ran on the
 * day of the backup does not keep anybody: the person was erased later, when it had ended.
 */
export async function eraseAgain(db: Database, tombstones: readonly Tombstone[]): Promise<Replayed> {
  const replayed: Replayed = { erased: 0, already: 0, unknown: 0 };
  const once = [...new Map(tombstones.map((each) => [each.person, each])).values()];
  for (let from = 0; from < once.length; from += batch) {
    const some = once.slice(from, from + batch);
    const people = some.map(({ person }) => person);
    const known = new Map((await presentAmong(db.as(viewer), people)).map(({ id, erased }) => [id, erased]));
    for (const tombstone of some) {
      const erased = known.get(tombstone.person);
      if (erased === undefined) replayed.unknown++;
      else if (erased || !(await db.write(viewer, (tx) => eraseOne(tx, tombstone)))) replayed.already++;
      else replayed.erased++;
    }
  }
  return replayed;
}

/** False when another hub, starting at the same time, was first. */
async function eraseOne(tx: Transaction, { person, reason, at }: Tombstone): Promise<boolean> {
  await oneAtATime(tx); // an erasure parts links
  const { erasedAt } = await lockPerson(tx, person, 'person');
  if (erasedAt === null) await erase(tx, person, reason, at);
  return erasedAt === null;
}
