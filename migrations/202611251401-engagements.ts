import type { MigrationInterface, QueryRunner } from 'typeorm';
import { asked, grant, mayChange, policy, sees, wall } from './kit.ts';

/** Engagement contracts of a pathway and their reviews. */
export class Engagements202611251401 implements MigrationInterface {
  name = 'Engagements1764084060000';

  async up(run: QueryRunner): Promise<void> {
    await run.query(`
      create table engagement (
        id text collate "C" primary key,
        person_id text collate "C" not null references person (id),
        pathway_id text collate "C" not null references pathway (id),
        kind text not null,
        state text not null,
        drafted_by text collate "C" not null references organisation (id),
        goals text[] not null,
        activities jsonb not null,
        signed_on date,
        to_day date,
        review_on date,
        ended_on date,
        end_reason text,
        version integer not null default 1,
        created_at timestamptz not null,
        updated_at timestamptz not null,
        constraint engagement_signed check (state <> 'SIGNED' or signed_on is not null),
        constraint engagement_end check ((state = 'ENDED') = (ended_on is not null) and (ended_on is null) = (end_reason is null)),
        constraint engagement_days check (to_day >= signed_on and ended_on >= signed_on)
      );
      create unique index engagement_one_draft on engagement (pathway_id) where state = 'DRAFT';
      create unique index engagement_one_signed on engagement (pathway_id) where state = 'SIGNED';
      create index engagement_pathway on engagement (pathway_id, id);
      create index engagement_person on engagement (person_id, id);
      create index engagement_review_due on engagement (review_on, id) where state = 'SIGNED';
      create table engagement_review (
        id text collate "C" primary key,
        engagement_id text collate "C" not null references engagement (id),
        person_id text collate "C" not null references person (id),
        held_on date not null,
        decision text not null,
        goals_reached text[] not null,
        organisation_id text collate "C" not null references organisation (id),
        member_id text collate "C" references member (id),
        recorded_at timestamptz not null
      );
      create index engagement_review_engagement on engagement_review (engagement_id, held_on);
      create index engagement_review_person on engagement_review (person_id, id);
      create index pathway_to_sign on pathway (referent_organisation_id, engagement_due_on, id) where ended_on is null`);
    await this.walls(run);
  }

  /** Read and written as the pathway it belongs to; what a review decided is only added to. */
  private async walls(run: QueryRunner): Promise<void> {
    const changes = `app.is_hub() or app.may_change(person_id, 'PATHWAY')`;
    for (const table of ['engagement', 'engagement_review']) {
      await wall(run, table);
      await policy(run, table, 'select', `${asked.hub} or ${sees(`${table}.person_id`, 'PATHWAY')}`);
      await policy(run, table, 'insert', changes);
      await grant(run, table, 'select, insert');
    }
    await policy(run, 'engagement', 'update', changes);
    await mayChange(
      run,
      'engagement',
      'state, goals, activities, signed_on, to_day, review_on, ended_on, end_reason, version, updated_at',
    );
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query(`drop index pathway_to_sign; drop table engagement_review, engagement`);
  }
}
