import sql, { raw } from 'sql-template-tag';
import type { Transaction } from '../db/transaction.ts';
import { setClocks } from './clock.actions.ts';
import { tellMoved } from './move.actions.ts';
import { unansweredStates } from './referral.rules.ts';
import { lockWhere, quoted } from './referral.store.ts';

/** What awaits an organisation's answer runs under its days as they now are; who sent it is told where that moved it. */
export function followClosures(tx: Transaction, organisation: string): Promise<void> {
  const awaited = sql`receiver_id = ${organisation} and state in (${raw(quoted(unansweredStates))})`;
  return tx.asHub('organisation.closure', async () => {
    const before = await lockWhere(tx, awaited);
    await tellMoved(tx, { before, after: await setClocks(tx, before), cause: 'CLOSURE' });
  });
}
