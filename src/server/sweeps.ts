import { sweepAgreements } from '../agreements/agreement.sweep.ts';
import type { SealKey } from '../audit/seal-key.ts';
import { dropping, sealing } from '../audit/seal.sweep.ts';
import { sweepRetention } from '../casefiles/retention.sweep.ts';
import { tombstoneSweep } from '../casefiles/tombstone.sweep.ts';
import { sweepDoubles } from '../doubles/double.sweep.ts';
import { forgettingEvents } from '../events/forget.sweep.ts';
import { recountAll } from '../indicators/figure.sweep.ts';
import { publishClosed } from '../indicators/published.sweep.ts';
import { forgetNotices } from '../notices/forget.sweep.ts';
import { sweepReviews } from '../pathway/engagement.sweep.ts';
import { sweepAccess } from '../people/access.sweep.ts';
import { sweepPlacements } from '../placements/placement.sweep.ts';
import { sweepReferrals } from '../referrals/referral.sweep.ts';
import { sweepReminders } from '../referrals/reminder.sweep.ts';
import { forgetVainSentences } from '../sharing/glass.store.ts';
import { sweepSharing } from '../sharing/sharing.sweep.ts';
import { forgetDeliveries } from '../webhooks/forget.sweep.ts';
import type { Work } from './jobs.ts';

/** What the work needs beside the database: what seals the access log, the file of tombstones, how long events are kept. */
interface Tools {
  key: SealKey;
  tombstones: string;
  eventsKeptDays: number;
}

/** What each slice does when time has come, in the order it is done. */
export function work({ key, tombstones, eventsKeptDays }: Tools): Work {
  return {
    minutely: {
      ...{
        sharing: sweepSharing,
        referrals: sweepReferrals,
        reminders: sweepReminders,
        access: sweepAccess,
        doubles: sweepDoubles,
      },
      ...{ placements: sweepPlacements, reviews: sweepReviews },
      ...{ agreements: sweepAgreements, tables: publishClosed },
      ...{ tombstones: tombstoneSweep(tombstones), seal: sealing(key) },
    },
    nightly: {
      ...{ log: dropping(key), retention: sweepRetention, glasses: forgetVainSentences },
      ...{ notices: forgetNotices, webhooks: forgetDeliveries, events: forgettingEvents(eventsKeptDays) },
      figures: (db) => recountAll(db),
    },
  };
}
