import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Communes are found by a part of their name, accents and case aside, and listed by name. */
export class CommuneSearch202611230915 implements MigrationInterface {
  name = 'CommuneSearch1763889300000';

  async up(run: QueryRunner): Promise<void> {
    await run.query(`
      create index commune_folded on commune using gin (app.fold(name) gin_trgm_ops);
      create index commune_name on commune (name, code)`);
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query(`drop index commune_folded, commune_name`);
  }
}
