import sql from 'sql-template-tag';
import { behind, type DueRow, eachDue } from '../db/due.ts';
import { lockReferral } from './referral.store.ts';
import { free } from './referral.sweep.ts';
import { remind } from './reminder.actions.ts';

const due = sql`referral.reminder_due_at <= app.clock()`;

/** Says what is due to be said before a deadline: each referral in its own transaction, one reminder at a time. */
export const sweepReminders = eachDue({
  cause: 'referral.reminder',
  counts: ['reminded'],
  next: (reader, after, most) =>
    reader.rows<DueRow>(sql`select id, reminder_due_at::text as at from referral
      where ${due} and ${behind(after, sql`reminder_due_at`, sql`id`)} order by reminder_due_at, id limit ${most}`),
  turn: async (tx, id) => {
    if (!(await free(tx, id, due))) return null;
    const row = await lockReferral(tx, id, 'referral');
    if (row.reminderDueAt === null || row.reminderDueAt > tx.now) return null;
    await remind(tx, row);
    return 'reminded';
  },
});
