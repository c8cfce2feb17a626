import type { MigrationInterface, QueryRunner } from 'typeorm';
import { asked, grant, wall } from './kit.ts';

/** Tables of figures for whoever may not count for himself: stored when a month closes, kept, never changed. */
export class PublishedTables202611251412 implements MigrationInterface {
  name = 'PublishedTables1764084720000';

  async up(run: QueryRunner): Promise<void> {
    await run.query(`
      create table published_table (
        id text collate "C" primary key,
        name text not null,
        month date not null,
        edition integer not null,
        as_of timestamptz not null,
        published_at timestamptz not null,
        closing date not null,
        constraint published_table_edition unique (name, month, edition),
        constraint published_table_month check (month = date_trunc('month', month))
      );
      create table published_cell (
        table_id text collate "C" not null references published_table (id),
        audience text not null,
        nth integer not null,
        level text not null,
        code text not null,
        parent text,
        value numeric,
        of numeric,
        primary key (table_id, audience, nth)
      )`);
    await grant(run, 'published_table', 'select');
    // what a funder reads of what it funds keeps back less: it is for funders alone
    await wall(run, 'published_cell');
    await run.query(`create policy published_cell_select on published_cell for select to passerelle_hub
        using (audience = 'EVERYBODY' or ${asked.hub} or exists (select from organisation
          where id = ${asked.organisation} and kind = 'STATE'));
      grant select on published_cell to passerelle_hub;
      create policy published_cell_figures on published_cell for all to passerelle_figures using (true) with check (true);
      grant select, insert, update (closing) on published_table to passerelle_figures;
      grant select, insert on published_cell to passerelle_figures`);
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query('drop table published_cell, published_table');
  }
}
