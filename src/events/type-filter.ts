import { invalid } from '../kernel/refusal.ts';
import { eventTypes } from './event-types.ts';

/** Whether an event is of the kinds a follower named: `referral.accepted`, or `referral.*` for all of a subject's. */
export type OfTypes = (type: string) => boolean;

export function ofTypes(asked: readonly string[] | null | undefined): OfTypes {
  const meant = typesMeant(asked);
  if (meant === null) return () => true;
  const wanted = new Set(meant);
  return (type) => wanted.has(type);
}

/** The types a follower's names stand for, each once; null where it names none and means all. */
export function typesMeant(asked: readonly string[] | null | undefined): string[] | null {
  if (asked == null) return null;
  if (asked.length === 0) throw invalid('types', 'REQUIRED');
  const known = Object.keys(eventTypes);
  const wanted = new Set<string>();
  for (const each of asked) {
    const meant = each.endsWith('.*')
      ? known.filter((type) => type.startsWith(each.slice(0, -1)))
      : known.filter((type) => type === each);
    // what could never come is refused at once, or a typing error would look like silence
    if (meant.length === 0) throw invalid('types', 'EVENT_TYPE', { value: each.slice(0, 60) });
    for (const type of meant) wanted.add(type);
  }
  return [...wanted];
}
