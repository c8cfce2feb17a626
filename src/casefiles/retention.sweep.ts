import type { Database } from '../db/database.ts';
import { type Due, type DueRow, eachDue, type Swept } from '../db/due.ts';
import type { Transaction } from '../db/transaction.ts';
import { oneAtATime } from '../doubles/link.store.ts';
import { addDays, parisDay } from '../kernel/clock.ts';
import { freeLine } from '../people/count.store.ts';
import { erase } from './erasure.actions.ts';
import { giveNotice } from './retention.actions.ts';
import { keptSince } from './retention.rules.ts';
import { closeNotice, contactOf, endingNotices, openNoticeOf, quietNow } from './retention.store.ts';

/** For how many people; `kept` are the notices that an act since then has ended. */
type Done = 'noticed' | 'kept' | 'erased';

/** Each person in a transaction of their own, so that a night cut short goes on the next and two hubs share the work. */
function eachPerson<Count extends Done>({ counts, next, turn }: Omit<Due<DueRow, Count>, 'cause'>) {
  return eachDue({
    ...{ cause: 'retention', counts, next },
    turn: async (tx, id) => {
      await oneAtATime(tx); // an erasure parts links
      // whoever is acted upon at this moment is passed over: that is a contact
      return (await freeLine(tx, id)) ? turn(tx, id) : null;
    },
  });
}

const endNotices = eachPerson({ counts: ['kept', 'erased'], next: endingNotices, turn: endNotice });
const giveNotices = eachPerson({ counts: ['noticed'], next: quietNow, turn: notify });

/** Retention by itself: first the notices that are over, then those to be given. */
export async function sweepRetention(
  db: Database,
  onFault: (error: unknown, person: string) => void = () => {},
  batch = 500,
): Promise<Swept<Done>> {
  const ended = await endNotices(db, onFault, batch);
  const given = await giveNotices(db, onFault, batch);
  return { ...ended, ...given, failed: ended.failed + given.failed };
}

async function endNotice(tx: Transaction, person: string): Promise<'kept' | 'erased' | null> {
  const [notice] = await openNoticeOf.load(tx, [person]);
  if (!notice) return null;
  const contact = await contactOf(tx, person);
  const happened = contact && (contact.running || contact.at > addDays(notice.createdAt, -1));
  if (!contact || happened) {
    await closeNotice(tx, person, { state: contact ? 'CONTACT' : 'ERASED' });
    return contact && 'kept';
  }
  if (notice.eraseOn > parisDay(tx.now)) return null;
  await closeNotice(tx, person, { state: 'ERASED' });
  await erase(tx, person, 'RETENTION');
  return 'erased';
}

async function notify(tx: Transaction, person: string): Promise<'noticed' | null> {
  const today = parisDay(tx.now);
  const [known] = await openNoticeOf.load(tx, [person]);
  const contact = await contactOf(tx, person);
  if (known || !contact || contact.running || parisDay(contact.at) >= keptSince(today)) return null;
  await giveNotice(tx, person, { lastContactAt: contact.own, today });
  return 'noticed';
}
