import type { Database } from '../db/database.ts';
import type { Transaction } from '../db/transaction.ts';
import { hubViewer } from '../kernel/viewer.ts';
import { endGrant } from './ending.actions.ts';
import { dueGrants, lockGrant } from './grant.store.ts';

/** How many grants ended by their date. */
export interface Swept {
  ended: number;
  /** Left for the next sweep: their fault is handed to `onFault`. */
  failed: number;
}

const batch = 500;

/** A right ends by its date without anybody; what rested on it is ended here, each grant in its own transaction. */
export async function sweepSharing(
  db: Database,
  onFault: (error: unknown, grant: string) => void = () => {},
): Promise<Swept> {
  const swept: Swept = { ended: 0, failed: 0 };
  const hub = hubViewer('grant.due');
  for (const { id } of await dueGrants(db.as(hub), batch)) {
    try {
      if (await db.write(hub, (tx) => endDue(tx, id))) swept.ended++;
    } catch (error) {
      swept.failed++;
      onFault(error, id);
    }
  }
  return swept;
}

/** Somebody, or another sweep, may have ended it while this one waited for the person. */
async function endDue(tx: Transaction, id: string): Promise<boolean> {
  const row = await lockGrant(tx, id, 'grant');
  if (row.endedAt !== null) return false;
  await endGrant(tx, row, 'TERM');
  return true;
}
