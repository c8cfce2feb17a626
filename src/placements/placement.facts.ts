import { fact } from '../db/facts.ts';

/** A placement began, moved, ended, or is known otherwise: what is counted of the person may change. */
export const placementTold = fact<{ person: string }>('placementTold');
