import type { Outcome, Verdict } from '../imports/verdict.ts';

const printed: readonly Outcome[] = ['REFUSED', 'CHANGED', 'CREATED'];

/** The first rows of each outcome, for the terminal: those that have something to say, in a dry run all that move. */
export class Sample {
  private readonly first = new Map<Outcome, Verdict[]>(printed.map((outcome) => [outcome, []]));
  private readonly more = new Map<Outcome, number>();

  constructor(
    private readonly size: number,
    private readonly dryRun: boolean,
  ) {}

  add(verdicts: readonly Verdict[]): void {
    for (const verdict of verdicts) {
      const kept = this.first.get(verdict.outcome);
      if (!kept || !(this.dryRun || verdict.reason)) continue;
      if (kept.length < this.size) kept.push(verdict);
      else this.more.set(verdict.outcome, (this.more.get(verdict.outcome) ?? 0) + 1);
    }
  }

  print(): void {
    for (const [outcome, verdicts] of this.first) {
      for (const verdict of verdicts) console.log(lineOf(verdict));
      const more = this.more.get(outcome);
      if (more) console.log(`… and ${more} more ${outcome.toLowerCase()}`);
    }
  }
}

function lineOf({ file, row: at, line, outcome, source, id, reason }: Verdict): string {
  const row = `${file}, row ${at} (line ${line}): ${outcome.toLowerCase()} ${[source, id].filter(Boolean).join(' ')}`;
  // what stands in a file must not move the cursor of whoever reads it
  return [row, reason]
    .filter(Boolean)
    .join(': ')
    .replace(/\p{Cc}/gu, '�');
}
