import sql from 'sql-template-tag';
import type { Transaction } from '../db/transaction.ts';

/** Whoever comes under one number of a partner's own waits for who came first: two requests under it make one row. */
export async function inLineForNumber(tx: Transaction, noun: string, number: string): Promise<void> {
  const line = [noun, tx.viewer.organisation, number].join(' ');
  await tx.rows(sql`select pg_advisory_xact_lock(hashtextextended(${line}, 0))`);
}
