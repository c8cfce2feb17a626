import { type Vocabulary, vocabulary } from '../kernel/vocabulary.ts';
import type { PlacementState } from './placement.rules.ts';

export const PlacementWarning = vocabulary({
  PASS_UNKNOWN:
    'A structure of insertion by work employs, and no PASS IAE of the person is known to run today: is it asked for? (PASS IAE inconnu)',
});
export type PlacementWarning = Vocabulary<typeof PlacementWarning>;

const running: readonly PlacementState[] = ['STARTED', 'SUSPENDED'];

/** Nothing is refused for it: the platform issues the pass with the hire, often some days later (docs/domain.md §6). */
export function warningsOf(state: PlacementState, siae: boolean, passUnknown: boolean): PlacementWarning[] {
  return running.includes(state) && siae && passUnknown ? ['PASS_UNKNOWN'] : [];
}
