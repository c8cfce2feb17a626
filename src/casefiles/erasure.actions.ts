import sql from 'sql-template-tag';
import { allow } from '../auth/policy.ts';
import type { Transaction } from '../db/transaction.ts';
import { showToReferent, trace } from '../doubles/link.actions.ts';
import { oneAtATime, saveLink } from '../doubles/link.store.ts';
import { closeToDecider } from '../doubles/sight.actions.ts';
import { record } from '../events/journal.ts';
import { parisDay } from '../kernel/clock.ts';
import { invalid, Refusal } from '../kernel/refusal.ts';
import { allowFollowing, endAccess } from '../people/access.ts';
import { freeReference } from '../people/person.actions.ts';
import { recordsOf } from '../people/count.store.ts';
import { lockPerson } from '../people/person.store.ts';
import { forgetAttendance } from '../meetings/attendance.store.ts';
import { close as closePathway } from '../pathway/pathway.actions.ts';
import { openPathway } from '../pathway/pathway.store.ts';
import { moveReferral } from '../referrals/move.actions.ts';
import { acceptedStates, isOneOf } from '../referrals/referral.rules.ts';
import { lockWhere } from '../referrals/referral.store.ts';
import { forgetSharing } from '../sharing/forgetting.actions.ts';
import { isReference, type ErasureReason } from './erasure.rules.ts';
import {
  anonymise,
  endReferent,
  isPlaced,
  lockPlacesOf,
  proposedLinks,
  receivedBy,
  runningSources,
  saveErasure,
  undecided,
} from './erasure.store.ts';
import type { PersonErasure } from './erasure.type.ts';

/** By the council alone: it answers for every partner that loses the record, and nothing brings it back. */
export async function erasePerson(tx: Transaction, input: PersonErasure) {
  await oneAtATime(tx); // an erasure parts links
  const person = await lockPerson(tx, input.person, 'person');
  allow(tx.viewer, 'erasePerson');
  await allowFollowing(tx, person.id, 'IDENTITY');
  if (!isReference(input.confirm, person.reference)) throw invalid('confirm', 'REFERENCE');
  const records = await tx.asHub('person.erased', () => recordsOf(tx, person.id));
  if (await tx.asHub('person.erased', () => isPlaced(tx, records)))
    throw new Refusal('WRONG_STATE', { state: 'PLACED', move: 'erase', reason: 'PLACED' });
  for (const record of records) await erase(tx, record, input.reason);
  return { id: person.id };
}

/**
 * Makes a record anonymous whose person's line is held: what is open closes, every right ends, who is told is written down, then
 * all that says who it was goes. What remains is figures. The tombstone comes before the emptying, and in one transaction.
 */
export async function erase(tx: Transaction, person: string, reason: ErasureReason, at = tx.now) {
  const organisationId = tx.viewer.organisation || null;
  const told = await tx.asHub('person.erased', async () => {
    const received = await receivedBy(tx, person);
    await closeReferrals(tx, person);
    await partProposals(tx, person);
    await endOpenPathway(tx, person);
    for (const source of await runningSources(tx, person)) await endAccess(tx, { source });
    await endReferent(tx, person, parisDay(tx.now));
    await saveErasure(tx, { personId: person, reason, organisationId, told: received, at });
    return received;
  });
  const reference = await freeReference(tx);
  const version = await tx.asHub('person.erased', async () => {
    await forgetAttendance(tx, person);
    return anonymise(tx, person, reference);
  });
  await showToReferent(tx, person); // by a record that is nobody's any more, nobody sees those it was joined with
  await forgetSharing(tx, person);
  // the reason is not told: that somebody has died, or asked to be forgotten, is no news for whoever met them once
  const subject = { type: 'Person', id: person, version };
  await record(tx, { type: 'person.erased', subject, person, audience: told });
}

async function partProposals(tx: Transaction, person: string): Promise<void> {
  for (const link of await proposedLinks(tx, person)) {
    const parted = await saveLink(tx, link.id, { state: 'REFUSED', decidedAt: tx.now });
    await closeToDecider(tx, link);
    await trace(tx, parted, { move: 'refuse', from: link.state, reason: 'OTHER' });
  }
}

/** A path nobody goes on with any more: figures then count it as ended, for no success. */
async function endOpenPathway(tx: Transaction, person: string): Promise<void> {
  const open = await openPathway(tx, person);
  const endedOn = parisDay(tx.now);
  if (open) await closePathway(tx, open, { endedOn, endReason: 'OTHER' });
}

async function closeReferrals(tx: Transaction, person: string): Promise<void> {
  await lockPlacesOf(tx, person);
  for (const row of await lockWhere(tx, sql`referral.person_id = ${person} and ${undecided}`)) {
    const move = isOneOf(acceptedStates, row.state) ? 'cancel' : 'withdraw';
    await moveReferral(tx, row, move, { reason: 'PERSON_ERASED' });
  }
}
