import type { Sees } from './sees.ts';
import type { Stage } from './stage.ts';

/** One act of the five minutes. */
export interface Act {
  /** Minutes and seconds from the start. */
  at: string;
  title: string;
  play: (stage: Stage, sees: Sees) => Promise<void>;
}
