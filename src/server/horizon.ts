import type pg from 'pg';

/**
 * The journal is read below the oldest transaction still open; one forgotten anywhere in the cluster holds every
 * event back. PostgreSQL hides other roles' sessions from the hub's, so the age is also taken from how long this
 * process has seen the same horizon.
 */
export class Horizon {
  private seen = { xmin: '', since: 0 };

  constructor(private readonly pool: pg.Pool) {}

  async age(): Promise<number> {
    const { rows } = await this.pool.query<{ xmin: string; open: boolean; age: number }>(`
      select pg_snapshot_xmin(s)::text as xmin, pg_snapshot_xmin(s) <> pg_snapshot_xmax(s) as open,
        coalesce((select extract(epoch from clock_timestamp() - min(xact_start)) from pg_stat_activity
          where backend_xid is not null), 0)::float8 as age
      from pg_current_snapshot() s`);
    const { xmin, open, age } = rows[0]!;
    if (!open) return 0;
    if (xmin !== this.seen.xmin) this.seen = { xmin, since: performance.now() };
    return Math.round(Math.max(age, (performance.now() - this.seen.since) / 1000) * 10) / 10;
  }
}
