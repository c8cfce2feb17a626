import type { MigrationInterface, QueryRunner } from 'typeorm';
import { grant, mayChange, policy, wall } from './kit.ts';

/** The link by which a member stops the morning's message without signing in, of which only what it hashes to is kept. */
export class NoticeStops202611251332 implements MigrationInterface {
  name = 'NoticeStops1764077520000';

  async up(run: QueryRunner): Promise<void> {
    await run.query(`
      create table notice_stop (
        notice_id text collate "C" primary key references notice (id) on delete cascade,
        token_hash text not null,
        used_at timestamptz
      );
      create unique index notice_stop_token on notice_stop (token_hash)`);
    await wall(run, 'notice_stop');
    for (const command of ['select', 'insert', 'update'] as const)
      await policy(run, 'notice_stop', command, `app.is_hub()`);
    await grant(run, 'notice_stop', 'select, insert');
    await mayChange(run, 'notice_stop', 'token_hash, used_at');
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query(`drop table notice_stop`);
  }
}
