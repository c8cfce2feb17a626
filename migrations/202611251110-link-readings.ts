import type { MigrationInterface, QueryRunner } from 'typeorm';
import { asked } from './kit.ts';

const follows = `app.may_change(person_id, 'PATHWAY')`;

/** That somebody read a record to decide of a link would tell who registered it that there is another. */
export class LinkReadings202611251110 implements MigrationInterface {
  name = 'LinkReadings1764069000000';

  async up(run: QueryRunner): Promise<void> {
    await run.query(`alter policy access_log_select on access_log using (${follows} and (
      organisation_id = ${asked.organisation} or reasons = '{}' or not reasons <@ array['LINK', 'SAME_PERSON']
      or ${asked.hub} or exists (
        select from organisation council where council.id = ${asked.organisation} and council.kind = 'COUNCIL')))`);
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query(`alter policy access_log_select on access_log using (${follows})`);
  }
}
