import type { Database } from '../db/database.ts';
import { refusalOfConstraint } from '../db/constraints.ts';
import type { Transaction } from '../db/transaction.ts';
import { Refusal } from '../kernel/refusal.ts';
import { subjectOf } from '../kernel/ids.ts';
import type { Viewer } from '../kernel/viewer.ts';
import { closeNeed } from '../people/need.actions.ts';
import type { IntakeChangeRow } from './intake.row.ts';
import { finishUndo, settleStep, stepsBelow } from './intake.store.ts';
import { takeBackPerson, restorePerson } from './person.undo.ts';
import { takeBackHours, takeBackPlacement } from './placement.undo.ts';

export interface IntakeUndone {
  /** Taken back: anonymous again, or recorded as a mistake. */
  removed: number;
  restored: number;
  kept: { subject: string; reason: string }[];
}

/**
 * Undoes a partner's file backwards, as the member it was imported as: each step by the action of the domain that puts a mistake
 * right, in a transaction of its own. What cannot be taken back stays in the batch and says why, so that it can be tried again.
 */
export async function undoIntake(db: Database, viewer: Viewer, batch: string): Promise<IntakeUndone> {
  const undone: IntakeUndone = { removed: 0, restored: 0, kept: [] };
  for (let below = 2 ** 31 - 1; ;) {
    const steps: IntakeChangeRow[] = await stepsBelow(db, batch, below);
    if (!steps.length) break;
    for (const step of steps) await undo(db, viewer, { step, undone });
    below = steps.at(-1)!.position;
  }
  await finishUndo(db, batch);
  return undone;
}

async function undo(
  db: Database,
  viewer: Viewer,
  { step, undone }: { step: IntakeChangeRow; undone: IntakeUndone },
): Promise<void> {
  try {
    await db.write(viewer, async (tx) => settleStep(tx, step, await takeBack(tx, step)));
    undone[step.made ? 'removed' : 'restored']++;
  } catch (error) {
    const refusal = error instanceof Refusal ? error : refusalOfConstraint(error);
    if (!refusal) throw error;
    undone.kept.push({ subject: step.subjectId, reason: inWords(refusal) });
  }
}

/** The version the subject then has, where it is again as it was; null where it is no more, or counts for nothing. */
function takeBack(tx: Transaction, step: IntakeChangeRow): Promise<number | null> {
  const { subjectId: subject, made } = step;
  if (step.month !== null) return takeBackHours(tx, { ...step, month: step.month });
  if (subjectOf(subject) === 'Placement') return takeBackPlacement(tx, step);
  if (subjectOf(subject) === 'Need') return closeAsMistake(tx, step);
  return made ? takeBackPerson(tx, step) : restorePerson(tx, step);
}

async function closeAsMistake(tx: Transaction, { subjectId: need, version }: IntakeChangeRow): Promise<null> {
  await closeNeed(tx, { need, version, reason: 'MISTAKE' });
  return null;
}

const words: Record<string, string> = {
  STALE: 'changed since',
  NOT_FOUND: 'no longer open to this member',
  NOT_ALLOWED: 'this member may not',
  TOO_LATE: 'the time during which it can be undone is over',
  IN_USE: 'something hangs on it already',
  ENDED: 'its end was recorded, and stays',
};

function inWords({ code, details }: Refusal): string {
  const reason = String(details.reason ?? '');
  return words[reason] ?? words[code] ?? `${code}${reason && `.${reason}`}`;
}
