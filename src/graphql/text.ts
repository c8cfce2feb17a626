import { invalid } from '../kernel/refusal.ts';

/** The longest text any field takes; most take less, and say so themselves. */
const longestText = 10_000;

/** PostgreSQL cannot hold NUL, and half a surrogate pair is no text: both are refused by name, not by accident. */
export function refuseUnreadable(input: unknown, path: string[] = []): void {
  if (typeof input === 'string') refuseText(input, path.join('.'));
  else if (input !== null && typeof input === 'object')
    for (const [key, value] of Object.entries(input)) refuseUnreadable(value, [...path, key]);
}

function refuseText(text: string, field: string): void {
  if (text.includes('\u0000')) throw invalid(field, 'CONTROL_CHARACTER');
  if (!text.isWellFormed()) throw invalid(field, 'NOT_TEXT');
  if (text.length > longestText) throw invalid(field, 'LENGTH', { least: 0, most: longestText });
}
