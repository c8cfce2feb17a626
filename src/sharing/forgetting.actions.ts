import sql from 'sql-template-tag';
import type { Transaction } from '../db/transaction.ts';

/** The record of this person was erased: its grants have ended with its rights, and what was typed of them goes. */
export async function forgetSharing(tx: Transaction, person: string): Promise<void> {
  await tx.asHub('person.erased', async () => {
    await tx.change(sql`update sharing_grant set ended_at = ${tx.now}, end_reason = 'ERASED', version = version + 1,
        updated_at = ${tx.now} where person_id = ${person} and ended_at is null`);
    await tx.rows(sql`select app.forget_sharing(${person})`);
  });
}
