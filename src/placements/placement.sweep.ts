import sql from 'sql-template-tag';
import { eachDue } from '../db/due.ts';
import type { Transaction } from '../db/transaction.ts';
import { outcomeLine } from './end.actions.ts';
import { saveOutcome, tellFollowUps } from './history.store.ts';
import { tell } from './moving.actions.ts';
import type { PlacementRow } from './placement.row.ts';
import { freePlacement, savePlacement } from './placement.store.ts';
import { outcomeDueAt, outcomeTasks } from './task.rules.ts';

const today = sql`(app.clock() at time zone 'Europe/Paris')::date`;

/** What became due: outcomes asked for, outcomes nobody ever told, follow-ups. */
type Done = 'asked' | 'unknown' | 'followUps';

/** Asks for what time has made due, each placement in its own transaction, as the hub. */
export const sweepPlacements = eachDue({
  cause: 'placement.due',
  counts: ['asked', 'unknown', 'followUps'],
  next: (reader, after, most) =>
    reader.rows<{ id: string }>(sql`select id from (
      select id from placement where outcome_due_at <= app.clock()
      union select placement_id from follow_up where due_on <= ${today} and recorded_at is null and told_at is null) due
      where id > ${after?.id ?? ''} order by id limit ${most}`),
  turn: sweepOne,
});

async function sweepOne(tx: Transaction, id: string): Promise<Done[]> {
  const row = await freePlacement(tx, id);
  if (!row) return []; // somebody moves it at this moment
  const done: Done[] = [];
  for (const months of await tellFollowUps(tx, id)) {
    await tell(tx, row, 'follow_up_due', { months });
    done.push('followUps');
  }
  if (row.outcomeDueAt === null || row.outcomeDueAt > tx.now) return done;
  if (row.outcomeReminders < outcomeTasks.length) {
    await askAgain(tx, row);
    return [...done, 'asked'];
  }
  await giveUp(tx, row);
  return [...done, 'unknown'];
}

async function askAgain(tx: Transaction, row: PlacementRow): Promise<void> {
  const reminder = row.outcomeReminders + 1;
  const placement = await savePlacement(tx, row.id, {
    outcomeReminders: reminder,
    outcomeDueAt: outcomeDueAt(row.endedOn!, reminder, tx.now),
  });
  await tell(tx, placement, 'outcome_due', { reminder });
}

/** Nobody said: the outcome is UNKNOWN from now on, which is counted apart; what is learnt later corrects it. */
async function giveUp(tx: Transaction, { id, endedOn, endReason }: PlacementRow): Promise<void> {
  const end = { endedOn: endedOn!, endReason: endReason! };
  await saveOutcome(tx, { ...outcomeLine(id, { kind: 'UNKNOWN' }, end), correctedBecause: 'NEVER_TOLD' });
  const placement = await savePlacement(tx, id, { outcomeDueAt: null, outcomeReminders: 0 });
  await tell(tx, placement, 'outcome_unknown');
}
