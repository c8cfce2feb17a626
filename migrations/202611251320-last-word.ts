import type { MigrationInterface, QueryRunner } from 'typeorm';

/** An acceptance that is cancelled, or a wait that expires, was answered twice: what a party looks for is the last word. */
export class LastWord202611251320 implements MigrationInterface {
  name = 'LastWord1764077400000';

  async up(run: QueryRunner): Promise<void> {
    await this.answeredBy(run, 'greatest');
  }

  private async answeredBy(run: QueryRunner, word: 'greatest' | 'coalesce'): Promise<void> {
    await run.query(`drop index referral_follower_answered;
      create index referral_follower_answered on referral (follower_id, ${word}(answered_at, closed_at), id)`);
  }

  async down(run: QueryRunner): Promise<void> {
    await this.answeredBy(run, 'coalesce');
  }
}
