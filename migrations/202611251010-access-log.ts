import type { MigrationInterface, QueryRunner } from 'typeorm';
import { grant, ownerReads, policy, wall } from './kit.ts';

/** Who was shown what of whom: lines that are only added to, sealed into signed segments, dropped by whole segments. */
export class AccessLog202611251010 implements MigrationInterface {
  name = 'AccessLog1764061800000';

  async up(run: QueryRunner): Promise<void> {
    await this.lines(run);
    await this.turns(run);
    await this.segments(run);
    await this.retention(run);
    await this.readers(run);
  }

  /** No reference to the person: the line outlives an erased record. No column holds a name or a value of a field. */
  private async lines(run: QueryRunner): Promise<void> {
    await run.query(`
      create table access_log (
        id text collate "C" primary key,
        pos bigint generated always as identity,
        at timestamptz(3) not null,
        person_id text collate "C" not null,
        organisation_id text collate "C" not null,
        member_id text collate "C",
        client_id text collate "C",
        categories text[] not null,
        reasons text[] not null,
        outside boolean not null,
        operation text not null,
        purpose text,
        request_id text not null,
        constraint access_log_something check (cardinality(categories) > 0)
      );
      create unique index access_log_order on access_log (pos);
      create index access_log_person on access_log (person_id, id)`);
    await wall(run, 'access_log');
    // who follows the person: its referent, the council, who registered while nobody else does
    await policy(run, 'access_log', 'select', `app.may_change(person_id, 'PATHWAY')`);
    await policy(run, 'access_log', 'insert', `app.is_hub() or organisation_id = app.viewer_organisation()`);
    await grant(run, 'access_log', 'select, insert');
  }

  /**
   * Positions are given before their lines are committed. Each insert holds this lock, shared, from before it takes its
   * positions until it is committed: who has held it alone for an instant knows every position below as settled.
   */
  private async turns(run: QueryRunner): Promise<void> {
    await run.query(`
      create function app.access_log_turn() returns trigger language plpgsql as $$
        begin perform pg_advisory_xact_lock_shared(7201991); return null; end $$;
      create trigger access_log_turn before insert on access_log
        for each statement execute function app.access_log_turn()`);
  }

  private async segments(run: QueryRunner): Promise<void> {
    await run.query(`
      create table access_segment (
        number bigint primary key,
        after_pos bigint not null,
        to_pos bigint not null,
        positions bigint[] not null,
        leaves bytea[] not null,
        root bytea not null,
        previous bytea not null,
        newest_at timestamptz(3),
        sealed_at timestamptz(3) not null,
        key_id text not null,
        signature bytea not null,
        constraint access_segment_range check (to_pos >= after_pos),
        constraint access_segment_leaves check (cardinality(leaves) = cardinality(positions))
      );
      create index access_segment_newest on access_segment (newest_at);
      create table access_drop (
        segment bigint primary key references access_segment (number),
        dropped_at timestamptz(3) not null,
        key_id text not null,
        signature bytea not null
      )`);
    for (const table of ['access_segment', 'access_drop']) {
      await wall(run, table);
      for (const command of ['select', 'insert'] as const) await policy(run, table, command, `app.is_hub()`);
      await grant(run, table, 'select, insert');
    }
  }

  /**
   * The one way by which a line goes: a whole sealed segment, past the retention by PostgreSQL's own clock (which the
   * hub's role cannot set, as it can app.now), and only once its signed record stands.
   */
  private async retention(run: QueryRunner): Promise<void> {
    for (const table of ['access_log', 'access_segment', 'access_drop']) await ownerReads(run, table);
    await run.query(`
      create function app.access_kept() returns interval language sql immutable parallel safe as
        $$ select interval '3 years' $$;
      create function app.drop_access_lines(dropped bigint) returns integer
        language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
      declare
        sealed public.access_segment;
        gone integer;
      begin
        select s.* into sealed from public.access_segment s join public.access_drop d on d.segment = s.number
          where s.number = dropped and s.newest_at < now() - app.access_kept();
        if not found then raise exception 'segment % is not past its retention, or its drop is not recorded', dropped; end if;
        delete from public.access_log
          where pos > sealed.after_pos and pos <= sealed.to_pos and at < now() - app.access_kept();
        get diagnostics gone = row_count;
        return gone;
      end $$;
      revoke all on function app.drop_access_lines(bigint) from public;
      grant execute on function app.drop_access_lines(bigint) to passerelle_hub`);
  }

  /** The human behind a line, to who may read the line; of a discreet social partner, to itself and the council alone. */
  private async readers(run: QueryRunner): Promise<void> {
    await run.query(`
      create function app.access_readers(asked text[]) returns table (id text, member text, tool text)
        language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
        select line.id, m.display_name, c.name
        from public.access_log line join public.organisation o on o.id = line.organisation_id
          left join public.member m on m.id = line.member_id
          left join public.api_client c on c.id = line.client_id
        where line.id = any (asked) and app.may_change(line.person_id, 'PATHWAY')
          and (not o.sensitive or o.id = app.viewer_organisation() or exists (
            select from public.organisation council where council.id = app.viewer_organisation() and council.kind = 'COUNCIL'))
      $$;
      revoke all on function app.access_readers(text[]) from public;
      grant execute on function app.access_readers(text[]) to passerelle_hub`);
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query(`drop function app.access_readers(text[]), app.drop_access_lines(bigint), app.access_kept();
      drop table access_drop, access_segment, access_log; drop function app.access_log_turn()`);
  }
}
