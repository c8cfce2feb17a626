import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Whoever verifies the access log sees how many positions were given out: a tail cut off leaves that behind. */
export class LogPositions202611251340 implements MigrationInterface {
  name = 'LogPositions1764078000000';

  async up(run: QueryRunner): Promise<void> {
    await run.query(`grant select on sequence access_log_pos_seq to passerelle_hub`);
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query(`revoke select on sequence access_log_pos_seq from passerelle_hub`);
  }
}
