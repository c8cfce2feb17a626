import sql from 'sql-template-tag';
import type { Database } from '../db/database.ts';
import { hubViewer } from '../kernel/viewer.ts';
import { lockReferral } from './referral.store.ts';
import { free } from './referral.sweep.ts';
import { remind } from './reminder.actions.ts';

const batch = 500;
const due = sql`referral.reminder_due_at <= app.clock()`;

/** Says what is due to be said before a deadline: each referral in its own transaction, one reminder at a time. */
export async function sweepReminders(
  db: Database,
  onFault: (error: unknown, referral: string) => void = () => {},
): Promise<{ reminded: number; failed: number }> {
  const swept = { reminded: 0, failed: 0 };
  const cause = 'referral.reminder';
  const waiting = await db
    .as(hubViewer(cause))
    .rows<{ id: string }>(
      sql`select id from referral where ${due} order by reminder_due_at, id limit ${batch}`,
    );
  for (const { id } of waiting)
    try {
      swept.reminded += await db.write(hubViewer(cause), async (tx) => {
        if (!(await free(tx, id, due))) return 0;
        const row = await lockReferral(tx, id, 'referral');
        if (row.reminderDueAt === null || row.reminderDueAt > tx.now) return 0;
        await remind(tx, row);
        return 1;
      });
    } catch (error) {
      swept.failed++;
      onFault(error, id);
    }
  return swept;
}
