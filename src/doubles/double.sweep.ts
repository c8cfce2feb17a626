import type { Database } from '../db/database.ts';
import type { Transaction } from '../db/transaction.ts';
import { newId } from '../kernel/ids.ts';
import { hubViewer } from '../kernel/viewer.ts';
import { inLine } from '../people/count.store.ts';
import { type Compared, comparedNow, knownAs, takeFinding } from './compare.store.ts';
import { recount, trace } from './link.actions.ts';
import type { LinkGround } from './link.rules.ts';
import { liveBetween, oneAtATime, saveNewLink } from './link.store.ts';
import { openToDecider } from './sight.actions.ts';

/** How many records were looked at, and how many links proposed. */
export interface Looked {
  compared: number;
  proposed: number;
  failed: number;
}

/**
 * Proposes what was found alike, each in its own transaction, as the hub. It is done after the registration rather
 * than in it, so that a record that resembles another takes not an instant longer to register than one that does not.
 */
export async function sweepDoubles(
  db: Database,
  onFault: (error: unknown, person: string) => void = () => {},
  batch = 500,
): Promise<Looked> {
  const looked: Looked = { compared: 0, proposed: 0, failed: 0 };
  // those that fail stay due: the next batch begins after them, so that they keep nobody from their turn
  for (let after: Compared | null = null; ;) {
    const due: Compared[] = await comparedNow(db, after, batch);
    for (const { person } of due) {
      try {
        if (await db.write(hubViewer('person.compared'), (tx) => propose(tx, person))) looked.proposed++;
        looked.compared++;
      } catch (error) {
        looked.failed++;
        onFault(error, person);
      }
    }
    if (due.length < batch) return looked;
    after = due.at(-1)!;
  }
}

async function propose(tx: Transaction, person: string): Promise<boolean> {
  await oneAtATime(tx);
  await inLine(tx, person);
  const finding = await takeFinding(tx, person);
  if (!finding) return false;
  const { foundId, foundBy } = finding;
  if (foundId === null || !(await isNew(tx, person, foundId))) {
    await recount(tx, [person]);
    return false;
  }
  await link(tx, person, foundId, foundBy!);
  return true;
}

/** Since it was found, somebody may have joined the two by hand. */
async function isNew(tx: Transaction, person: string, found: string): Promise<boolean> {
  await inLine(tx, person, found);
  const [one, other] = [await knownAs(tx, person), await knownAs(tx, found)];
  return one.id !== other.id && (await liveBetween(tx, person, other.id)) === null;
}

async function link(tx: Transaction, person: string, found: string, ground: LinkGround): Promise<void> {
  const known = await knownAs(tx, found);
  const proposed = await saveNewLink(tx, {
    id: newId('PersonLink'),
    personId: person,
    intoId: known.id,
    deciderId: known.organisation,
    state: 'PROPOSED',
    ground,
    decidedAt: null,
  });
  await openToDecider(tx, proposed, known);
  await trace(tx, proposed, { move: 'propose', from: null, reason: null });
}
