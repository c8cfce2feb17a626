import type { Database } from '../db/database.ts';
import { hubViewer } from '../kernel/viewer.ts';
import { forgetOldDeliveries } from './delivery.store.ts';

const atOnce = 5_000;

/** Deliveries are kept thirty days, with their attempts; forgotten in short transactions. */
export async function forgetDeliveries(db: Database): Promise<number> {
  for (let forgotten = 0; ;) {
    const gone = await db.write(hubViewer('webhooks'), (tx) => forgetOldDeliveries(tx, atOnce));
    forgotten += gone;
    if (gone < atOnce) return forgotten;
  }
}
