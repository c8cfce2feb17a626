import type { MigrationInterface, QueryRunner } from 'typeorm';
import { asked, grant, mayChange, policy, sees, wall } from './kit.ts';

/** A person's way through the programme (parcours): one at a time, and what was decided of it. */
export class Pathways202611251400 implements MigrationInterface {
  name = 'Pathways1764084000000';

  async up(run: QueryRunner): Promise<void> {
    await run.query(`
      create table pathway (
        id text collate "C" primary key,
        person_id text collate "C" not null references person (id),
        began_on date not null,
        ended_on date,
        end_reason text,
        orientation text not null,
        decided_by text collate "C" not null references organisation (id),
        referent_organisation_id text collate "C" not null references organisation (id),
        referent_member_id text collate "C" references member (id),
        engagement_due_on date not null,
        continues_id text collate "C" references pathway (id),
        version integer not null default 1,
        created_at timestamptz not null,
        updated_at timestamptz not null,
        constraint pathway_days check (ended_on >= began_on),
        constraint pathway_end check ((ended_on is null) = (end_reason is null)),
        constraint pathway_continues unique (continues_id)
      );
      create unique index pathway_one_open on pathway (person_id) where ended_on is null;
      create index pathway_person on pathway (person_id, id);
      create index pathway_ended on pathway (ended_on, person_id) where ended_on is not null;
      create table pathway_step (
        id text collate "C" primary key,
        pathway_id text collate "C" not null references pathway (id),
        person_id text collate "C" not null references person (id),
        kind text not null,
        on_day date not null,
        orientation text not null,
        referent_organisation_id text collate "C" not null references organisation (id),
        reason text,
        organisation_id text collate "C" references organisation (id),
        at timestamptz not null
      );
      create index pathway_step_pathway on pathway_step (pathway_id, at);
      create index pathway_step_person on pathway_step (person_id, id)`);
    await this.walls(run);
  }

  /** As the referent: read with the pathway, written by who follows the person; what was decided is only added to. */
  private async walls(run: QueryRunner): Promise<void> {
    const changes = `app.is_hub() or app.may_change(person_id, 'PATHWAY')`;
    for (const table of ['pathway', 'pathway_step']) {
      await wall(run, table);
      await policy(run, table, 'select', `${asked.hub} or ${sees(`${table}.person_id`, 'PATHWAY')}`);
      await policy(run, table, 'insert', changes);
      await grant(run, table, 'select, insert');
    }
    await policy(run, 'pathway', 'update', changes);
    await mayChange(
      run,
      'pathway',
      'ended_on, end_reason, orientation, decided_by, referent_organisation_id, referent_member_id, version, updated_at',
    );
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query(`drop table pathway_step, pathway`);
  }
}
