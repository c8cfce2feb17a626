import type { Transaction } from '../db/transaction.ts';
import type { Happened } from '../events/event-types.ts';
import { record } from '../events/journal.ts';
import type { AgreementRow } from './agreement.row.ts';

type Facts = Readonly<Record<string, string | number | boolean | null>>;

/** To whoever reads it: ids, codes and days; what it costs and what is reserved is read, not told. */
export async function tellAgreement(
  tx: Transaction,
  { id, version, kind, state, readers }: AgreementRow,
  happened: Happened<'agreement'>,
  facts: Facts = {},
): Promise<{ id: string }> {
  const subject = { type: 'Agreement', id, version };
  await record(tx, {
    type: `agreement.${happened}`,
    subject,
    audience: readers,
    facts: { kind, state, ...facts },
  });
  return { id };
}
