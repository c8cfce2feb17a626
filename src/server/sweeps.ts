import { sweepDoubles } from '../doubles/double.sweep.ts';
import { sweepAccess } from '../people/access.sweep.ts';
import { sweepReferrals } from '../referrals/referral.sweep.ts';
import type { Sweeps } from './jobs.ts';

/** What each slice does when time has come, in the order it is done, every minute. */
export const sweeps: Sweeps = { referrals: sweepReferrals, access: sweepAccess, doubles: sweepDoubles };
