import { invalid } from '../kernel/refusal.ts';
import { type Vocabulary, vocabulary } from '../kernel/vocabulary.ts';

export const OfferOrder = vocabulary({
  DISTANCE: 'Nearest first; needs `near`',
  FRESHNESS: 'Confirmed most recently first; a draft by the day it was begun',
  TITLE: 'By title',
  ID: 'Oldest first',
});
export type OfferOrder = Vocabulary<typeof OfferOrder>;

/** Near something the nearest come first; otherwise what was confirmed last. */
export function orderMeant(asked: OfferOrder | null | undefined, isNear: boolean): OfferOrder {
  if (asked === 'DISTANCE' && !isNear) throw invalid('near', 'REQUIRED');
  return asked ?? (isNear ? 'DISTANCE' : 'FRESHNESS');
}

const mostWords = 8;

/** The words a search means; little ones (`de`, `à`) say nothing beside longer ones. */
export function wordsMeant(text: string): string[] {
  const words = text.split(/[^\p{L}\p{N}]+/u).filter(Boolean);
  const telling = words.filter((word) => word.length > 2);
  return (telling.length ? telling : words).slice(0, mostWords);
}
