import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Tables the owner passes its own walls on, for `app.erase_person` alone. */
const reached = ['person', 'person_contact', 'person_profile', 'person_handle', 'person_number', 'rectification', 'person_situation', 'need', 'referral_note', 'referral_verdict', 'episode', 'placement', 'erasure']; // prettier-ignore

/** The owner's login reads no person by itself: its policies hold only within the function, which the hub alone calls. */
export class ErasingOwner202611251054 implements MigrationInterface {
  name = 'ErasingOwner1764068040000';

  async up(run: QueryRunner): Promise<void> {
    await this.hold(run, 'app.is_hub()');
  }

  async down(run: QueryRunner): Promise<void> {
    await this.hold(run, 'true');
  }

  private async hold(run: QueryRunner, when: string): Promise<void> {
    for (const table of reached)
      await run.query(`alter policy ${table}_owner on ${table} using (${when}) with check (${when})`);
  }
}
