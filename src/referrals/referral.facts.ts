import { fact } from '../db/facts.ts';
import type { ReferralRow } from './referral.row.ts';

/** A referral that was under way has closed, or its placement has started: what was planned for it is moot. */
export const referralLeft = fact<{ referral: ReferralRow }>('referralLeft');
