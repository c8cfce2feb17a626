import { fact } from '../db/facts.ts';

export interface SharingEnd {
  person: string;
  /** To whom nothing is shared any more. */
  organisations: readonly string[];
  /** What was sent to them since then rested on it; null: all that was, for the person says stop. */
  since: string | null;
  /** Ids of what has ended with it: upper slices add theirs. */
  ended: string[];
}

/** Organisations are shown a person no longer: what rests on it ends too. */
export const sharingEnded = fact<SharingEnd>('sharingEnded');
