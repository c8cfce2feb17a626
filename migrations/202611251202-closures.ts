import type { MigrationInterface, QueryRunner } from 'typeorm';
import { grant, mayChange } from './kit.ts';

/** When partners are closed, for every partner to see; and the settings of the programme, as dated rows. */
export class Closures202611251202 implements MigrationInterface {
  name = 'Closures1764072120000';

  async up(run: QueryRunner): Promise<void> {
    await run.query(`
      create table closure (
        id text collate "C" primary key,
        organisation_id text collate "C" not null references organisation (id),
        site_id text collate "C" references site (id),
        from_day date not null,
        to_day date not null,
        reason text not null,
        declared_at timestamptz not null,
        cancelled_at timestamptz,
        constraint closure_in_order check (from_day <= to_day)
      );
      create index closure_organisation on closure (organisation_id, from_day) where cancelled_at is null;
      create table setting (
        id text collate "C" primary key,
        name text not null,
        kind text,
        value jsonb not null,
        from_day date not null,
        organisation_id text collate "C" not null references organisation (id),
        set_at timestamptz not null
      );
      create index setting_in_force on setting (name, kind, from_day, id)`);
    await grant(run, 'closure', 'select, insert');
    await mayChange(run, 'closure', 'to_day, cancelled_at');
    await grant(run, 'setting', 'select, insert');
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query(`drop table setting, closure`);
  }
}
