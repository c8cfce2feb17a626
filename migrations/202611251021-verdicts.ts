import type { MigrationInterface, QueryRunner } from 'typeorm';
import { grant, mayChange, policy, wall } from './kit.ts';

/** What a sent referral tells of the person beside its core: verdicts, judged by the hub and closed with the person. */
export class Verdicts202611251021 implements MigrationInterface {
  name = 'Verdicts1764065280000';

  async up(run: QueryRunner): Promise<void> {
    await run.query(`
      create table referral_verdict (
        referral_id text collate "C" primary key references referral (id),
        person_id text collate "C" not null references person (id),
        sender_id text collate "C" not null,
        receiver_id text collate "C" not null,
        verdicts jsonb not null,
        judged_at timestamptz not null
      );
      create index referral_verdict_person on referral_verdict (person_id)`);
    await wall(run, 'referral_verdict');
    await policy(
      run,
      'referral_verdict',
      'select',
      `app.sees_referral(sender_id, receiver_id, person_id) and app.may_see(person_id, 'CORE')`,
    );
    for (const command of ['insert', 'update'] as const)
      await policy(run, 'referral_verdict', command, 'app.is_hub()');
    await grant(run, 'referral_verdict', 'select, insert');
    await mayChange(run, 'referral_verdict', 'verdicts, judged_at');
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query(`drop table referral_verdict`);
  }
}
