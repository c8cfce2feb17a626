import type { Database } from '../db/database.ts';
import { hubViewer } from '../kernel/viewer.ts';
import { forgetOldNotices } from './notice.store.ts';

const atOnce = 5_000;

/** Notices are kept ninety days, with their links; forgotten in short transactions. */
export async function forgetNotices(db: Database): Promise<number> {
  for (let forgotten = 0; ;) {
    const gone = await db.write(hubViewer('notices'), (tx) => forgetOldNotices(tx, atOnce));
    forgotten += gone;
    if (gone < atOnce) return forgotten;
  }
}
