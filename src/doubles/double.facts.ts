import { fact } from '../db/facts.ts';

/** Records are counted as others than before: joined, parted, or found alike. */
export const recordsGrouped = fact<{ people: string[] }>('recordsGrouped');
