import { allow } from '../auth/policy.ts';
import type { Transaction } from '../db/transaction.ts';
import { sameVersion } from '../kernel/refusal.ts';
import type { AssignmentCancellation } from './run.inputs.ts';
import { runMoves } from './run.rules.ts';
import { lockRun, saveRun } from './run.store.ts';
import { tellRun } from './telling.actions.ts';

/** Whoever is at it hears of it by the journal and lets go. */
export async function cancelAssignment(tx: Transaction, input: AssignmentCancellation) {
  const run = await lockRun(tx, input.run, 'run');
  allow(tx.viewer, 'planAssignments', run.organisationId);
  sameVersion(run, input.version);
  const state = runMoves.next(run.state, 'cancel', 'AUTHOR');
  const change = { state, stage: null, leaseUntil: null, finishedAt: tx.now };
  return tellRun(tx, await saveRun(tx, run.id, change), 'cancelled');
}
