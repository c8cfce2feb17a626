import type { SealKey } from '../audit/seal-key.ts';
import { dropping, sealing } from '../audit/seal.sweep.ts';
import { sweepDoubles } from '../doubles/double.sweep.ts';
import { sweepAccess } from '../people/access.sweep.ts';
import { sweepReferrals } from '../referrals/referral.sweep.ts';
import type { Work } from './jobs.ts';

/** What each slice does when time has come, in the order it is done. */
export function work(key: SealKey): Work {
  return {
    minutely: { referrals: sweepReferrals, access: sweepAccess, doubles: sweepDoubles, seal: sealing(key) },
    nightly: { log: dropping(key) },
  };
}
