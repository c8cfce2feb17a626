import type { MigrationInterface, QueryRunner } from 'typeorm';
import { grant, mayChange } from './kit.ts';

/** Sessions opened together, the sessions of one cycle, who hosts, and whose leaving a vacancy prepares. */
export class Series202611251220 implements MigrationInterface {
  name = 'Series1764073200000';

  async up(run: QueryRunner): Promise<void> {
    await run.query(`
      create table vacancy_series (
        id text collate "C" primary key,
        offer_id text collate "C" not null references offer (id),
        organisation_id text collate "C" not null references organisation (id),
        title text,
        created_at timestamptz not null,
        constraint vacancy_series_title_length check (char_length(title) between 3 and 200)
      );
      create index vacancy_series_offer on vacancy_series (offer_id, id);
      create index vacancy_series_organisation on vacancy_series (organisation_id, id);
      alter table vacancy
        add column series_id text collate "C" references vacancy_series (id),
        add column sessions jsonb not null default '[]',
        add column host_id text collate "C" references organisation (id),
        drop column replaces_placement_id,
        add constraint vacancy_sessions_listed check (jsonb_typeof(sessions) = 'array');
      alter table placement add column replaced_by_id text collate "C" references vacancy (id);
      create unique index placement_replaced_by on placement (replaced_by_id) where replaced_by_id is not null;
      create index vacancy_of_series on vacancy (series_id, id) where series_id is not null;
      create index vacancy_host on vacancy (host_id, id) where host_id is not null;
      update vacancy set host_id = site.organisation_id from site
        where site.id = vacancy.site_id and site.organisation_id <> vacancy.organisation_id`);
    await grant(run, 'vacancy_series', 'select, insert');
    // who leaves stands behind the wall of the placement: a row of the catalogue says nothing of anybody
    await mayChange(run, 'placement', 'replaced_by_id');
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query(`
      alter table placement drop column replaced_by_id;
      alter table vacancy drop column series_id, drop column sessions, drop column host_id,
        add column replaces_placement_id text collate "C";
      drop table vacancy_series`);
  }
}
