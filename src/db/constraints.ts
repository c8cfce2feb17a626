import type { Code } from '../kernel/codes.ts';
import { Refusal } from '../kernel/refusal.ts';

interface Meaning {
  code: Code;
  field?: string;
}

const meanings = new Map<string, Meaning>();

/**
 * A slice says what its named constraints mean, so that a race the rules could not see ends in the same refusal
 * as the rule. The database guarantees, the rules explain.
 */
export function constraintMeans(constraint: string, code: Code, field?: string): void {
  meanings.set(constraint, { code, ...(field && { field }) });
}

/** The refusal a violated constraint stands for; null when it is no refusal but a fault. */
export function refusalOfConstraint(error: unknown): Refusal | null {
  const { constraint } = error as { constraint?: string };
  const meaning = constraint === undefined ? undefined : meanings.get(constraint);
  return meaning ? new Refusal(meaning.code, {}, meaning.field ?? null) : null;
}
