import type { Counts } from '../imports/verdict.ts';

/** What every import says at its end, and how it is stopped. */

const interrupted = 130;

interface Done {
  batch: string | null;
  counts: Counts;
  stopped: boolean;
}

export function sayWhatWasDone({ batch, counts, stopped }: Done, dryRun: boolean, report?: string): void {
  console.log(`${dryRun ? 'Would be: ' : ''}${countsInWords(counts)}`);
  if (report) console.log(`Each row: ${report}`);
  if (stopped) console.log('Stopped before the end; the same command goes on with the rest.');
  if (batch) console.log(`Batch ${batch}; \`npm run import -- undo ${batch}\` takes it back.`);
  if (stopped) process.exitCode = interrupted;
}

export function countsInWords({ created, changed, unchanged, refused }: Counts): string {
  return `${created} created, ${changed} changed, ${unchanged} unchanged, ${refused} refused`;
}

/** The first Ctrl-C lets the chunk under way end; the second is the system's. */
export function stopOnInterrupt(): AbortSignal {
  const controller = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => controller.abort());
  return controller.signal;
}
