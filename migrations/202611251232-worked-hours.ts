import type { MigrationInterface, QueryRunner } from 'typeorm';
import { asked, grant, mayChange, policy, wall } from './kit.ts';

const own = `app.is_hub() or exists (select from placement p
  where p.id = placement_id and p.receiver_id = app.viewer_organisation())`;

/** The hours worked in a month of a placement, as they were known: a correction closes the line and writes another. */
export class WorkedHours202611251232 implements MigrationInterface {
  name = 'WorkedHours1764073920000';

  async up(run: QueryRunner): Promise<void> {
    await run.query(`
      create table worked_hours (
        id bigint generated always as identity primary key,
        placement_id text collate "C" not null references placement (id),
        month date not null,
        worked numeric(6, 2) not null,
        known_from timestamptz not null,
        known_until timestamptz,
        constraint worked_hours_month check (extract(day from month) = 1),
        constraint worked_hours_worked check (worked between 0 and 744)
      );
      create unique index worked_hours_current on worked_hours (placement_id, month) where known_until is null;
      create index worked_hours_placement on worked_hours (placement_id, month, id)`);
    await wall(run, 'worked_hours');
    await policy(
      run,
      'worked_hours',
      'select',
      `${asked.hub} or exists (select from placement p
      where p.id = worked_hours.placement_id offset 0)`,
    );
    await policy(run, 'worked_hours', 'insert', own);
    await policy(run, 'worked_hours', 'update', own);
    await grant(run, 'worked_hours', 'select, insert');
    await mayChange(run, 'worked_hours', 'known_until');
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query(`drop table worked_hours`);
  }
}
