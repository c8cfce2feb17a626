import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What is new of a party's referrals, found without going through all of them. */
const indexes: Record<string, string> = {
  referral_receiver_changed: `referral (receiver_id, updated_at, id)`,
  referral_follower_changed: `referral (follower_id, updated_at, id)`,
  referral_follower_answered: `referral (follower_id, coalesce(answered_at, closed_at), id)`,
  referral_follower_deadline: `referral (follower_id, due_at) where due_at is not null`,
  referent_organisation: `referent (organisation_id, person_id) where until is null`,
};

/** The indexes of the work list (docs/domain.md §8). */
export class Worklist202611251280 implements MigrationInterface {
  name = 'Worklist1764075000000';

  async up(run: QueryRunner): Promise<void> {
    for (const [name, on] of Object.entries(indexes)) await run.query(`create index ${name} on ${on}`);
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query(`drop index ${Object.keys(indexes).join(', ')}`);
  }
}
