import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A demo that was removed stays so: the next start of a demo does not load it again. */
export class DemoRemoved202611251290 implements MigrationInterface {
  name = 'DemoRemoved1764076800000';

  async up(run: QueryRunner): Promise<void> {
    await run.query(`alter table demo_load add column removed_at timestamptz`);
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query(`alter table demo_load drop column removed_at`);
  }
}
