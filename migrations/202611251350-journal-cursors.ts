import type { MigrationInterface, QueryRunner } from 'typeorm';
import { grant, ownerReads, policy, wall } from './kit.ts';

/** Where a follower of the journal stands: what seals its cursor, which journal it is of, how far back it is kept. */
export class JournalCursors202611251350 implements MigrationInterface {
  name = 'JournalCursors1764078600000';

  async up(run: QueryRunner): Promise<void> {
    await this.journal(run);
    await this.epoch(run);
    await this.retention(run);
  }

  /** One row. Its key seals cursors and opens nothing else; `floor` is the last position that was forgotten. */
  private async journal(run: QueryRunner): Promise<void> {
    await run.query(`
      create table journal (
        name text primary key,
        epoch text not null,
        key bytea not null,
        floor_tx xid8 not null,
        floor_pos bigint not null,
        constraint journal_single check (name = 'journal')
      );
      insert into journal (name, epoch, key, floor_tx, floor_pos) values ('journal', gen_random_uuid()::text,
        uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()), '0', 0)`);
    await wall(run, 'journal');
    await policy(run, 'journal', 'select', 'app.is_hub()');
    await ownerReads(run, 'journal');
    await grant(run, 'journal', 'select');
  }

  /**
   * Which journal this is, and whether all that follows a position is still kept: the one thing of it that any follower
   * may ask. Transactions are counted anew by each cluster, and counted again after a return to an earlier state: a position
   * means something only within one database of one cluster on one timeline, and until the next restore.
   */
  private async epoch(run: QueryRunner): Promise<void> {
    await run.query(`
      create function app.journal_epoch() returns text
        language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
        select concat_ws('/', journal.epoch, (select system_identifier from pg_control_system()),
          (select oid from pg_database where datname = current_database()),
          left(pg_walfile_name(pg_current_wal_lsn()), 8)) from public.journal
      $$;
      create function app.journal_keeps(tx xid8, pos bigint) returns boolean
        language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
        select (tx, pos) >= (floor_tx, floor_pos) from public.journal
      $$;
      revoke all on function app.journal_epoch(), app.journal_keeps(xid8, bigint) from public;
      grant execute on function app.journal_epoch(), app.journal_keeps(xid8, bigint) to passerelle_hub`);
  }

  /**
   * The one way by which lines go: from the journal's beginning, in its order, by PostgreSQL's own clock (which the
   * hub's role cannot set), none younger than a week, and the floor with them. Their index goes by its own key.
   */
  private async retention(run: QueryRunner): Promise<void> {
    await run.query(`alter table event_audience drop constraint event_audience_event_id_fkey`);
    for (const table of ['event', 'event_audience']) await ownerReads(run, table);
    await run.query(`
      create function app.forget_events(kept interval, most integer) returns integer
        language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
      declare
        reached record;
        gone integer;
      begin
        if kept < interval '7 days' then raise exception 'the journal is kept seven days at least'; end if;
        perform from public.journal for update;
        with oldest as (
          select tx, pos, bool_and(occurred_at < now() - kept) over (order by event.tx, event.pos) as due
          from (select tx, pos, occurred_at from public.event order by event.tx, event.pos limit most) event)
        select tx, pos into reached from oldest where due order by oldest.tx desc, oldest.pos desc limit 1;
        if not found then return 0; end if;
        delete from public.event_audience indexed using public.event line, unnest(line.audience) organisation
          where (line.tx, line.pos) <= (reached.tx, reached.pos)
            and indexed.organisation_id = organisation and indexed.tx = line.tx and indexed.pos = line.pos;
        delete from public.event where (tx, pos) <= (reached.tx, reached.pos);
        get diagnostics gone = row_count;
        update public.journal set floor_tx = reached.tx, floor_pos = reached.pos;
        return gone;
      end $$;
      revoke all on function app.forget_events(interval, integer) from public;
      grant execute on function app.forget_events(interval, integer) to passerelle_hub`);
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query(`drop function app.forget_events(interval, integer), app.journal_keeps(xid8, bigint),
        app.journal_epoch();
      drop policy event_owner on event; drop policy event_audience_owner on event_audience;
      alter table event_audience add constraint event_audience_event_id_fkey
        foreign key (event_id) references event (id) on delete cascade;
      drop table journal`);
  }
}
