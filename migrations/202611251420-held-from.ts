import type { MigrationInterface, QueryRunner } from 'typeorm';
import { mayChange } from './kit.ts';

/**
 * Since when an acceptance is held has a column of its own (docs/domain.md §4): a start that was undone, or a move at a
 * closing, begins another hold than the acceptance did.
 */
export class HeldFrom202611251420 implements MigrationInterface {
  name = 'HeldFrom1764085200000';

  async up(run: QueryRunner): Promise<void> {
    await run.query(`alter table referral add column held_from timestamptz`);
    await mayChange(run, 'referral', 'held_from');
    await run.query(`alter table referral_move no force row level security;
      update referral set held_from = greatest(accepted_at, (select max(move.at) from referral_move move
        where move.referral_id = referral.id and (move.move = 'undoStart'
          or (move.move = 'bind' and move.to_state in ('ACCEPTED', 'CANCELLATION_REQUESTED')))))
      where accepted_at is not null;
      alter table referral_move force row level security`);
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query(`alter table referral drop column held_from`);
  }
}
