import type { MigrationInterface, QueryRunner } from 'typeorm';
import { grant } from './kit.ts';

/** How far the demo data has been loaded; no row outside the demo. */
export class Demo202611231010 implements MigrationInterface {
  name = 'Demo1763892600000';

  async up(run: QueryRunner): Promise<void> {
    await run.query(`create table demo_load (
      name text primary key,
      loaded_as_of timestamptz not null,
      chunks_done integer not null default 0,
      finished_at timestamptz
    )`);
    await grant(run, 'demo_load', 'select, insert, update');
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query(`drop table demo_load`);
  }
}
