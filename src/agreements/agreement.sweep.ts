import { eachDue } from '../db/due.ts';
import { parisDay } from '../kernel/clock.ts';
import { endedUntold, freeAgreement } from './agreement.store.ts';
import { overAgreement } from './closing.actions.ts';

/** Ends the agreements whose last day is past, each in its own transaction, as the hub. */
export const sweepAgreements = eachDue({
  cause: 'agreement.over',
  counts: ['ended'],
  next: (reader, after, most) => endedUntold(reader, after?.id ?? '', most),
  async turn(tx, id) {
    const row = await freeAgreement(tx, id);
    if (!row || row.state !== 'SIGNED' || row.toDay >= parisDay(tx.now)) return null;
    await overAgreement(tx, row);
    return 'ended';
  },
});
