import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The fingerprint finds the household again: its number, at the MSA a NIR, is kept nowhere. */
export class HouseholdNumber202611251450 implements MigrationInterface {
  name = 'HouseholdNumber1764087000000';

  async up(run: QueryRunner): Promise<void> {
    await run.query('alter table entitlement_key drop column matricule');
  }

  /** The numbers themselves are gone. */
  async down(run: QueryRunner): Promise<void> {
    await run.query(`alter table entitlement_key add column matricule text not null default ''`);
  }
}
