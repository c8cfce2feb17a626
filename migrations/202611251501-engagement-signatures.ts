import type { MigrationInterface, QueryRunner } from 'typeorm';
import { mayChange } from './kit.ts';

/** Both parties sign an engagement, each on a day of its own: it is in force from the later one. And what was told once of a review. */
export class EngagementSignatures202611251501 implements MigrationInterface {
  name = 'EngagementSignatures1764090060000';

  async up(run: QueryRunner): Promise<void> {
    await run.query(`
      alter table engagement add person_signed_on date, add referent_signed_on date, add signed_at timestamptz,
        add review_told_on date;
      update engagement set person_signed_on = signed_on, referent_signed_on = signed_on, signed_at = updated_at
        where signed_on is not null;
      alter table engagement add constraint engagement_both_signed check (
        case when person_signed_on is null or referent_signed_on is null then signed_on is null
          else signed_on = greatest(person_signed_on, referent_signed_on) end and (signed_on is null) = (signed_at is null))`);
    await mayChange(run, 'engagement', 'person_signed_on, referent_signed_on, signed_at, review_told_on');
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query(`alter table engagement drop constraint engagement_both_signed, drop person_signed_on,
      drop referent_signed_on, drop signed_at, drop review_told_on`);
  }
}
