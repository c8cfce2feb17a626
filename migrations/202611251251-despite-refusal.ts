import type { MigrationInterface, QueryRunner } from 'typeorm';
import { mayChange } from './kit.ts';

/** Why somebody is sent again to an offer that declined them not long ago: a human said so. */
export class DespiteRefusal202611251251 implements MigrationInterface {
  name = 'DespiteRefusal1764074460000';

  async up(run: QueryRunner): Promise<void> {
    await run.query(`alter table referral add despite_refusal text;
      create index referral_declined on referral (person_id, offer_id, closed_at) where state = 'DECLINED'`);
    await mayChange(run, 'referral', 'despite_refusal');
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query(`alter table referral drop column despite_refusal`);
  }
}
