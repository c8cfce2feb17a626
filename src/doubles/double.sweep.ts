import { eachDue } from '../db/due.ts';
import type { Transaction } from '../db/transaction.ts';
import { newId } from '../kernel/ids.ts';
import { inLine } from '../people/count.store.ts';
import { comparedNow, knownAs, takeFinding } from './compare.store.ts';
import { recount, trace } from './link.actions.ts';
import type { LinkGround } from './link.rules.ts';
import { liveBetween, oneAtATime, saveNewLink } from './link.store.ts';
import { openToDecider } from './sight.actions.ts';

/**
 * Proposes what was found alike, each in its own transaction, as the hub. It is done after the registration rather
 * than in it, so that a record that resembles another takes not an instant longer to register than one that does not.
 */
export const sweepDoubles = eachDue({
  cause: 'person.compared',
  counts: ['compared', 'proposed'],
  next: comparedNow,
  turn: async (tx, person) => ((await propose(tx, person)) ? ['compared', 'proposed'] : 'compared'),
});

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
