import sql from 'sql-template-tag';
import type { Database } from '../db/database.ts';
import type { Transaction } from '../db/transaction.ts';
import { hubViewer } from '../kernel/viewer.ts';
import { outcomeLine } from './end.actions.ts';
import { saveOutcome, tellFollowUps } from './history.store.ts';
import { tell } from './moving.actions.ts';
import type { PlacementRow } from './placement.row.ts';
import { freePlacement, savePlacement } from './placement.store.ts';
import { outcomeDueAt, outcomeTasks } from './task.rules.ts';

/** What became due: outcomes asked for, outcomes nobody ever told, follow-ups. */
export interface PlacementsSwept {
  asked: number;
  unknown: number;
  followUps: number;
  /** Left for the next sweep: their fault is handed to `onFault`. */
  failed: number;
}

const batch = 500;
const cause = 'placement.due';

/** Asks for what time has made due, each placement in its own transaction, as the hub. Two may sweep at once. */
export async function sweepPlacements(
  db: Database,
  onFault: (error: unknown, placement: string) => void = () => {},
): Promise<PlacementsSwept> {
  const swept: PlacementsSwept = { asked: 0, unknown: 0, followUps: 0, failed: 0 };
  for (const { id } of await dueNow(db)) {
    try {
      await db.write(hubViewer(cause), (tx) => sweepOne(tx, id, swept));
    } catch (error) {
      swept.failed++;
      onFault(error, id);
    }
  }
  return swept;
}

const today = sql`(app.clock() at time zone 'Europe/Paris')::date`;

function dueNow(db: Database): Promise<{ id: string }[]> {
  return db.as(hubViewer(cause)).rows(sql`select id from (
      (select id from placement where outcome_due_at <= app.clock() order by outcome_due_at, id limit ${batch})
      union
      (select placement_id from follow_up where due_on <= ${today} and recorded_at is null and told_at is null
        order by due_on, id limit ${batch})) due`);
}

async function sweepOne(tx: Transaction, id: string, swept: PlacementsSwept): Promise<void> {
  const row = await freePlacement(tx, id);
  if (!row) return; // somebody moves it at this moment: the next sweep asks again
  for (const months of await tellFollowUps(tx, id)) {
    await tell(tx, row, 'follow_up_due', { months });
    swept.followUps++;
  }
  if (row.outcomeDueAt === null || row.outcomeDueAt > tx.now) return;
  if (row.outcomeReminders < outcomeTasks.length) {
    await askAgain(tx, row);
    swept.asked++;
  } else {
    await giveUp(tx, row);
    swept.unknown++;
  }
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
