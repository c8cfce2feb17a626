import type { MigrationInterface, QueryRunner } from 'typeorm';
import { grant, mayChange } from './kit.ts';

/** What offers and vacancies ask of who comes, version by version; a referral keeps what it was judged by. */
export class Requirements202611251440 implements MigrationInterface {
  name = 'Requirements1764086400000';

  async up(run: QueryRunner): Promise<void> {
    await run.query(`
      create table requirement (
        subject_id text collate "C" not null,
        number integer not null,
        offer_id text collate "C" not null references offer (id),
        licences text[],
        french_level text,
        time_bands text[],
        set_at timestamptz not null,
        replaced_at timestamptz,
        constraint requirement_pkey primary key (subject_id, number)
      );
      create unique index requirement_in_force on requirement (subject_id) where replaced_at is null;
      create index requirement_offer on requirement (offer_id, subject_id);
      alter table referral_verdict add column asked jsonb`);
    await grant(run, 'requirement', 'select, insert');
    await mayChange(run, 'requirement', 'replaced_at');
    await mayChange(run, 'referral_verdict', 'asked');
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query('alter table referral_verdict drop column asked; drop table requirement');
  }
}
