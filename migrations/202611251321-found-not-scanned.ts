import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Everything that tells how an answer came stands in the index, in order of the deadline: a provider with tens of
 * thousands of referrals is counted without a look at their rows.
 */
const answers = (column: string, more = '') => `
  create index referral_${column.replace('_id', '')}_answers on referral (${column}, answer_due_at)
    include (answered_at, closed_at, answered_late, answer_minutes${more})
    where origin = 'REFERRAL' and sent_at is not null`;

/** As migration 202611251203 has them, but for the clock, which was read twice for each row. */
const answersOf = (name: string, column: string, now: string) => `
  create or replace function app.${name}(asked text[]) returns table (id text, organisation text, due integer,
    in_time integer, minutes double precision)
    language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
    select r.${column}, max(r.receiver_id),
      count(*) filter (where r.answer_due_at <= ${now}
        and (r.answered_at is not null or r.closed_at >= r.answer_due_at))::integer,
      count(*) filter (where r.answer_due_at <= ${now} and r.answered_at is not null and not r.answered_late)::integer,
      percentile_cont(0.5) within group (order by r.answer_minutes)
    from public.referral r
    where r.${column} = any (asked) and r.origin = 'REFERRAL' and r.sent_at is not null
      and r.answer_due_at > ${now} - interval '12 months'
    group by 1 $$`;
const each = { answers_of_offers: 'offer_id', answers_of_organisations: 'receiver_id' };

/** Figures that are worked out when they are asked, at the size of a département: how partners answer, and the next best. */
export class FoundNotScanned202611251321 implements MigrationInterface {
  name = 'FoundNotScanned1764077460000';

  async up(run: QueryRunner): Promise<void> {
    await run.query(answers('receiver_id'));
    await run.query(answers('offer_id', ', receiver_id'));
    for (const [name, column] of Object.entries(each))
      await run.query(answersOf(name, column, '(select app.clock())'));
    await run.query(`create index vacancy_free_point on vacancy using gist (point(longitude, latitude))
      where state = 'OPEN' and free >= 1`);
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query('drop index vacancy_free_point, referral_receiver_answers, referral_offer_answers');
    for (const [name, column] of Object.entries(each))
      await run.query(answersOf(name, column, 'app.clock()'));
  }
}
