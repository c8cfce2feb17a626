import type { MigrationInterface, QueryRunner } from 'typeorm';
import { mayChange } from './kit.ts';

/** The end of a right is told to who lost it, once: at the move that ends it, or when its day has come. */
export class AccessEnded202611251000 implements MigrationInterface {
  name = 'AccessEnded1764061200000';

  async up(run: QueryRunner): Promise<void> {
    await run.query(`
      alter table person_access add ended_told boolean not null default false;
      update person_access set ended_told = true where valid_until <= now();
      create index person_access_due on person_access (valid_until) where valid_until is not null and not ended_told`);
    await mayChange(run, 'person_access', 'ended_told');
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query(`drop index person_access_due; alter table person_access drop ended_told`);
  }
}
