import type { MigrationInterface, QueryRunner } from 'typeorm';
import { grant, mayChange, ownerReads, policy, wall } from './kit.ts';

/** The territory, the organisations that share it, their sites, members and tools. */
export class Partners202611230910 implements MigrationInterface {
  name = 'Partners1763889000000';

  async up(run: QueryRunner): Promise<void> {
    await this.territory(run);
    await this.organisations(run);
    await this.sites(run);
    await this.members(run);
    await this.login(run);
  }

  private async territory(run: QueryRunner): Promise<void> {
    await run.query(`
      create table epci (
        code text collate "C" primary key,
        name text not null
      );
      create table commune (
        code text collate "C" primary key,
        name text not null,
        departement_code text not null,
        epci_code text collate "C" references epci (code),
        population integer not null,
        postal_codes text[] not null,
        latitude double precision,
        longitude double precision,
        approximate boolean not null
      );
      create index commune_epci on commune (epci_code);
      create index commune_departement on commune (departement_code)`);
    // metres on a sphere: half a percent off at worst, far below what "about 6 km" promises. Not strict and no
    // subquery, so that PostgreSQL writes it out in the query, some times faster than calling it: adding 0 × what
    // may be null keeps what has no point without a distance, for least() passes over a null
    await run.query(`create function app.metres(lat1 double precision, lon1 double precision, lat2 double precision,
        lon2 double precision) returns integer language sql immutable parallel safe as
      $$ select (2 * 6371008.8 * asin(least(1, sqrt(
          sin(radians(lat2 - lat1) / 2) ^ 2
          + cos(radians(lat1)) * cos(radians(lat2)) * sin(radians(lon2 - lon1) / 2) ^ 2)))
          + 0 * (lat1 + lon1 + lat2 + lon2))::integer $$`);
    await grant(run, 'epci', 'select, insert, update');
    await grant(run, 'commune', 'select, insert, update');
  }

  private async organisations(run: QueryRunner): Promise<void> {
    await run.query(`
      create table organisation (
        id text collate "C" primary key,
        kind text not null,
        remit text,
        name text not null,
        short_name text,
        siret text collate "C",
        parent_id text collate "C" references organisation (id),
        commune_code text collate "C" references commune (code),
        description text,
        email text,
        phone text,
        website text,
        authorised_prescriber text,
        authorised_prescriber_since date,
        sensitive boolean not null default false,
        source text,
        source_id text,
        import_batch_id text collate "C",
        version integer not null default 1,
        created_at timestamptz not null,
        updated_at timestamptz not null,
        folded text generated always as (app.fold(name || ' ' || coalesce(short_name, '') || ' ' || coalesce(description, ''))) stored,
        constraint organisation_siret_shape check (siret ~ '^[0-9]{14}$'),
        constraint organisation_name_length check (char_length(name) between 2 and 200)
      );
      create unique index organisation_siret on organisation (siret);
      create unique index organisation_source on organisation (source, source_id);
      create unique index organisation_single_council on organisation (kind) where kind = 'COUNCIL';
      create index organisation_kind on organisation (kind, id);
      create index organisation_commune on organisation (commune_code);
      create index organisation_folded on organisation using gin (folded gin_trgm_ops);
      create table accreditation (
        organisation_id text collate "C" not null references organisation (id) on delete cascade,
        kind text not null,
        number text,
        from_day date not null,
        to_day date,
        primary key (organisation_id, kind, from_day),
        constraint accreditation_days check (to_day is null or to_day > from_day)
      )`);
    await grant(run, 'organisation', 'select, insert, update, delete');
    await grant(run, 'accreditation', 'select, insert, update, delete');
  }

