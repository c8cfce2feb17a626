import type { MigrationInterface, QueryRunner } from 'typeorm';
import { grant, policy, wall } from './kit.ts';

/** What was known of a person before it was put right: only added to, read by who follows the person. */
export class Rectifications202611251050 implements MigrationInterface {
  name = 'Rectifications1764067800000';

  async up(run: QueryRunner): Promise<void> {
    await run.query(`
      create table rectification (
        id text collate "C" primary key,
        person_id text collate "C" not null references person (id),
        category text not null,
        former jsonb not null,
        because text,
        organisation_id text collate "C" references organisation (id),
        member_id text collate "C" references member (id),
        at timestamptz not null
      );
      create index rectification_person on rectification (person_id, id)`);
    await wall(run, 'rectification');
    // a former name is for who follows the person, not for who received them under the present one
    await policy(run, 'rectification', 'select', `app.may_change(person_id, category)`);
    await policy(
      run,
      'rectification',
      'insert',
      `app.is_hub() or (organisation_id = app.viewer_organisation() and app.may_change(person_id, category))`,
    );
    await grant(run, 'rectification', 'select, insert');
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query(`drop table rectification`);
  }
}
