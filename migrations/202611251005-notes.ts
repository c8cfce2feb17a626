import type { MigrationInterface, QueryRunner } from 'typeorm';
import { policy } from './kit.ts';

/** Who sees the person reads the notes of the two parties; what an organisation wrote stays with its members who see everyone, and with its author. */
const noteOpen = `app.viewer_reads('referrals') and (
  exists (select from referral r where r.id = referral_note.referral_id
      and app.viewer_organisation() in (r.sender_id, r.receiver_id, r.follower_id))
    and app.may_see(person_id, 'CORE')
  or organisation_id = app.viewer_organisation()
    and (app.viewer_people() = 'ALL' or app.viewer_people() = 'PORTFOLIO' and member_id = app.viewer_detail()))`;

const partiesBefore = `app.viewer_reads('referrals') and (organisation_id = app.viewer_organisation()
  or exists (select from referral r where r.id = referral_note.referral_id
      and app.viewer_organisation() in (r.sender_id, r.receiver_id, r.follower_id))
    and exists (select from person_access a where a.person_id = referral_note.person_id
      and a.organisation_id = app.viewer_organisation() and a.category = 'CORE'
      and a.valid_from <= app.clock() and (a.valid_until is null or a.valid_until > app.clock())))`;

/** A note is free text about a person: a member who may not see the person does not read it either. */
export class Notes202611251005 implements MigrationInterface {
  name = 'Notes1764065100000';

  async up(run: QueryRunner): Promise<void> {
    await this.open(run, noteOpen);
  }

  async down(run: QueryRunner): Promise<void> {
    await this.open(run, partiesBefore);
  }

  private async open(run: QueryRunner, condition: string): Promise<void> {
    await run.query(`drop policy referral_note_select on referral_note`);
    await policy(run, 'referral_note', 'select', `app.is_hub() or (${condition})`);
  }
}
