import type { MigrationInterface, QueryRunner } from 'typeorm';
import { grant } from './kit.ts';

/** Offers and vacancies: open to every partner. The guarded counters are the promise that no place is given twice. */
export class Catalogue202611230920 implements MigrationInterface {
  name = 'Catalogue1763889600000';

  async up(run: QueryRunner): Promise<void> {
    await this.offers(run);
    await this.vacancies(run);
  }

  private async offers(run: QueryRunner): Promise<void> {
    // a trade is searched by its code or by how the code begins: the column holds both
    await run.query(`create function app.prefixes(codes text[]) returns text[]
      language sql immutable strict parallel safe as
      $$ select coalesce(array_agg(distinct left(code, long)), '{}')
         from unnest(codes) code, generate_series(1, char_length(code)) long $$`);
    await run.query(`
      create table offer (
        id text collate "C" primary key,
        organisation_id text collate "C" not null references organisation (id),
        site_id text collate "C" references site (id),
        kind text not null,
        siae_kind text,
        title text not null,
        description text,
        state text not null,
        domains text[] not null default '{}',
        thematiques text[] not null default '{}',
        rome_codes text[] not null default '{}',
        publics text[] not null default '{}',
        exclusive boolean not null,
        counts_as_action boolean not null default true,
        fees text,
        fees_detail text,
        reception_modes text[] not null default '{}',
        mobilisation_modes text[] not null default '{}',
        mobilisable_by text[] not null default '{}',
        mobilisation_link text,
        access_conditions text,
        publics_detail text,
        eligibility_zone text[] not null default '{}',
        opening_hours text,
        weeks integer,
        weekly_hours numeric(5, 2),
        contact_email text,
        contact_phone text,
        service_type text,
        commune_code text collate "C" references commune (code),
        address text,
        latitude double precision,
        longitude double precision,
        approximate boolean not null default true,
        confirmed_at timestamptz,
        published_at timestamptz,
        suspended_until date,
        external_reference text,
        source text,
        source_id text,
        import_batch_id text collate "C",
        version integer not null default 1,
        created_at timestamptz not null,
        updated_at timestamptz not null,
        folded text generated always as (app.fold(title || ' ' || coalesce(description, ''))) stored,
        rome_prefixes text[] generated always as (app.prefixes(rome_codes)) stored,
        constraint offer_title_length check (char_length(title) between 3 and 200),
        constraint offer_weekly_hours check (weekly_hours between 0 and 168),
        constraint offer_weeks check (weeks >= 1),
        constraint offer_published_once check (state not in ('PUBLISHED', 'SUSPENDED') or published_at is not null)
      );
      create index offer_organisation on offer (organisation_id, id);
      create index offer_site on offer (site_id, id);
      create index offer_state on offer (state, id);
      create index offer_freshness on offer (coalesce(confirmed_at, created_at), id);
      create index offer_title on offer (title, id);
      create index offer_kind on offer (kind, id);
      create index offer_weekly_hours on offer (weekly_hours);
      create index offer_point on offer (latitude, longitude);
      create index offer_commune on offer (commune_code, id);
      create index offer_domains on offer using gin (domains);
      create index offer_thematiques on offer using gin (thematiques);
      create index offer_rome on offer using gin (rome_prefixes);
      create index offer_publics on offer using gin (publics);
      create index offer_folded on offer using gin (folded gin_trgm_ops);
      create unique index offer_source on offer (source, source_id);
      create unique index offer_external_reference on offer (organisation_id, external_reference)`);
    // planning a search compares its words with each sampled text: enough of them to tell a common word, no more
    await run.query(`alter table offer alter column folded set statistics 20`);
    await grant(run, 'offer', 'select, insert, update, delete');
  }

  private async vacancies(run: QueryRunner): Promise<void> {
    await run.query(`
      create table vacancy (
        id text collate "C" primary key,
        offer_id text collate "C" not null references offer (id),
        organisation_id text collate "C" not null references organisation (id),
        site_id text collate "C" references site (id),
        title text,
        state text not null,
        places integer,
        held integer not null default 0,
        taken integer not null default 0,
        free integer generated always as (places - held - taken) stored,
        starts_on date,
        ends_on date,
        refill_until date,
        weekly_hours numeric(5, 2),
        contract_kind text,
        rome_code text collate "C",
        commune_code text collate "C" references commune (code),
        latitude double precision,
        longitude double precision,
        approximate boolean not null default true,
        opened_at timestamptz default app.clock(),
        close_reason text,
        closed_at timestamptz,
        replaces_placement_id text collate "C",
        external_reference text,
        version integer not null default 1,
        created_at timestamptz not null,
        updated_at timestamptz not null,
        folded text generated always as (app.fold(title)) stored,
        constraint vacancy_draft_never_opened check (state <> 'DRAFT' or opened_at is null),
        constraint vacancy_title_length check (char_length(title) between 3 and 200),
        constraint vacancy_places_respected check (held + taken <= places),
        constraint vacancy_places_positive check (places >= 0),
        constraint vacancy_counters_positive check (held >= 0 and taken >= 0),
        constraint vacancy_filled_follows_count check (
          (state <> 'FILLED' or free = 0) and (state <> 'OPEN' or places is null or free > 0)),
        constraint vacancy_uncounted_holds_nothing check (places is not null or (held = 0 and taken = 0)),
        constraint vacancy_days check (ends_on >= starts_on),
        constraint vacancy_weekly_hours check (weekly_hours between 0 and 168)
      );
      create index vacancy_offer on vacancy (offer_id, id);
      create index vacancy_organisation on vacancy (organisation_id, id);
      create index vacancy_site on vacancy (site_id, id);
      create index vacancy_start on vacancy (coalesce(starts_on, 'infinity'), id);
      create index vacancy_open on vacancy (state, id);
      create index vacancy_freshness on vacancy (updated_at, id);
      create index vacancy_point on vacancy (latitude, longitude);
      create index vacancy_commune on vacancy (commune_code, id);
      create index vacancy_rome on vacancy (rome_code, id);
      create index vacancy_free on vacancy (free, id) where state in ('OPEN', 'FILLED');
      create index vacancy_folded on vacancy using gin (folded gin_trgm_ops);
      create unique index vacancy_external_reference on vacancy (organisation_id, external_reference)`);
    await grant(run, 'vacancy', 'select, insert, update, delete');
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query(`drop table vacancy, offer; drop function app.prefixes(text[])`);
  }
}
