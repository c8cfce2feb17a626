import type { Sql } from 'sql-template-tag';
import type { Viewer } from '../kernel/viewer.ts';

/** Anything that answers SQL as a viewer: a plain read, or a transaction under way. */
export interface Reader {
  readonly viewer: Viewer;
  /** The hub's clock when the request began; the database sees the same (`app.clock()`). */
  readonly now: string;
  /** What may be remembered of this database for a while, by whoever asks it: shapes of statements, never rows. */
  readonly remembered: Map<string, unknown>;
  rows<T>(query: Sql): Promise<T[]>;
}

export async function firstRow<T>(reader: Reader, query: Sql): Promise<T | null> {
  return (await reader.rows<T>(query))[0] ?? null;
}
