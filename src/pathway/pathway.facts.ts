import { fact } from '../db/facts.ts';

/** A pathway began, was reoriented, ended, or its end is known otherwise: what is counted of the person may change. */
export const pathwayTold = fact<{ person: string }>('pathwayTold');
