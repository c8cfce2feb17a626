import { requireScope } from '../auth/policy.ts';
import type { Transaction } from '../db/transaction.ts';
import { newId } from '../kernel/ids.ts';
import { invalid, Refusal } from '../kernel/refusal.ts';
import { refuseErased } from '../people/access.ts';
import { refuseNir } from '../people/nir.rules.ts';
import { saveNote } from './history.store.ts';
import { sidesOf, tell } from './move.actions.ts';
import { longestNote, type NoteCategory } from './note.rules.ts';
import type { NewReferralNote } from './referral.inputs.ts';
import type { ReferralRow } from './referral.row.ts';
import { lockReferral } from './referral.store.ts';

/** Both parties read it, as typed; the journal says that there is a note, never what it says. */
export async function addReferralNote(tx: Transaction, input: NewReferralNote) {
  const row = await lockReferral(tx, input.referral, 'referral');
  requireScope(tx.viewer, 'referrals:write');
  const party = sidesOf(row, tx.viewer).some((side) => side === 'SENDER' || side === 'RECEIVER');
  const writes = tx.viewer.roles.some((role) => role !== 'READER');
  if (!party || !writes) throw new Refusal('NOT_ALLOWED', { act: 'addReferralNote' });
  await writeNote(tx, row, input);
  return { id: row.id };
}

/** A note of this side on a locked referral. */
export async function writeNote(
  tx: Transaction,
  row: ReferralRow,
  input: { category: NoteCategory; text: string },
  field = 'text',
): Promise<void> {
  await refuseErased(tx, row.personId);
  refuseNir({ [field]: input.text });
  const text = input.text.trim();
  if (text.length < 1 || text.length > longestNote)
    throw invalid(field, 'LENGTH', { least: 1, most: longestNote });
  const { organisation, member } = tx.viewer;
  await saveNote(tx, {
    id: newId('ReferralNote'),
    referralId: row.id,
    personId: row.personId,
    senderId: row.senderId,
    receiverId: row.receiverId,
    organisationId: organisation,
    memberId: member,
    category: input.category,
    text,
    createdAt: tx.now,
  });
  await tell(tx, row, 'noted', { category: input.category });
}
