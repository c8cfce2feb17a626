import type { MigrationInterface, QueryRunner } from 'typeorm';
import { asked, grant, policy, wall } from './kit.ts';

/** Who knows of what kind a leave is: the employer, and who follows the person’s health; nobody where none is kept. */
const knows = `app.viewer_reads('health') and exists (select from placement p where p.id = episode_leave.placement_id
  and (p.receiver_id = ${asked.organisation} or app.may_change(p.person_id, 'HEALTH')))`;

const own = `exists (select from placement p
  where p.id = episode_leave.placement_id and p.receiver_id = app.viewer_organisation())`;

/** That somebody is away is the trade's; whether they are ill, or have a child, is told apart and to few. */
export class Leaves202611251231 implements MigrationInterface {
  name = 'Leaves1764073860000';

  async up(run: QueryRunner): Promise<void> {
    await run.query(`
      create table episode_leave (
        episode_id text collate "C" primary key references episode (id),
        placement_id text collate "C" not null references placement (id),
        kind text not null
      );
      create index episode_leave_placement on episode_leave (placement_id);
      alter table episode no force row level security;
      insert into episode_leave (episode_id, placement_id, kind)
        select id, placement_id, kind from episode where kind in ('SICK_LEAVE', 'FAMILY_LEAVE');
      update episode set kind = 'LEAVE' where kind in ('SICK_LEAVE', 'FAMILY_LEAVE');
      alter table episode force row level security;
      alter table episode add constraint episode_kind_apart check (kind not in ('SICK_LEAVE', 'FAMILY_LEAVE'))`);
    await wall(run, 'episode_leave');
    await policy(run, 'episode_leave', 'select', `${asked.hub} or (${knows})`);
    await policy(run, 'episode_leave', 'insert', `app.is_hub() or ${own}`);
    await grant(run, 'episode_leave', 'select, insert');
    await this.forgetting(run);
  }

  /** An erased person's leaves are interruptions like any other: `app.erase_person` sets this off, as the owner. */
  private async forgetting(run: QueryRunner): Promise<void> {
    await run.query(`
      create policy episode_leave_owner on episode_leave for all to current_user
        using (app.is_hub()) with check (app.is_hub());
      create function app.forget_leaves() returns trigger language plpgsql
        set search_path = pg_catalog, public, pg_temp as $$
      begin
        delete from public.episode_leave
          where placement_id in (select id from public.placement where person_id = new.id);
        update public.episode set kind = 'OTHER' where kind = 'LEAVE'
          and placement_id in (select id from public.placement where person_id = new.id);
        return null;
      end $$;
      create trigger person_forgets_leaves after update of erased_at on person
        for each row when (new.erased_at is not null and old.erased_at is null)
        execute function app.forget_leaves()`);
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query(`drop trigger person_forgets_leaves on person; drop function app.forget_leaves();
      alter table episode drop constraint episode_kind_apart;
      alter table episode no force row level security; alter table episode_leave no force row level security;
      update episode set kind = episode_leave.kind from episode_leave where episode_leave.episode_id = episode.id;
      alter table episode force row level security; drop table episode_leave`);
  }
}
