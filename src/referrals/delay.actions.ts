import { allow } from '../auth/policy.ts';
import type { Transaction } from '../db/transaction.ts';
import { everyPartner, record } from '../events/journal.ts';
import { parisDay } from '../kernel/clock.ts';
import { newId } from '../kernel/ids.ts';
import { checkDelays } from './delay.rules.ts';
import { saveSetting } from './delay.store.ts';
import type { NewDelays } from './delay.type.ts';

/** The council sets delays from a day on; what was sent before keeps those it was sent under. */
export async function setDelays(tx: Transaction, input: NewDelays) {
  allow(tx.viewer, 'setDelays');
  const { kind = null, from, acknowledge, answer, waiting, holdAfterStart, holdWithoutStart } = input;
  const value = { acknowledge, answer, waiting, holdAfterStart, holdWithoutStart };
  checkDelays(value, from, parisDay(tx.now));
  const id = newId('Setting');
  const by = { organisationId: tx.viewer.organisation, setAt: tx.now };
  await saveSetting(tx, { id, name: 'DELAYS', kind, value, fromDay: from, ...by });
  await record(tx, {
    type: 'setting.delays_set',
    subject: { type: 'Setting', id, version: 1 },
    audience: [everyPartner],
    facts: { kind, from, ...value },
  });
  return { id };
}
