import sql from 'sql-template-tag';
import { firstRow } from '../db/reader.ts';
import type { Transaction } from '../db/transaction.ts';
import { saveMailState } from '../partners/member.store.ts';

/** Nothing more is sent to this address until a manager says so; false where no member has it. As the hub. */
export async function noteBounce(tx: Transaction, address: string): Promise<boolean> {
  const query = sql`select id from member where lower(email) = ${address.toLowerCase()} for update`;
  const member = await firstRow<{ id: string }>(tx, query);
  if (!member) return false;
  await saveMailState(tx, member.id, { mailBouncedAt: tx.now });
  return true;
}
