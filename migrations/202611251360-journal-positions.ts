import type { MigrationInterface, QueryRunner } from 'typeorm';

const commands = ['select', 'insert', 'update'];

/** Notices are not the only ones that follow the journal: each reader has its own row, by its name. */
export class JournalPositions202611251360 implements MigrationInterface {
  name = 'JournalPositions1764081600000';

  async up(run: QueryRunner): Promise<void> {
    await this.rename(run, 'notice_position', 'journal_position');
  }

  private async rename(run: QueryRunner, from: string, to: string): Promise<void> {
    await run.query(`alter table ${from} rename to ${to};
      alter index ${from}_pkey rename to ${to}_pkey`);
    for (const command of commands)
      await run.query(`alter policy ${from}_${command} on ${to} rename to ${to}_${command}`);
  }

  async down(run: QueryRunner): Promise<void> {
    await this.rename(run, 'journal_position', 'notice_position');
  }
}