  private async sites(run: QueryRunner): Promise<void> {
    await run.query(`
      create table site (
        id text collate "C" primary key,
        organisation_id text collate "C" not null references organisation (id),
        name text not null,
        commune_code text collate "C" not null references commune (code),
        address text,
        latitude double precision,
        longitude double precision,
        approximate boolean not null,
        source text,
        source_id text,
        import_batch_id text collate "C",
        version integer not null default 1,
        created_at timestamptz not null,
        updated_at timestamptz not null,
        constraint site_point check ((latitude is null) = (longitude is null)),
        constraint site_on_earth check (latitude between -90 and 90 and longitude between -180 and 180)
      );
      create index site_organisation on site (organisation_id, id);
      create index site_commune on site (commune_code);
      create index site_point on site (latitude, longitude);
      create unique index site_source on site (source, source_id)`);
    await grant(run, 'site', 'select, insert, update, delete');
  }

  private async members(run: QueryRunner): Promise<void> {
    await run.query(`
      create table member (
        id text collate "C" primary key,
        organisation_id text collate "C" not null references organisation (id),
        email text not null,
        display_name text not null,
        phone text,
        roles text[] not null,
        people text not null,
        territory text[] not null default '{}',
        state text not null,
        version integer not null default 1,
        created_at timestamptz not null,
        updated_at timestamptz not null,
        constraint member_has_role check (cardinality(roles) > 0)
      );
      create unique index member_email on member (lower(email));
      create index member_organisation on member (organisation_id, id);
      create table api_client (
        id text collate "C" primary key,
        organisation_id text collate "C" not null references organisation (id),
        acting_member_id text collate "C" references member (id),
        name text not null,
        key_prefix text not null,
        key_hash text not null,
        scopes text[] not null,
        revoked_at timestamptz,
        created_at timestamptz not null
      );
      create unique index api_client_key on api_client (key_hash);
      create index api_client_organisation on api_client (organisation_id, id)`);
    await grant(run, 'member', 'select, insert');
    await mayChange(
      run,
      'member',
      'display_name, phone, roles, people, territory, state, version, updated_at',
    );
    await grant(run, 'api_client', 'select, insert');
    await mayChange(run, 'api_client', 'name, acting_member_id, scopes, revoked_at');
    for (const table of ['member', 'api_client']) {
      await wall(run, table);
      const own = `app.is_hub() or organisation_id = app.viewer_organisation()`;
      for (const command of ['select', 'insert', 'update'] as const) await policy(run, table, command, own);
      await ownerReads(run, table);
    }
  }

  /** Login happens before there is a viewer: the two look-ups that see past the walls, and nothing else. */
  private async login(run: QueryRunner): Promise<void> {
    await run.query(`
      create function app.viewer_of_member(asked text) returns table (organisation text, organisation_kind text,
          remit text, member text, client text, roles text[], scopes text[], people text, territory text[])
        language sql stable security definer set search_path = pg_catalog, public, pg_temp as
        $$ select o.id, o.kind, o.remit, m.id, null::text, m.roles, null::text[], m.people, m.territory
           from public.member m join public.organisation o on o.id = m.organisation_id
           where lower(m.email) = lower(asked) and m.state = 'ACTIVE' $$;
      create function app.viewer_of_key(hash text) returns table (organisation text, organisation_kind text,
          remit text, member text, client text, roles text[], scopes text[], people text, territory text[])
        language sql stable security definer set search_path = pg_catalog, public, pg_temp as
        $$ select o.id, o.kind, o.remit, m.id, c.id, coalesce(m.roles, '{READER}'), c.scopes,
             coalesce(m.people, 'NONE'), coalesce(m.territory, '{}')
           from public.api_client c join public.organisation o on o.id = c.organisation_id
           left join public.member m on m.id = c.acting_member_id and m.state = 'ACTIVE'
           where c.key_hash = hash and c.revoked_at is null
             and (c.acting_member_id is null or m.id is not null) $$;
      revoke all on function app.viewer_of_member(text), app.viewer_of_key(text) from public;
      grant execute on function app.viewer_of_member(text), app.viewer_of_key(text) to passerelle_hub`);
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query(`drop function app.viewer_of_member(text), app.viewer_of_key(text);
      drop table api_client, member, site, accreditation, organisation, commune, epci`);
  }
}
