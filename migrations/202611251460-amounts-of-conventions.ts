import type { MigrationInterface, QueryRunner } from 'typeorm';
import { asked, policy } from './kit.ts';

/** What an agreement costs is for no IAE council: neither the one that is asked now, nor one that was asked before it. */
export class AmountsOfConventions202611251460 implements MigrationInterface {
  name = 'AmountsOfConventions1764087600000';

  async up(run: QueryRunner): Promise<void> {
    await this.reads(
      run,
      `not exists (select from organisation o where o.id = ${asked.organisation} and o.kind = 'IAE_COUNCIL')`,
    );
  }

  async down(run: QueryRunner): Promise<void> {
    await this.reads(run, `a.council_id is distinct from ${asked.organisation}`);
  }

  private async reads(run: QueryRunner, also: string): Promise<void> {
    await run.query(`drop policy agreement_money_select on agreement_money`);
    await policy(
      run,
      'agreement_money',
      'select',
      `${asked.hub} or exists (select from agreement a where a.id = agreement_money.agreement_id
        and (select app.viewer_reads('agreements')) and ${asked.organisation} = any (a.readers) and ${also})`,
    );
  }
}
