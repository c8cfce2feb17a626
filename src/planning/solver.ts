import { Worker } from 'node:worker_threads';
import type { RunFailure, RunStage } from './run.rules.ts';
import type { Solution, Task } from './solve.ts';

/** A run that could not be solved, and why; what the log needs is the error's own text. */
export class RunFailed extends Error {
  override name = 'RunFailed';

  constructor(
    readonly failure: RunFailure,
    text: string,
  ) {
    super(text);
  }
}

interface Said {
  stage?: RunStage;
  solution?: Solution;
  failure?: RunFailure;
  text?: string;
}

/** Beside this file, as both are compiled. */
export const besideThis = new URL('./solver.thread.js', import.meta.url);

/** Beyond what the branching is given: reading, judging, the programme itself, and what each floor costs. */
const besides = 300;
const megabytes = 3072;

interface Listening {
  /** The thread's file. */
  thread: URL | string;
  onStage: (stage: RunStage) => void;
  /** Ends the thread at once: nobody waits for its plan any more. */
  signal: AbortSignal;
}

/** Solves in a thread, and ends it whatever comes: with the answer, its failure, the time or the signal. */
export async function solveApart(task: Task, { thread, onStage, signal }: Listening): Promise<Solution> {
  signal.throwIfAborted();
  const worker = new Worker(thread, {
    workerData: task,
    resourceLimits: { maxOldGenerationSizeMb: megabytes },
  });
  let timer: NodeJS.Timeout | undefined;
  try {
    return await new Promise<Solution>((resolve, reject) => {
      const failed = (failure: RunFailure, text: string) => reject(new RunFailed(failure, text));
      const late = () => failed('NO_PLAN_IN_TIME', 'the time was over');
      timer = setTimeout(late, (task.seconds * (1 + task.terms.floors.length) + besides) * 1000);
      signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
      worker.on('message', ({ stage, solution, failure, text }: Said) => {
        if (stage) onStage(stage);
        if (solution) resolve(solution);
        if (failure) failed(failure, text ?? failure);
      });
      worker.once('error', (error: NodeJS.ErrnoException) =>
        failed(error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? 'TOO_LARGE' : 'FAULT', String(error)),
      );
      worker.once('exit', (code) => failed('FAULT', `the thread ended by itself (${code})`));
    });
  } finally {
    clearTimeout(timer);
    await worker.terminate();
  }
}
