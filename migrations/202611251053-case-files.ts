import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What happened about one person is read for their case file. */
export class CaseFiles202611251053 implements MigrationInterface {
  name = 'CaseFiles1764067980000';

  async up(run: QueryRunner): Promise<void> {
    await run.query(`create index event_person on event (person_id, id) where person_id is not null`);
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query(`drop index event_person`);
  }
}
