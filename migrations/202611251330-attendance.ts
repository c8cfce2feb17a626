import type { MigrationInterface, QueryRunner } from 'typeorm';
import { asked, grant, mayChange, policy, sees, wall } from './kit.ts';

const isFund = `exists (select from organisation o where o.id = ${asked.organisation} and o.kind = 'BENEFITS_FUND')`;

/** Who receives the person, and who follows them at the time; a fund that pays benefits reads nobody's attendance. */
const knows = `not (select ${isFund}) and exists (select from placement p where p.id = attendance.placement_id
  and (p.receiver_id = ${asked.organisation} or ${sees('p.person_id', 'CORE')}) offset 0)`;

const own = `app.is_hub() or exists (select from placement p
  where p.id = placement_id and p.receiver_id = app.viewer_organisation())`;

/** Who came to a service, half a day at a time; put right in place, since nobody is owed the memory of a mistake. */
export class Attendance202611251330 implements MigrationInterface {
  name = 'Attendance1764077400000';

  async up(run: QueryRunner): Promise<void> {
    await run.query(`
      create table attendance (
        placement_id text collate "C" not null references placement (id),
        on_day date not null,
        half text not null,
        presence text not null,
        member_id text collate "C" references member (id),
        recorded_at timestamptz not null,
        constraint attendance_pkey primary key (placement_id, on_day, half)
      );
      create index attendance_member on attendance (member_id)`);
    await wall(run, 'attendance');
    await policy(run, 'attendance', 'select', `${asked.hub} or (${knows})`);
    await policy(run, 'attendance', 'insert', own);
    await policy(run, 'attendance', 'update', own);
    await grant(run, 'attendance', 'select, insert');
    await mayChange(run, 'attendance', 'presence, member_id, recorded_at');
    await this.forgetting(run);
  }

  /** With the record ends what is kept of whether its person came: `app.erase_person` sets this off, as the owner. */
  private async forgetting(run: QueryRunner): Promise<void> {
    await run.query(`
      create policy attendance_owner on attendance for all to current_user
        using (app.is_hub()) with check (app.is_hub());
      create function app.forget_attendance() returns trigger language plpgsql
        set search_path = pg_catalog, public, pg_temp as $$
      begin
        delete from public.attendance
          where placement_id in (select id from public.placement where person_id = new.id);
        return null;
      end $$;
      create trigger person_forgets_attendance after update of erased_at on person
        for each row when (new.erased_at is not null and old.erased_at is null)
        execute function app.forget_attendance()`);
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query(`drop trigger person_forgets_attendance on person; drop function app.forget_attendance();
      drop table attendance`);
  }
}
