import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Needs without an answer are counted by the role of figures: of a need its theme and days, of a profile how far the person
 * travels. Neither a word of what the need is, nor who told it (docs/adr/0032).
 */
const counted: Record<string, string> = {
  need: 'person_id, theme, opened_on, closed_on, close_reason, created_at, updated_at',
  person_profile: 'person_id, travel_mode, travel_minutes, travel_km',
};

export class FiguresOfNeeds202611251500 implements MigrationInterface {
  name = 'FiguresOfNeeds1764090000000';

  async up(run: QueryRunner): Promise<void> {
    for (const [table, columns] of Object.entries(counted))
      await run.query(`grant select (${columns}) on ${table} to passerelle_figures;
        create policy ${table}_figures on ${table} for select to passerelle_figures using (true)`);
    await run.query('grant select (created_at) on referral to passerelle_figures');
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query('revoke select (created_at) on referral from passerelle_figures');
    for (const table of Object.keys(counted))
      await run.query(
        `drop policy ${table}_figures on ${table}; revoke all on ${table} from passerelle_figures`,
      );
  }
}
