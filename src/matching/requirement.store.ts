import sql from 'sql-template-tag';
import { firstRow } from '../db/reader.ts';
import { everyone, insertInto, table } from '../db/table.ts';
import type { Transaction } from '../db/transaction.ts';
import { grouped } from '../graphql/loaders.ts';
import { RequirementRow } from './requirement.row.ts';
import type { Said } from './requirement.rules.ts';

const requirements = table('requirement', RequirementRow, everyone);

/** Every version of what an offer or vacancy asks, the one in force first: for whoever sees that offer or vacancy. */
export const requirementsOf = grouped<RequirementRow, string>(
  (reader, subjects) =>
    reader.rows(sql`select ${requirements.columns} from requirement
      where requirement.subject_id = any(${[...subjects]}) order by requirement.number desc`),
  (row) => row.subjectId,
);

/** Its subject is locked: versions follow each other. */
export async function saveRequirement(
  tx: Transaction,
  subject: { id: string; offerId: string },
  said: Said,
): Promise<void> {
  const last = await firstRow<{ number: number }>(
    tx,
    sql`update requirement set replaced_at = ${tx.now} where subject_id = ${subject.id} and replaced_at is null
      returning number`,
  );
  const number = (last?.number ?? 0) + 1;
  const row = { subjectId: subject.id, offerId: subject.offerId, number, setAt: tx.now };
  const { licences, timeBands, frenchLevel } = said;
  await tx.change(
    insertInto(requirements, { ...row, frenchLevel, licences: licences as never, timeBands: timeBands as never }),
    1,
  );
} // prettier-ignore
