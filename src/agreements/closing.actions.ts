import type { Transaction } from '../db/transaction.ts';
import { parisDay } from '../kernel/clock.ts';
import { invalid } from '../kernel/refusal.ts';
import type { AgreementClosing, AgreementEnd } from './agreement.inputs.ts';
import { checkPaper, checkReason } from './agreement.rules.ts';
import type { AgreementRow } from './agreement.row.ts';
import { saveAgreement } from './agreement.store.ts';
import { moving, type Moving } from './moving.actions.ts';
import { tellAgreement } from './telling.actions.ts';

/** Whoever leads it says no. */
export async function refuseAgreement(tx: Transaction, input: AgreementClosing) {
  const of = { act: 'leadAgreements', move: 'refuse' } as const;
  return closed(tx, await moving(tx, input, of), { ...input, happened: 'refused' });
}

/** Taken back before it is signed, by its lead or by who was to provide. */
export async function withdrawAgreement(tx: Transaction, input: AgreementClosing) {
  const of = { act: 'withdrawAgreements', move: 'withdraw' } as const;
  return closed(tx, await moving(tx, input, of), { ...input, happened: 'withdrawn' });
}

interface Closing extends AgreementClosing {
  happened: 'refused' | 'withdrawn';
}

async function closed(tx: Transaction, { agreement, state }: Moving, { reason, happened }: Closing) {
  checkReason(reason);
  const change = { state, closedOn: parisDay(tx.now), closeReason: reason };
  return tellAgreement(tx, await saveAgreement(tx, agreement.id, change), happened, { reason });
}

/** Ended before its days are over; what was done under it until then stays under it. */
export async function endAgreement(tx: Transaction, input: AgreementEnd) {
  const { agreement, state } = await moving(tx, input, { act: 'signAgreements', move: 'terminate' });
  const { on, reason } = input;
  checkReason(reason);
  checkPaper('on', on, { today: parisDay(tx.now), least: agreement.fromDay });
  if (on >= agreement.toDay) throw invalid('on', 'NOTHING_LEFT', { until: agreement.toDay });
  const change = { state, toDay: on, closedOn: on, closeReason: reason };
  return tellAgreement(tx, await saveAgreement(tx, agreement.id, change), 'terminated', { reason, on });
}

/** Its last day is past: by the hub, from the sweep. */
export async function overAgreement(tx: Transaction, { id, toDay }: AgreementRow) {
  const change = { state: 'ENDED', closedOn: toDay, closeReason: 'PERIOD_OVER' } as const;
  return tellAgreement(tx, await saveAgreement(tx, id, change), 'ended');
}
