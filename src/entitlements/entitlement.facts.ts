import { fact } from '../db/facts.ts';

/** Rights of these people are known otherwise, of today or of a day long past: what is counted of them may change. */
export const rightsTold = fact<{ people: string[] }>('rightsTold');
