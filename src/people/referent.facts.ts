import { fact } from '../db/facts.ts';
import type { ReferentRow } from './referent.row.ts';

/** A person has another referent: the following of open referrals moves with it. `before` is null for the first. */
export const referentAssigned = fact<{ person: string; before: ReferentRow | null; after: ReferentRow }>(
  'referentAssigned',
);
