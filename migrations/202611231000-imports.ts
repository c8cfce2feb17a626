import type { MigrationInterface, QueryRunner } from 'typeorm';
import { grant } from './kit.ts';

/** What an import did, row by row, so that it can be told and undone. Catalogue only: no person is in it. */
export class Imports202611231000 implements MigrationInterface {
  name = 'Imports1763892000000';

  async up(run: QueryRunner): Promise<void> {
    await run.query(`
      create table import_batch (
        id text collate "C" primary key,
        kind text not null,
        state text not null,
        created integer not null default 0,
        changed integer not null default 0,
        unchanged integer not null default 0,
        refused integer not null default 0,
        started_at timestamptz not null,
        finished_at timestamptz,
        undone_at timestamptz
      );
      create table import_change (
        batch_id text collate "C" not null references import_batch (id) on delete cascade,
        position integer not null,
        table_name text not null,
        row_id text collate "C" not null,
        before jsonb,
        primary key (batch_id, position)
      )`);
    await grant(run, 'import_batch', 'select, insert, update');
    await grant(run, 'import_change', 'select, insert, delete');
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query(`drop table import_change, import_batch`);
  }
}
