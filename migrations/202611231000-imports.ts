import type { MigrationInterface, QueryRunner } from 'typeorm';
import { grant } from './kit.ts';

/** What an import did, row by row, so that it can be told and undone. Catalogue only: no person is in it. */
export class Imports202611231000 implements MigrationInterface {
  name = 'Imports1763892000000';

  async up(run: QueryRunner): Promise<void> {
    await this.batches(run);
    await this.origins(run);
  }

  private async batches(run: QueryRunner): Promise<void> {
    await run.query(`
      create table import_batch (
        id text collate "C" primary key,
        kind text not null,
        fingerprint text not null,
        state text not null,
        created integer not null default 0,
        changed integer not null default 0,
        unchanged integer not null default 0,
        refused integer not null default 0,
        started_at timestamptz not null,
        finished_at timestamptz,
        undone_at timestamptz
      );
      create unique index import_batch_running on import_batch (kind, fingerprint) where state = 'RUNNING';
      create table import_change (
        batch_id text collate "C" not null references import_batch (id) on delete cascade,
        position integer not null,
        table_name text not null,
        row_id text collate "C" not null,
        version integer not null,
        before jsonb,
        primary key (batch_id, position)
      );
      create index import_change_row on import_change (row_id)`);
    await grant(run, 'import_batch', 'select, insert, update');
    await grant(run, 'import_change', 'select, insert, update, delete');
  }

  /** Which row of which producer stands behind what; several structures may share one organisation. */
  private async origins(run: QueryRunner): Promise<void> {
    await run.query(`
      create table import_origin (
        noun text not null,
        source text not null,
        source_id text not null,
        organisation_id text collate "C" not null references organisation (id) on delete cascade,
        site_id text collate "C" references site (id) on delete set null,
        offer_id text collate "C" references offer (id) on delete cascade,
        day date,
        digest text,
        batch_id text collate "C" not null,
        primary key (noun, source, source_id)
      );
      create index import_origin_id on import_origin (source_id);
      create index import_origin_organisation on import_origin (organisation_id);
      create index import_origin_site on import_origin (site_id);
      create index import_origin_offer on import_origin (offer_id);
      create index import_origin_batch on import_origin (batch_id)`);
    await grant(run, 'import_origin', 'select, insert, update, delete');
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query(`drop table import_origin, import_change, import_batch`);
  }
}
