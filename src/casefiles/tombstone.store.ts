import sql from 'sql-template-tag';
import { firstRow, type Reader } from '../db/reader.ts';
import type { Tombstone } from './tombstone.rules.ts';

export function tombstonesIn(reader: Reader): Promise<Tombstone[]> {
  return reader.rows<Tombstone>(
    sql`select person_id as person, at, reason from erasure order by at, person_id`,
  );
}

export async function countTombstones(reader: Reader): Promise<number> {
  return (await firstRow<{ count: number }>(reader, sql`select count(*)::int as count from erasure`))!.count;
}

/** Of these people, who is in the database, and whether still as somebody. */
export function presentAmong(reader: Reader, people: readonly string[]) {
  return reader.rows<{ id: string; erased: boolean }>(
    sql`select id, erased_at is not null as erased from person where id = any(${[...people]})`,
  );
}
