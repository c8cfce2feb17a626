import { fact } from '../db/facts.ts';

/** A pass or diagnosis of a person was recorded, changed or withdrawn: what receivers were told of it is judged again. */
export const eligibilityChanged = fact<{ person: string }>('eligibilityChanged');
