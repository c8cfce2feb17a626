import type { MigrationInterface, QueryRunner } from 'typeorm';
import { grant, mayChange, ownerReads, policy, wall } from './kit.ts';

const profileLines = `wished_rome, refused_rome, skills, licences, french_level, travel_mode, travel_minutes, travel_km,
  weekly_hours_least, weekly_hours_most, time_bands, available_from, away, work_constraints, stated`;

/** People, each category in a table of its own behind one door: `person_access`. Rights are rows. */
export class People202611230930 implements MigrationInterface {
  name = 'People1763890200000';

  async up(run: QueryRunner): Promise<void> {
    await this.access(run);
    await this.core(run);
    await this.categories(run);
    await this.following(run);
    await this.search(run);
  }

  private async access(run: QueryRunner): Promise<void> {
    await run.query(`
      create table person_access (
        id bigint generated always as identity primary key,
        person_id text collate "C" not null,
        organisation_id text collate "C" not null references organisation (id),
        category text not null,
        reason text not null,
        source_id text collate "C" not null,
        member_id text collate "C",
        territory text,
        legal_basis text,
        valid_from timestamptz not null,
        valid_until timestamptz,
        constraint person_access_during check (valid_until >= valid_from)
      );
      create index person_access_person on person_access (person_id, organisation_id, category);
      create index person_access_organisation on person_access (organisation_id, category, person_id);
      create index person_access_source on person_access (source_id);
      create unique index person_access_once on person_access (person_id, organisation_id, category, reason, source_id)
        where valid_until is null`);
    // rights are written by the hub alone: nobody can give themselves one
    await wall(run, 'person_access');
    await policy(
      run,
      'person_access',
      'select',
      `app.is_hub() or organisation_id = app.viewer_organisation()`,
    );
    await policy(run, 'person_access', 'insert', `app.is_hub()`);
    await policy(run, 'person_access', 'update', `app.is_hub()`);
    await grant(run, 'person_access', 'select, insert');
    await mayChange(run, 'person_access', 'member_id, territory, legal_basis, valid_until');
    // one question for every policy; a function keeps the planner on the ordered index of a list
    await this.question(run, 'may_see', 'true');
    // who received a person with a referral reads what it opened, and writes none of it
    await this.question(run, 'may_change', `a.reason in ('REGISTRAR', 'REFERENT', 'PROGRAMME')`);
  }

  private async question(run: QueryRunner, name: string, further: string): Promise<void> {
    await run.query(`
      create function app.${name}(person text, wanted text) returns boolean language plpgsql stable parallel safe as $$
      begin
        if app.is_hub() then return true; end if;
        return exists (
          select from public.person_access a
          where a.person_id = person and a.organisation_id = app.viewer_organisation() and a.category = wanted
            and a.valid_from <= app.clock() and (a.valid_until is null or a.valid_until > app.clock())
            and ${further}
            and case app.viewer_people()
                  when 'ALL' then true
                  when 'PORTFOLIO' then a.member_id = app.viewer_detail()
                  when 'TERRITORY' then a.territory = any (string_to_array(app.viewer_detail(), ','))
                  else false
                end);
      end $$`);
  }

  private async core(run: QueryRunner): Promise<void> {
    await run.query(`
      create table person (
        id text collate "C" primary key,
        reference text not null,
        registered_by text collate "C" not null references organisation (id),
        birth_year integer,
        epci_code text collate "C" references epci (code),
        commune_code text collate "C" references commune (code),
        sought_kind text,
        version integer not null default 1,
        created_at timestamptz not null,
        updated_at timestamptz not null
      );
      create unique index person_reference on person (reference);
      create index person_updated on person (updated_at, id);
      create table person_handle (
        person_id text collate "C" not null references person (id),
        organisation_id text collate "C" not null references organisation (id),
        external_reference text not null,
        primary key (organisation_id, external_reference)
      );
      create unique index person_handle_person on person_handle (person_id, organisation_id);
      create index person_epci on person (epci_code);
      create index person_sought on person (sought_kind)`);
    await wall(run, 'person');
    await policy(run, 'person', 'select', `app.may_see(id, 'CORE')`);
    await policy(run, 'person', 'insert', `app.is_hub() or registered_by = app.viewer_organisation()`);
    await policy(run, 'person', 'update', `app.may_change(id, 'CORE')`);
    await grant(run, 'person', 'select, insert');
    await mayChange(run, 'person', 'birth_year, epci_code, commune_code, sought_kind, version, updated_at');
    await wall(run, 'person_handle');
    const own = `app.is_hub() or organisation_id = app.viewer_organisation()`;
    for (const command of ['select', 'insert', 'update'] as const)
      await policy(run, 'person_handle', command, own);
    await grant(run, 'person_handle', 'select, insert');
    await mayChange(run, 'person_handle', 'external_reference');
  }

