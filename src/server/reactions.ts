import { Reactions } from '../db/facts.ts';

/** Which upper slice acts upon which fact of a lower one, in the order they run. */
export function reactions(): Reactions {
  return new Reactions();
}
