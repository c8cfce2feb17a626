import sql from 'sql-template-tag';
import { firstRow } from '../db/reader.ts';
import { assignments, everyone, insertInto, table } from '../db/table.ts';
import type { Transaction } from '../db/transaction.ts';
import { byId, grouped } from '../graphql/loaders.ts';
import { found } from '../kernel/refusal.ts';
import { ClosureRow } from './closure.row.ts';

export const closures = table('closure', ClosureRow, everyone);
export const closureById = byId(closures, 'Closure');

/** Those that run or are to come. */
export const closuresOf = grouped<ClosureRow, string>(
  (reader, ids) =>
    reader.rows(sql`select ${closures.columns} from closure
      where organisation_id = any(${[...ids]}) and cancelled_at is null
        and to_day >= (app.clock() at time zone 'Europe/Paris')::date
      order by from_day, closure.id`),
  (row) => row.organisationId,
);

/** Of the same place, past ones too; its organisation is locked. */
export function closuresOfPlace(
  tx: Transaction,
  organisation: string,
  site: string | null,
): Promise<ClosureRow[]> {
  return tx.rows<ClosureRow>(sql`select ${closures.columns} from closure
    where organisation_id = ${organisation} and site_id is not distinct from ${site} and cancelled_at is null`);
}

export async function lockClosure(tx: Transaction, id: string, field: string): Promise<ClosureRow> {
  const query = sql`select ${closures.columns} from closure
    where id = ${id} and cancelled_at is null for update`;
  return found(await firstRow<ClosureRow>(tx, query), field);
}

export async function saveNewClosure(tx: Transaction, row: Omit<ClosureRow, 'cancelledAt'>): Promise<void> {
  await tx.change(insertInto(closures, row), 1);
}

export async function saveClosure(tx: Transaction, id: string, change: Partial<ClosureRow>): Promise<void> {
  await tx.change(sql`update closure set ${assignments(change)} where id = ${id}`, 1);
}
