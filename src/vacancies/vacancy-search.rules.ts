import { invalid } from '../kernel/refusal.ts';
import { type Vocabulary, vocabulary } from '../kernel/vocabulary.ts';

export const VacancyOrder = vocabulary({
  DISTANCE: 'Nearest first, straight line; needs `near`',
  START: 'Earliest start first, undated ones last',
  FRESHNESS: 'Latest change first, of the vacancy or of its count',
});
export type VacancyOrder = Vocabulary<typeof VacancyOrder>;

/** Near something the nearest come first; otherwise what changed last. */
export function orderMeant(asked: VacancyOrder | null | undefined, isNear: boolean): VacancyOrder {
  if (asked === 'DISTANCE' && !isNear) throw invalid('near', 'REQUIRED');
  return asked ?? (isNear ? 'DISTANCE' : 'FRESHNESS');
}

/** Metres as people read them: 6.2 km. */
export function kilometres(metres: number | null | undefined): number | null {
  return metres == null ? null : Math.round(metres / 100) / 10;
}
