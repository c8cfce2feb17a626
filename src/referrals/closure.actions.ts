import sql, { raw } from 'sql-template-tag';
import type { Transaction } from '../db/transaction.ts';
import { setClock } from './clock.actions.ts';
import { tell } from './move.actions.ts';
import { unansweredStates } from './referral.rules.ts';
import { lockWhere, quoted } from './referral.store.ts';

/** What awaits an organisation's answer runs under its days as they now are; who sent it is told where that moved it. */
export function followClosures(tx: Transaction, organisation: string): Promise<void> {
  const awaited = sql`receiver_id = ${organisation} and state in (${raw(quoted(unansweredStates))})`;
  return tx.asHub('organisation.closure', async () => {
    for (const row of await lockWhere(tx, awaited)) {
      const after = await setClock(tx, row);
      if (after.version !== row.version)
        await tell(tx, after, 'deadline_moved', { cause: 'CLOSURE', until: after.dueAt });
    }
  });
}
