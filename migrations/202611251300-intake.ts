import type { MigrationInterface, QueryRunner } from 'typeorm';
import { grant, mayChange, policy, wall } from './kit.ts';

/** What a partner's own file wrote, by ids alone, so that it can be undone; read and written by the hub alone. */
export class Intake202611251300 implements MigrationInterface {
  name = 'Intake1764082800000';

  async up(run: QueryRunner): Promise<void> {
    await run.query(`
      create table intake (
        batch_id text collate "C" primary key references import_batch (id),
        organisation_id text collate "C" not null references organisation (id),
        member_id text collate "C" not null references member (id)
      );
      create index intake_organisation on intake (organisation_id);
      create index intake_member on intake (member_id);
      create table intake_change (
        batch_id text collate "C" not null references intake (batch_id),
        position integer not null,
        subject_id text collate "C" not null,
        month date,
        version integer not null,
        found integer,
        made boolean not null,
        at timestamptz not null,
        undone_at timestamptz,
        primary key (batch_id, position)
      );
      create index intake_change_subject on intake_change (subject_id)`);
    for (const table of ['intake', 'intake_change']) {
      await wall(run, table);
      for (const command of ['select', 'insert'] as const) await policy(run, table, command, 'app.is_hub()');
      await grant(run, table, 'select, insert');
    }
    await policy(run, 'intake_change', 'update', 'app.is_hub()');
    await mayChange(run, 'intake_change', 'version, undone_at');
    // a direct entry recorded by mistake gives its number back
    await mayChange(run, 'referral', 'external_reference');
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query(
      `revoke update (external_reference) on referral from passerelle_hub; drop table intake_change, intake`,
    );
  }
}
