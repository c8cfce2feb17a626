import type { Random } from './random.ts';
import type { Territory } from './territory.ts';
import type { Timeline } from './timeline.ts';

/** What every generator of the demo stands on. */
export interface Ground {
  time: Timeline;
  random: Random;
  territory: Territory;
}

/** Rows by table, in the order in which they may be inserted. */
export type Rows = Record<string, object[]>;

/** Everything of a person or a partner that a row may leave to its table's default is written out here. */
export const fresh = (at: string) => ({ version: 1, createdAt: at, updatedAt: at });
