import type { MigrationInterface, QueryRunner } from 'typeorm';
import { asked, grant, mayChange, policy, wall } from './kit.ts';

/** What a list of things to do walks: each side's own, in the order they are due. */
const indexes: Record<string, string> = {
  placement_outcome_due: `placement (outcome_due_at, id) where outcome_due_at is not null`,
  placement_sender_outcome_due: `placement (sender_id, id) where outcome_reminders > 0`,
  placement_receiver_outcome_due: `placement (receiver_id, id) where outcome_reminders > 0`,
  placement_sender_follow_up_due: `placement (sender_id, follow_up_due_on, id) where follow_up_due_on is not null`,
  placement_receiver_follow_up_due: `placement (receiver_id, follow_up_due_on, id) where follow_up_due_on is not null`,
  follow_up_untold: `follow_up (due_on, id) where recorded_at is null and told_at is null`,
  contract_correction_placement: `contract_correction (placement_id, id)`,
  referral_sender_accepted: `referral (sender_id, id) where state = 'ACCEPTED'`,
  referral_receiver_accepted: `referral (receiver_id, id) where state = 'ACCEPTED'`,
};

/** What time brings to a placement: an outcome asked again, a follow-up due; and what a contract was believed to be. */
export class PlacementTasks202611251230 implements MigrationInterface {
  name = 'PlacementTasks1764073800000';

  async up(run: QueryRunner): Promise<void> {
    await run.query(`
      alter table placement add outcome_due_at timestamptz, add outcome_reminders integer not null default 0,
        add follow_up_due_on date, add constraint placement_outcome_reminders check (outcome_reminders between 0 and 3);
      alter table follow_up add told_at timestamptz;
      create table contract_correction (
        id bigint generated always as identity primary key,
        placement_id text collate "C" not null references placement (id),
        contract_id text collate "C" not null references contract (id),
        kind text not null,
        from_day date not null,
        to_day date,
        weekly_hours numeric(5, 2),
        known_until timestamptz not null,
        corrected_because text not null
      )`);
    for (const [name, on] of Object.entries(indexes)) await run.query(`create index ${name} on ${on}`);
    await this.walls(run);
    await this.whatIsUnderWay(run);
  }

  private async walls(run: QueryRunner): Promise<void> {
    await mayChange(run, 'placement', 'outcome_due_at, outcome_reminders, follow_up_due_on');
    await mayChange(run, 'follow_up', 'told_at');
    await mayChange(run, 'contract', 'kind, to_day, weekly_hours');
    await wall(run, 'contract_correction');
    const seen = `exists (select from placement p where p.id = contract_correction.placement_id offset 0)`;
    const own = `exists (select from placement p
      where p.id = placement_id and p.receiver_id = app.viewer_organisation())`;
    await policy(run, 'contract_correction', 'select', `${asked.hub} or ${seen}`);
    await policy(run, 'contract_correction', 'insert', `app.is_hub() or ${own}`);
    await grant(run, 'contract_correction', 'select, insert');
  }

  /** Placements that ended before this release: who ended them is asked from today on, not for all months at once. */
  private async whatIsUnderWay(run: QueryRunner): Promise<void> {
    const walls = (force: string) =>
      ['placement', 'outcome', 'follow_up']
        .map((table) => `alter table ${table} ${force} row level security;`)
        .join('');
    await run.query(`${walls('no force')}
      update placement set outcome_due_at = now() where exists (select from outcome
        where placement_id = placement.id and known_until is null and kind = 'NOT_YET_KNOWN');
      update placement set follow_up_due_on = (select min(due_on) from follow_up
        where placement_id = placement.id and recorded_at is null) where state = 'ENDED';
      ${walls('force')}`);
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query(`drop table contract_correction; drop index referral_sender_accepted, referral_receiver_accepted;
      alter table follow_up drop column told_at;
      alter table placement drop column outcome_due_at, drop column outcome_reminders, drop column follow_up_due_on`);
  }
}
