import type { Database } from '../db/database.ts';
import type { Transaction } from '../db/transaction.ts';
import { oneAtATime } from '../doubles/link.store.ts';
import { addDays, parisDay } from '../kernel/clock.ts';
import { hubViewer } from '../kernel/viewer.ts';
import { freeLine } from '../people/count.store.ts';
import { erase } from './erasure.actions.ts';
import { giveNotice } from './retention.actions.ts';
import { keptSince } from './retention.rules.ts';
import {
  closeNotice,
  contactOf,
  endingNotices,
  openNoticeOf,
  quietSince,
  type Quiet,
} from './retention.store.ts';

/** What the night did: for how many people. */
export interface RetentionSwept {
  noticed: number;
  /** Notices that an act since then has ended. */
  kept: number;
  erased: number;
  /** Left for the next night: their fault is handed to `onFault`. */
  failed: number;
}

const batch = 500;
const viewer = hubViewer('retention');
type Done = Exclude<keyof RetentionSwept, 'failed'>;

/**
 * Retention by itself, each person in a transaction of their own, so that a night cut short goes on the next and two hubs
 * share the work: first the notices that are over, then those to be given.
 */
export async function sweepRetention(
  db: Database,
  onFault: (error: unknown, person: string) => void = () => {},
): Promise<RetentionSwept> {
  const swept: RetentionSwept = { noticed: 0, kept: 0, erased: 0, failed: 0 };
  const today = parisDay(db.clock.now());
  /** Skips whoever is acted upon at this moment: that is a contact. */
  const each = async (id: string, act: (tx: Transaction) => Promise<Done | null>) => {
    try {
      const done = await db.write(viewer, async (tx) => {
        await oneAtATime(tx); // an erasure parts links
        return (await freeLine(tx, id)) ? act(tx) : null;
      });
      if (done) swept[done]++;
    } catch (error) {
      swept.failed++;
      onFault(error, id);
    }
  };
  for (const { id } of await endingNotices(db.as(viewer), today, 20 * batch))
    await each(id, (tx) => endNotice(tx, id, today));
  for (let after: Quiet | null = null; ;) {
    const quiet: Quiet[] = await quietSince(db.as(viewer), keptSince(today), after, batch);
    for (const { id } of quiet) await each(id, (tx) => notify(tx, id, today));
    if (quiet.length < batch) return swept;
    after = quiet.at(-1)!;
  }
}

async function endNotice(tx: Transaction, person: string, today: string): Promise<Done | null> {
  const [notice] = await openNoticeOf.load(tx, [person]);
  if (!notice) return null;
  const contact = await contactOf(tx, person);
  const happened = contact && (contact.running || contact.at > addDays(notice.createdAt, -1));
  if (!contact || happened) {
    await closeNotice(tx, person, { state: contact ? 'CONTACT' : 'ERASED' });
    return contact && 'kept';
  }
  if (notice.eraseOn > today) return null;
  await closeNotice(tx, person, { state: 'ERASED' });
  await erase(tx, person, 'RETENTION');
  return 'erased';
}

async function notify(tx: Transaction, person: string, today: string): Promise<Done | null> {
  const [known] = await openNoticeOf.load(tx, [person]);
  const contact = await contactOf(tx, person);
  if (known || !contact || contact.running || parisDay(contact.at) >= keptSince(today)) return null;
  await giveNotice(tx, person, { lastContactAt: contact.own, today });
  return 'noticed';
}
