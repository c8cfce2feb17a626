import sql from 'sql-template-tag';
import type { Database } from '../db/database.ts';
import { firstRow } from '../db/reader.ts';
import { hubViewer } from '../kernel/viewer.ts';

const atOnce = 5_000;

/**
 * What is older than so many days is forgotten, from the beginning on, in short transactions: the floor rises with it,
 * and a cursor below it is told to read afresh.
 */
export function forgettingEvents(days: number, most = atOnce) {
  return async (db: Database): Promise<number> => {
    for (let forgotten = 0; ;) {
      const query = sql`select app.forget_events(make_interval(days => ${days}::integer), ${most}) as gone`;
      const { gone } = (await db.write(hubViewer('events'), (tx) => firstRow<{ gone: number }>(tx, query)))!;
      if (gone === 0) return forgotten;
      forgotten += gone;
    }
  };
}
