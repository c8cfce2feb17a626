import type { Database } from '../db/database.ts';
import type { Transaction } from '../db/transaction.ts';
import { hubViewer } from '../kernel/viewer.ts';
import { saveFound, type Found } from './line.store.ts';
import type { Read } from './facts.store.ts';
import type { AssignmentRunRow } from './run.row.ts';
import { runMoves, type RunFailure, type RunStage } from './run.rules.ts';
import { holdLonger, lockedRun, nextRun, saveRun } from './run.store.ts';
import type { Solution } from './solve.ts';
import { tellRun } from './telling.actions.ts';

const hub = hubViewer('assignment');

/** Whoever solves says within each half of it that it still does; a hub that ended says nothing. */
export const leaseSeconds = 30;
const mostAttempts = 2;
const leaseFrom = ({ now }: Transaction) => new Date(Date.parse(now) + leaseSeconds * 1000).toISOString();

/** Takes the next run nobody is at; one that two hubs ended over fails, and is told so. */
export async function takeRun(db: Database): Promise<AssignmentRunRow | null> {
  for (;;) {
    const taken = await db.write(hub, takeNext);
    if (taken?.state !== 'FAILED') return taken;
  }
}

async function takeNext(tx: Transaction): Promise<AssignmentRunRow | null> {
  const run = await nextRun(tx);
  if (!run) return null;
  if (run.attempts >= mostAttempts) return failed(tx, run, 'INTERRUPTED');
  const state = runMoves.next(run.state, 'start', 'HUB');
  const change = { state, stage: 'READING', attempts: run.attempts + 1, startedAt: tx.now } as const;
  const taken = await saveRun(tx, run.id, { ...change, leaseUntil: leaseFrom(tx) });
  await tellRun(tx, taken, 'started', { attempt: taken.attempts });
  return taken;
}

/** False where the run is no longer this attempt's: called off, or taken by another hub. */
export function holdRun(db: Database, run: AssignmentRunRow): Promise<boolean> {
  return ours(db, run, (tx) => holdLonger(tx, run.id, leaseFrom(tx)));
}

/** The hub is told to stop: whoever is next begins anew, and it is nobody’s fault. */
export function releaseRun(db: Database, run: AssignmentRunRow): Promise<boolean> {
  return ours(db, run, (tx, row) => {
    const state = runMoves.next(row.state, 'release', 'HUB');
    return saveRun(tx, run.id, { state, stage: null, leaseUntil: null, attempts: row.attempts - 1 });
  });
}

export function reachStage(db: Database, run: AssignmentRunRow, stage: RunStage): Promise<boolean> {
  return ours(db, run, async (tx) => {
    await tellRun(tx, await saveRun(tx, run.id, { stage, leaseUntil: leaseFrom(tx) }), 'stage', { stage });
  });
}

export function finishRun(db: Database, run: AssignmentRunRow, { read, solution }: Solved): Promise<boolean> {
  return ours(db, run, async (tx, row) => {
    const { assignment, hash, pairs, groups, prices } = solution;
    const { status, placed, total, bound, unmet } = assignment;
    const found = { run: run.id, previous: run.previousId, found: foundOf(read, solution) };
    await saveFound(tx, found);
    const state = runMoves.next(row.state, 'finish', 'HUB');
    const saved = await saveRun(tx, run.id, {
      ...{ state, stage: null, leaseUntil: null, finishedAt: tx.now, programmeId: read.programmeId },
      ...{ status, placed, total, bound: Math.floor(bound + 1e-6), unmet, inputsHash: hash, pairs },
      ...{ shares: groups, prices },
    });
    await tellRun(tx, saved, 'finished', { status, placed, total });
  });
}

interface Solved {
  read: Read;
  solution: Solution;
}

function foundOf({ told, facts }: Read, { assignment }: Solution): Found[] {
  const lines = new Map(assignment.lines.map((line) => [line.person, line]));
  return facts.people.map(({ id }) => {
    const { place = null, score = null } = lines.get(id) ?? {};
    return { person: id, told: told.get(id)!, place, score };
  });
}

export function failRun(db: Database, run: AssignmentRunRow, failure: RunFailure): Promise<boolean> {
  return ours(db, run, (tx, row) => failed(tx, row, failure));
}

async function failed(
  tx: Transaction,
  run: AssignmentRunRow,
  failure: RunFailure,
): Promise<AssignmentRunRow> {
  const state = runMoves.next(run.state, 'fail', 'HUB');
  const change = { state, failure, stage: null, leaseUntil: null, finishedAt: tx.now };
  const saved = await saveRun(tx, run.id, change);
  await tellRun(tx, saved, 'failed', { failure });
  return saved;
}

/** Something of a run that is still this attempt's. */
function ours(
  db: Database,
  { id, attempts }: AssignmentRunRow,
  act: (tx: Transaction, row: AssignmentRunRow) => Promise<unknown>,
): Promise<boolean> {
  return db.write(hub, async (tx) => {
    const row = await lockedRun(tx, id);
    if (row?.state !== 'RUNNING' || row.attempts !== attempts) return false;
    await act(tx, row);
    return true;
  });
}
