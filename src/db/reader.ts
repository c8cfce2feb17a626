import type { Sql } from 'sql-template-tag';
import type { Viewer } from '../kernel/viewer.ts';

interface Named {
  readonly name: string;
  readonly columns: Sql;
}

/** Which columns of a table's rows are worth reading, and who looks at others: see narrowing.ts. */
interface Looking {
  columns(table: Named): Sql;
  rows<T>(table: Named, rows: T[]): T[];
}

/** Anything that answers SQL as a viewer: a plain read, or a transaction under way. */
export interface Reader {
  readonly viewer: Viewer;
  /** The hub's clock when the request began; the database sees the same (`app.clock()`). */
  readonly now: string;
  /** What may be remembered of this database for a while, by whoever asks it: shapes of statements, never rows. */
  readonly remembered: Map<string, unknown>;
  /** Which columns of rows are worth reading; all, if not said. */
  readonly look?: Looking | undefined;
  rows<T>(query: Sql): Promise<T[]>;
}

export async function firstRow<T>(reader: Reader, query: Sql): Promise<T | null> {
  return (await reader.rows<T>(query))[0] ?? null;
}

/** The columns by which rows of a table are read here. */
export function columnsRead({ look }: Reader, table: Named): Sql {
  return look ? look.columns(table) : table.columns;
}

/** Rows read by `columnsRead`, as whoever asked may look at them. */
export function rowsRead<T>({ look }: Reader, table: Named, rows: T[]): T[] {
  return look ? look.rows(table, rows) : rows;
}
