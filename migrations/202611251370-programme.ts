import type { MigrationInterface, QueryRunner } from 'typeorm';
import { grant, mayChange } from './kit.ts';

/** The départemental programme of insertion, edition by edition: rows are added, and only taken back before their day. */
export class Programme202611251370 implements MigrationInterface {
  name = 'Programme1764082200000';

  async up(run: QueryRunner): Promise<void> {
    await run.query(`
      create table programme (
        id text collate "C" primary key,
        number integer not null,
        title text not null,
        from_year integer not null,
        until_year integer not null,
        in_force_from date not null,
        axes jsonb not null,
        targets jsonb not null,
        weights jsonb not null,
        priority_publics text[] not null,
        organisation_id text collate "C" not null references organisation (id),
        adopted_at timestamptz not null,
        withdrawn_at timestamptz,
        constraint programme_number unique (number),
        constraint programme_years check (from_year <= until_year)
      );
      create unique index programme_in_force_from on programme (in_force_from) where withdrawn_at is null`);
    await grant(run, 'programme', 'select, insert');
    await mayChange(run, 'programme', 'withdrawn_at');
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query('drop table programme');
  }
}
