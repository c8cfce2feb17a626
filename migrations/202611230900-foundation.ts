import type { MigrationInterface, QueryRunner } from 'typeorm';
import { grant } from './kit.ts';

/** The ground: who asks (`app.*`), folded text, the idempotency table and the journal. */
export class Foundation202611230900 implements MigrationInterface {
  name = 'Foundation1763888400000';

  async up(run: QueryRunner): Promise<void> {
    await this.role(run);
    await this.viewer(run);
    await this.text(run);
    await this.commands(run);
    await this.journal(run);
  }

  private async role(run: QueryRunner): Promise<void> {
    await run.query(`do $$ begin
      if not exists (select from pg_roles where rolname = 'passerelle_hub') then
        if not (select rolcreaterole or rolsuper from pg_roles where rolname = current_user) then
          raise exception 'There is no role passerelle_hub, and % may not make it (docs/operations.md).', current_user;
        end if;
        create role passerelle_hub nologin;
        execute format('grant passerelle_hub to %I', current_user);
      end if;
    end $$`);
    await run.query(`create extension if not exists pg_trgm; create extension if not exists unaccent;
      create schema app;
      grant usage on schema app, public to passerelle_hub;
      grant select on migrations to passerelle_hub`);
  }

  /** The viewer is a setting of the statement: \`organisation|people scope|detail|what it reads\`, or HUB. */
  private async viewer(run: QueryRunner): Promise<void> {
    await run.query(`
      create function app.clock() returns timestamptz language sql stable parallel safe as
        $$ select coalesce(nullif(current_setting('app.now', true), '')::timestamptz, now()) $$;
      create function app.is_hub() returns boolean language sql stable parallel safe as
        $$ select coalesce(current_setting('app.scope', true) = 'HUB', false) $$;
      create function app.viewer_organisation() returns text language sql stable parallel safe as
        $$ select nullif(split_part(current_setting('app.scope', true), '|', 1), '') $$;
      create function app.viewer_people() returns text language sql stable parallel safe as
        $$ select split_part(current_setting('app.scope', true), '|', 2) $$;
      create function app.viewer_detail() returns text language sql stable parallel safe as
        $$ select split_part(current_setting('app.scope', true), '|', 3) $$;
      create function app.viewer_reads(what text) returns boolean language sql stable parallel safe as
        $$ select what = any (string_to_array(split_part(current_setting('app.scope', true), '|', 4), ',')) $$`);
  }

  private async text(run: QueryRunner): Promise<void> {
    // unaccent() is only STABLE (its dictionary could change): naming the dictionary makes the wrapper honest
    await run.query(`create function app.fold(value text) returns text language sql immutable strict parallel safe as
      $$ select lower(public.unaccent('public.unaccent'::regdictionary, value)) $$`);
  }

  private async commands(run: QueryRunner): Promise<void> {
    await run.query(`create table command (
      client text collate "C" not null,
      key text not null,
      operation text not null,
      input_hash text not null,
      outcome jsonb,
      at timestamptz not null,
      primary key (client, key)
    )`);
    await run.query(`create index command_at on command (at)`);
    await grant(run, 'command', 'select, insert, update, delete');
  }

  private async journal(run: QueryRunner): Promise<void> {
    await run.query(`create table event (
      id text collate "C" primary key,
      tx xid8 not null default pg_current_xact_id(),
      pos bigint generated always as identity,
      type text not null,
      subject_type text not null,
      subject_id text collate "C" not null,
      subject_version integer not null,
      person_id text collate "C",
      organisation_id text collate "C",
      actor_kind text not null,
      actor_id text collate "C",
      caused_by text,
      audience text[] not null,
      facts jsonb not null,
      occurred_at timestamptz not null
    )`);
    await run.query(`create unique index event_order on event (tx, pos);
      create index event_subject on event (subject_id, tx, pos);
      create index event_occurred on event (occurred_at)`);
    // an index for paging one organisation's events; rights at delivery decide
    await run.query(`create table event_audience (
      organisation_id text collate "C" not null,
      tx xid8 not null,
      pos bigint not null,
      event_id text collate "C" not null references event (id) on delete cascade,
      primary key (organisation_id, tx, pos)
    )`);
    await grant(run, 'event', 'select, insert');
    await grant(run, 'event_audience', 'select, insert');
    await this.journalWall(run);
  }

  /** Append-only, read by those it concerns: the hub's role has no UPDATE nor DELETE on the journal. */
  private async journalWall(run: QueryRunner): Promise<void> {
    await run.query(`alter table event enable row level security; alter table event force row level security;
      alter table event_audience enable row level security; alter table event_audience force row level security;
      create policy event_select on event for select to passerelle_hub
        using (app.is_hub() or app.viewer_organisation() = any (audience) or audience = '{*}');
      create policy event_insert on event for insert to passerelle_hub
        with check (app.is_hub() or organisation_id = app.viewer_organisation());
      create policy event_audience_select on event_audience for select to passerelle_hub
        using (app.is_hub() or organisation_id in (app.viewer_organisation(), '*'));
      create policy event_audience_insert on event_audience for insert to passerelle_hub
        with check (app.viewer_organisation() is not null)`);
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query(`drop table event_audience, event, command; drop schema app cascade`);
  }
}
