import type { MigrationInterface, QueryRunner } from 'typeorm';
import { mayChange } from './kit.ts';

/**
 * How partners answer, of the referrals that were due within twelve months: withdrawn before the deadline and direct
 * entries apart. Figures of partners, never of people; who asks may not see the referrals they are made of.
 */
const answersOf = (name: string, column: string) => `
  create function app.${name}(asked text[]) returns table (id text, organisation text, due integer,
    in_time integer, minutes double precision)
    language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
    select r.${column}, max(r.receiver_id),
      count(*) filter (where r.answer_due_at <= app.clock()
        and (r.answered_at is not null or r.closed_at >= r.answer_due_at))::integer,
      count(*) filter (where r.answer_due_at <= app.clock() and r.answered_at is not null and not r.answered_late)::integer,
      percentile_cont(0.5) within group (order by r.answer_minutes)
    from public.referral r
    where r.${column} = any (asked) and r.origin = 'REFERRAL' and r.sent_at is not null
      and r.answer_due_at > app.clock() - interval '12 months'
    group by 1 $$;
  revoke execute on function app.${name}(text[]) from public;
  grant execute on function app.${name}(text[]) to passerelle_hub`;

/** Reminders before a deadline, and what an answer tells of who gave it: late or not, and after how long. */
export class Reminders202611251203 implements MigrationInterface {
  name = 'Reminders1764072180000';

  async up(run: QueryRunner): Promise<void> {
    await run.query(`
      alter table referral add column reminder_due_at timestamptz, add column reminders integer not null default 0,
        add column answered_late boolean not null default false, add column answer_minutes integer;
      update referral set answered_late = true where answered_at >= answer_due_at and waitlisted_at is null;
      create index referral_reminder_due on referral (reminder_due_at) where reminder_due_at is not null`);
    await mayChange(run, 'referral', 'reminder_due_at, reminders, answered_late, answer_minutes');
    await run.query(answersOf('answers_of_offers', 'offer_id'));
    await run.query(answersOf('answers_of_organisations', 'receiver_id'));
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query(`
      drop function app.answers_of_organisations(text[]), app.answers_of_offers(text[]);
      alter table referral drop column reminder_due_at, drop column reminders, drop column answered_late,
        drop column answer_minutes`);
  }
}
