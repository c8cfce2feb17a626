import sql, { type Sql } from 'sql-template-tag';
import { constraintMeans } from '../db/constraints.ts';
import type { Listing, Order } from '../db/list.ts';
import { firstRow, type Reader } from '../db/reader.ts';
import { everyone, insertInto, table } from '../db/table.ts';
import type { Transaction } from '../db/transaction.ts';
import { byId, type Batch } from '../graphql/loaders.ts';
import { subjectOf } from '../kernel/ids.ts';
import { found } from '../kernel/refusal.ts';
import { ProgrammeRow } from './programme.row.ts';

constraintMeans('programme_number', 'STALE');
constraintMeans('programme_in_force_from', 'STALE');

const programmes = table('programme', ProgrammeRow, everyone);
export const programmeById = byId(programmes, 'Programme');

const newestFirst: Order = {
  name: 'NEWEST',
  descending: true,
  keys: [{ by: sql`programme.number`, type: 'integer' }],
};
export const editions: Listing<ProgrammeRow> = { table: programmes, order: newestFirst, where: [] };

/** The edition in force on a day; null before the first. */
export const programmeOn: Batch<string, ProgrammeRow | null> = {
  async load(reader: Reader, days) {
    const rows = await reader.rows<ProgrammeRow & { day: string }>(sql`
      select distinct on (asked.day) asked.day::text as day, ${programmes.columns}
      from unnest(${days}::date[]) asked (day)
        join programme on programme.withdrawn_at is null and programme.in_force_from <= asked.day
      order by asked.day, programme.in_force_from desc`);
    const found = new Map(rows.map((row) => [row.day, row]));
    return days.map((day) => found.get(day) ?? null);
  },
};

/** The first day of the edition after each; null while none follows. */
export const followedOn: Batch<string, string | null> = {
  async load(reader, ids) {
    const rows = await reader.rows<{ id: string; on: string | null }>(sql`
      select each.id, (select min(next.in_force_from) from programme next
          where next.withdrawn_at is null and next.in_force_from > each.in_force_from) as on
      from programme each where each.id = any(${ids}::text[])`);
    const found = new Map(rows.map(({ id, on }) => [id, on]));
    return ids.map((id) => found.get(id) ?? null);
  },
};

/** Editions are adopted one after the other. */
export async function lockProgramme(tx: Transaction): Promise<{ number: number; inForceFrom: string | null }> {
  await tx.rows(sql`select pg_advisory_xact_lock(hashtextextended('passerelle.programme', 0))`);
  const last = await firstRow<{ number: number; inForceFrom: string | null }>(
    tx,
    sql`select coalesce(max(number), 0) as number,
      max(in_force_from) filter (where withdrawn_at is null) as "inForceFrom" from programme`,
  );
  return last!;
} // prettier-ignore

export async function lockEdition(tx: Transaction, id: string, field: string): Promise<ProgrammeRow> {
  await lockProgramme(tx);
  return found(subjectOf(id) === 'Programme' ? await one(tx, sql`id = ${id} for update`) : null, field);
}

export async function saveProgramme(tx: Transaction, row: ProgrammeRow): Promise<void> {
  const stored = { ...row, ...asJson(row) };
  await tx.change(insertInto(programmes, stored as never), 1);
}

export async function withdraw(tx: Transaction, id: string): Promise<void> {
  await tx.change(sql`update programme set withdrawn_at = ${tx.now} where id = ${id}`, 1);
}

function asJson({ axes, targets, weights }: ProgrammeRow) {
  return { axes: JSON.stringify(axes), targets: JSON.stringify(targets), weights: JSON.stringify(weights) };
}

async function one(reader: Reader, condition: Sql): Promise<ProgrammeRow | null> {
  const [row] = await reader.rows<ProgrammeRow>(sql`select ${programmes.columns} from programme where ${condition}`);
  return row ?? null;
} // prettier-ignore
