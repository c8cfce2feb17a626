import { sameVersion } from '../kernel/refusal.ts';

/** Refuses where the subject moved on since the file wrote it. */
export function unchangedSince(row: { version: number }, step: { version: number }): void {
  sameVersion(row, step.version);
}
