import { type Vocabulary, vocabulary } from '../kernel/vocabulary.ts';
import type { Category } from './access.rules.ts';

export const RectificationReason = vocabulary({
  PERSON_REQUEST: 'The person asked for it (droit de rectification, RGPD art. 16)',
  MISTAKE: 'It had been recorded wrongly (erreur de saisie)',
  CHANGED: 'It was true, and has changed since (changement de situation)',
});
export type RectificationReason = Vocabulary<typeof RectificationReason>;

/** The lines of a person that are overwritten, by category, as they are at one moment. */
export type Known = Partial<Record<Category, object | null>>;

/** Columns that say whose a line is and who stated it, not what is known. */
const aside = ['personId', 'stated'];

/** What a change replaced, by the names of the columns; null when it replaced nothing. */
export function replaced(before: object | null, after: object | null): Record<string, unknown> | null {
  const was: Record<string, unknown> = { ...before };
  const former = Object.entries(after ?? {})
    .filter(([name, value]) => !aside.includes(name) && !same(was[name], value))
    .map(([name]) => [name, was[name] ?? null]);
  return former.length ? Object.fromEntries(former) : null;
}

/** An empty list and nothing at all are both unknown; the order of the names in a value says nothing. */
function same(one: unknown, other: unknown): boolean {
  const text = (value: unknown) => {
    const unknown = value === undefined || (Array.isArray(value) && value.length === 0);
    return JSON.stringify(unknown ? null : value, sorted);
  };
  return text(one) === text(other);
}

function sorted(_name: string, value: unknown): unknown {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)));
}

/** A former value as a person reads it; null where nothing was known. */
export function inWords(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  if (Array.isArray(value)) return value.map(inWords).join(', ');
  return typeof value === 'object' ? Object.values(value).map(inWords).join(' – ') : String(value);
}
