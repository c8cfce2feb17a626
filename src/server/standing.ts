import sql, { join, type Sql } from 'sql-template-tag';
import type { Database } from '../db/database.ts';
import { hubViewer } from '../kernel/viewer.ts';

/** What the database holds that must not pile up: numbers alone. */

/** Counted no further: beyond, the number says only that it is too many. */
const most = 100_000;

const counted = (rows: Sql) => sql`(select count(*)::int from (select ${rows} limit ${most}) pile)`;

const piles: Record<string, Sql> = {
  journal_unsettled: counted(sql`1 from event where tx >= pg_snapshot_xmin(pg_current_snapshot())`),
  deliveries_pending: counted(sql`1 from webhook_delivery where state = 'WAITING'`),
  deliveries_failed: counted(sql`1 from webhook_delivery where state = 'FAILED'`),
  endpoints_disabled: counted(sql`1 from webhook_endpoint where state = 'DISABLED'`),
  notices_pending: counted(sql`1 from notice where state = 'WAITING' and due_at <= app.clock()`),
};

export type Piles = Record<string, number>;

export interface Standing {
  piles: Piles;
  /** How many lines of the journal each of the hub's own readers has still before it. */
  backlog: Record<string, number>;
}

export async function standingOf(db: Database): Promise<Standing> {
  const reader = db.as(hubViewer('metrics'));
  const each = Object.entries(piles).map(([name, pile]) => sql`select ${name}::text as name, ${pile} as n`);
  const counts = await reader.rows<{ name: string; n: number }>(join(each, ' union all '));
  const readers = await reader.rows<{ name: string; n: number }>(
    sql`select name, ${counted(
      sql`1 from event where (event.tx, event.pos) > (journal_position.tx, journal_position.pos)`,
    )} as n from journal_position`,
  );
  const byName = (rows: { name: string; n: number }[]) =>
    Object.fromEntries(rows.map(({ name, n }) => [name, n]));
  return { piles: byName(counts), backlog: byName(readers) };
}
