import { allow } from '../auth/policy.ts';
import type { Transaction } from '../db/transaction.ts';
import type { Happened } from '../events/event-types.ts';
import { everyPartner, record } from '../events/journal.ts';
import { parisDay } from '../kernel/clock.ts';
import { newId } from '../kernel/ids.ts';
import { Refusal } from '../kernel/refusal.ts';
import { checkBeginning, checkSaid } from './programme.rules.ts';
import { lockEdition, lockProgramme, saveProgramme, withdraw } from './programme.store.ts';
import type { NewProgramme, ProgrammeWithdrawal } from './programme.type.ts';

/** The council adopts an edition, in force from a day on; what was in force until then stays readable as it was. */
export async function adoptProgramme(tx: Transaction, input: NewProgramme) {
  const last = await lockProgramme(tx);
  allow(tx.viewer, 'governProgramme');
  const { title, fromYear, untilYear, inForceFrom, axes, targets, weights, priorityPublics } = input;
  const said = { title: title.trim(), fromYear, untilYear, axes, targets, weights, priorityPublics };
  checkSaid(said);
  checkBeginning(inForceFrom, parisDay(tx.now), last.inForceFrom);
  const id = newId('Programme');
  const by = { organisationId: tx.viewer.organisation, adoptedAt: tx.now, withdrawnAt: null };
  await saveProgramme(tx, { id, number: last.number + 1, inForceFrom, ...said, ...by });
  await recordProgramme(tx, 'adopted', { id, inForceFrom });
  return { id };
}

/** Before its day an edition can be taken back; afterwards only another one ends it. */
export async function withdrawProgramme(tx: Transaction, input: ProgrammeWithdrawal) {
  const edition = await lockEdition(tx, input.programme, 'programme');
  allow(tx.viewer, 'governProgramme');
  if (edition.withdrawnAt !== null) return { id: edition.id };
  if (edition.inForceFrom <= parisDay(tx.now)) throw new Refusal('WRONG_STATE', { state: 'IN_FORCE' });
  await withdraw(tx, edition.id);
  await recordProgramme(tx, 'withdrawn', edition);
  return { id: edition.id };
}

function recordProgramme(
  tx: Transaction,
  happened: Happened<'programme'>,
  { id, inForceFrom }: { id: string; inForceFrom: string },
) {
  const subject = { type: 'Programme', id, version: happened === 'adopted' ? 1 : 2 };
  return record(tx, { type: `programme.${happened}`, subject, audience: [everyPartner], facts: { inForceFrom } });
} // prettier-ignore
