import { fact } from '../db/facts.ts';

/** An organisation said on which days it is closed, or took that back: what awaits its answer has another deadline. */
export const closureChanged = fact<{ organisation: string }>('closureChanged');