  private async categories(run: QueryRunner): Promise<void> {
    await run.query(`
      create table person_identity (
        person_id text collate "C" primary key references person (id),
        last_name text not null,
        first_name text not null,
        birth_name text,
        birth_date date,
        folded text generated always as (app.fold(first_name || ' ' || last_name || ' ' || coalesce(birth_name, ''))) stored,
        sort_name text generated always as (app.fold(last_name || ' ' || first_name)) stored
      );
      create index person_identity_folded on person_identity using gin (folded gin_trgm_ops);
      create index person_identity_name on person_identity (sort_name collate "C", person_id);
      create table person_contact (
        person_id text collate "C" primary key references person (id),
        phone text,
        email text,
        address text,
        commune_code text collate "C" references commune (code)
      );
      create table person_profile (
        person_id text collate "C" primary key references person (id),
        wished_rome text[] not null default '{}',
        refused_rome text[] not null default '{}',
        skills text[] not null default '{}',
        licences text[],
        french_level text,
        travel_mode text,
        travel_minutes integer,
        travel_km integer,
        weekly_hours_least numeric(5, 2),
        weekly_hours_most numeric(5, 2),
        time_bands text[] not null default '{}',
        available_from date,
        away jsonb not null default '[]',
        work_constraints text[] not null default '{}',
        stated jsonb not null default '{}',
        constraint person_profile_hours check (weekly_hours_most >= weekly_hours_least)
      );
      create table need (
        id text collate "C" primary key,
        person_id text collate "C" not null references person (id),
        theme text not null,
        thematique text,
        detail text,
        opened_on date not null,
        closed_on date,
        close_reason text,
        recorded_by text collate "C" not null references organisation (id),
        version integer not null default 1,
        created_at timestamptz not null,
        updated_at timestamptz not null,
        constraint need_detail_length check (char_length(detail) <= 500),
        constraint need_days check (closed_on >= opened_on)
      );
      create index person_contact_commune on person_contact (commune_code);
      create index need_person on need (person_id, id);
      create index need_open_theme on need (theme, person_id) where closed_on is null`);
    const tables = {
      person_identity: ['IDENTITY', 'last_name, first_name, birth_name, birth_date'],
      person_contact: ['CONTACT', 'phone, email, address, commune_code'],
      person_profile: ['PROFILE', profileLines],
      need: ['NEEDS', 'closed_on, close_reason, version, updated_at'],
    } as const;
    for (const [table, [category, columns]] of Object.entries(tables)) {
      await wall(run, table);
      await policy(run, table, 'select', `app.may_see(person_id, '${category}')`);
      for (const command of ['insert', 'update'] as const)
        await policy(run, table, command, `app.may_change(person_id, '${category}')`);
      await grant(run, table, 'select, insert');
      await mayChange(run, table, columns);
    }
  }

  private async following(run: QueryRunner): Promise<void> {
    await run.query(`
      create table referent (
        id text collate "C" primary key,
        person_id text collate "C" not null references person (id),
        organisation_id text collate "C" not null references organisation (id),
        member_id text collate "C" references member (id),
        legal_basis text not null,
        since date not null,
        until date,
        constraint referent_days check (until >= since)
      );
      create unique index referent_current on referent (person_id) where until is null;
      create index referent_member on referent (member_id);
      create index referent_person on referent (person_id)`);
    await wall(run, 'referent');
    await policy(run, 'referent', 'select', `app.may_see(person_id, 'PATHWAY')`);
    for (const command of ['insert', 'update'] as const)
      await policy(run, 'referent', command, `app.may_change(person_id, 'PATHWAY')`);
    await grant(run, 'referent', 'select, insert');
    await mayChange(run, 'referent', 'until');
  }

  /** Row-level security forbids the planner a trigram index; inside, the same question is asked of what matched. */
  private async search(run: QueryRunner): Promise<void> {
    await ownerReads(run, 'person_access');
    await ownerReads(run, 'person_identity');
    await run.query(`
      create function app.people_named(words text) returns setof text language sql stable
        security definer set search_path = pg_catalog, public, pg_temp as
        $$ select person_id from public.person_identity
           where app.fold(words) <% folded and app.may_see(person_id, 'IDENTITY') $$;
      revoke all on function app.people_named(text) from public;
      grant execute on function app.people_named(text) to passerelle_hub`);
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query(`drop function app.people_named(text); drop table referent, need, person_profile, person_contact, person_identity, person_handle, person, person_access;
      drop function app.may_see(text, text), app.may_change(text, text)`);
  }
}
