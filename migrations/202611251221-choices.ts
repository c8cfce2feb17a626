import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who has been accepted, by whoever follows it: two acceptances of one person are found by this index alone. */
export class Choices202611251221 implements MigrationInterface {
  name = 'Choices1764073260000';

  async up(run: QueryRunner): Promise<void> {
    await run.query(
      `create index referral_accepted on referral (follower_id, person_id, id) where state = 'ACCEPTED'`,
    );
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query(`drop index referral_accepted`);
  }
}
