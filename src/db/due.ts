import sql, { type Sql } from 'sql-template-tag';
import { hubViewer } from '../kernel/viewer.ts';
import type { Database } from './database.ts';
import type { Reader } from './reader.ts';
import type { Transaction } from './transaction.ts';

/** What is due, and its place in the order of a walk: since when, as the text PostgreSQL gives it, then its id. */
export interface DueRow {
  id: string;
  at?: string;
}

/** One kind of things that time makes due: which come next, and what the hub does in the turn of each. */
export interface Due<Row extends DueRow, Count extends string> {
  cause: string;
  counts: readonly Count[];
  /** Up to so many that are due, behind the last one walked past, in a total order. */
  next(reader: Reader, after: Row | null, most: number): Promise<Row[]>;
  /** What was done, to be counted; nothing where somebody moves it at this moment: the next sweep asks again. */
  turn(tx: Transaction, id: string): Promise<Count | readonly Count[] | null>;
}

/** How many of each were done; `failed` are left for the next sweep, their fault handed to `onFault`. */
export type Swept<Count extends string> = Record<Count | 'failed', number>;

/**
 * Goes through all that is due, each in its own transaction, as the hub. Who fails stays due; the walk goes on behind
 * them, so that however many always fail, they keep nobody from their turn. Several hubs may sweep at once.
 */
export function eachDue<Row extends DueRow, Count extends string>({
  cause,
  counts,
  next,
  turn,
}: Due<Row, Count>) {
  return async (
    db: Database,
    onFault: (error: unknown, id: string) => void = () => {},
    batch = 500,
  ): Promise<Swept<Count>> => {
    const swept = Object.fromEntries([...counts, 'failed'].map((count) => [count, 0])) as Swept<Count>;
    const one = async (id: string) => {
      try {
        // counted after the commit: a turn that is rolled back, or run again, did nothing
        const done = await db.write(hubViewer(cause), (tx) => turn(tx, id));
        for (const count of [done ?? []].flat() as Count[]) swept[count]++;
      } catch (error) {
        swept.failed++;
        onFault(error, id);
      }
    };
    for (let after: Row | null = null; ;) {
      const rows: Row[] = await next(db.as(hubViewer(cause)), after, batch);
      for (const { id } of rows) await one(id);
      if (rows.length < batch) return swept;
      after = rows.at(-1)!;
    }
  };
}

/** What comes behind in the order of `at`, then `id`. As text: what a Date drops of an instant would bring a row again. */
export function behind(after: DueRow | null, at: Sql, id: Sql): Sql {
  return after ? sql`(${at}, ${id}) > (${after.at}::timestamptz, ${after.id})` : sql`true`;
}
