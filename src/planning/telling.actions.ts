import type { Transaction } from '../db/transaction.ts';
import type { Happened } from '../events/event-types.ts';
import { record } from '../events/journal.ts';
import type { AssignmentRunRow } from './run.row.ts';

type Facts = Readonly<Record<string, string | number | boolean | null>>;

/** To the author’s organisation: states and counts, and nobody the run is about. Who may see the run is asked when it is told. */
export async function tellRun(
  tx: Transaction,
  { id, version, kind, state, organisationId }: AssignmentRunRow,
  happened: Happened<'assignment'>,
  facts: Facts = {},
): Promise<{ id: string }> {
  const subject = { type: 'AssignmentRun', id, version };
  await record(tx, {
    type: `assignment.${happened}`,
    subject,
    audience: [organisationId],
    facts: { kind, state, ...facts },
  });
  return { id };
}
