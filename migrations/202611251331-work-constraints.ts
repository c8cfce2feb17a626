import type { MigrationInterface, QueryRunner } from 'typeorm';
import { running } from './kit.ts';

/**
 * What the work must be like, for who employs, from the day it accepted until the placement is over: one column of a
 * profile that stays closed to it. Only of referrals it received to work or an immersion, and to members who see the name.
 */
export class WorkConstraints202611251331 implements MigrationInterface {
  name = 'WorkConstraints1764077460000';

  async up(run: QueryRunner): Promise<void> {
    await run.query(`
      create policy person_profile_constraints on person_profile for select to current_user
        using (coalesce(app.viewer_organisation(), '') <> '');
      create function app.work_constraints(asked text[]) returns table (referral text, person text, codes text[])
        language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
        select r.id, r.person_id, coalesce(profile.work_constraints, '{}')
        from public.referral r join public.offer o on o.id = r.offer_id
          left join public.person_profile profile on profile.person_id = r.person_id
        where r.id = any (asked) and r.receiver_id = app.viewer_organisation() and app.viewer_reads('referrals')
          and r.state in ('ACCEPTED', 'CANCELLATION_REQUESTED', 'PLACED')
          and o.kind in ('INSERTION_WORKSITE', 'INSERTION_ENTERPRISE_JOB', 'JOB', 'IMMERSION')
          and exists (select from public.person_access reach where reach.person_id = r.person_id
            and reach.category = 'IDENTITY' and reach.reason in ('REFERRAL', 'PLACEMENT') and ${running}) $$;
      revoke execute on function app.work_constraints(text[]) from public;
      grant execute on function app.work_constraints(text[]) to passerelle_hub`);
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query(`drop function app.work_constraints(text[]);
      drop policy person_profile_constraints on person_profile`);
  }
}
