import type { MigrationInterface, QueryRunner } from 'typeorm';
import { grant, mayChange, policy, wall } from './kit.ts';

/** The month's notice before a record that nobody needs any more is erased; and what became of each notice. */
export class Retention202611251052 implements MigrationInterface {
  name = 'Retention1764067920000';

  async up(run: QueryRunner): Promise<void> {
    await run.query(`
      create table retention_notice (
        id text collate "C" primary key,
        person_id text collate "C" not null references person (id),
        last_contact_at timestamptz not null,
        erase_on date not null,
        state text not null,
        reason text,
        organisation_id text collate "C" references organisation (id),
        created_at timestamptz not null,
        closed_at timestamptz,
        constraint retention_notice_closed check ((state = 'OPEN') = (closed_at is null))
      );
      create unique index retention_notice_open on retention_notice (person_id) where state = 'OPEN';
      create index retention_notice_due on retention_notice (erase_on, id) where state = 'OPEN';
      create index retention_notice_person on retention_notice (person_id, id)`);
    await wall(run, 'retention_notice');
    // who follows the person is warned, and may say that the record is still needed
    await policy(run, 'retention_notice', 'select', `app.may_change(person_id, 'CORE')`);
    for (const command of ['insert', 'update'] as const)
      await policy(run, 'retention_notice', command, `app.is_hub()`);
    await grant(run, 'retention_notice', 'select, insert');
    await mayChange(run, 'retention_notice', 'state, reason, organisation_id, closed_at');
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query(`drop table retention_notice`);
  }
}
