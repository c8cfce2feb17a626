import type { Database } from '../db/database.ts';
import { hubViewer } from '../kernel/viewer.ts';
import { countedBehind, recount } from './figure.store.ts';

const viewer = hubViewer('figures');

/**
 * Counts everybody anew, so many at once: each night, and after many rows came at once. What the facts say already changes
 * nothing; what was written past the reactions is found.
 */
export async function recountAll(db: Database, most = 500): Promise<number> {
  for (let after = '', people = 0; ;) {
    const some = await db.write(viewer, async (tx) => {
      const found = await countedBehind(tx, after, most);
      if (found.length) await recount(tx, found);
      return found;
    });
    people += some.length;
    if (some.length < most) return people;
    after = some.at(-1)!;
  }
}
