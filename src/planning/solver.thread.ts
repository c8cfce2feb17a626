import { parentPort, workerData } from 'node:worker_threads';
import { AssignmentTimeout } from '../matching/assignment.search.ts';
import { TooManyPairs } from './problem.rules.ts';
import type { RunFailure } from './run.rules.ts';
import { solve, type Task } from './solve.ts';

/** Where a run is solved: a thread of its own, so that whoever asks the hub something meanwhile waits for nobody's plan. */
const port = parentPort!;

solve(workerData as Task, (stage) => port.postMessage({ stage })).then(
  (solution) => port.postMessage({ solution }),
  (error: unknown) => port.postMessage({ failure: failureOf(error), text: String(error) }),
);

function failureOf(error: unknown): RunFailure {
  if (error instanceof AssignmentTimeout) return 'NO_PLAN_IN_TIME';
  return error instanceof TooManyPairs ? 'TOO_LARGE' : 'FAULT';
}
