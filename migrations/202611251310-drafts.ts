import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A draft has its end too (docs/domain.md §4): those there are get thirty days from when they are told of it. */
export class Drafts202611251310 implements MigrationInterface {
  name = 'Drafts1764076800000';

  async up(run: QueryRunner): Promise<void> {
    await run.query(
      `update referral set due_at = now() + interval '30 days' where state = 'DRAFT' and due_at is null`,
    );
    // what a receiver is to act on at once: few rows of many
    await run.query(`create index referral_receiver_acts on referral (receiver_id, state)
      where state in ('WAITLISTED', 'CANCELLATION_REQUESTED')`);
    await run.query(`create index referral_drafts on referral (follower_id, due_at) where state = 'DRAFT'`);
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query(`drop index referral_drafts, referral_receiver_acts`);
  }
}
