import type { MigrationInterface, QueryRunner } from 'typeorm';
import { asked, grant, mayChange, policy, wall } from './kit.ts';

const forTheHub = ['entitlement_key', 'entitlement_change'];

/** The funds' monthly files: what they are told of each, whom each adult of a household is here, what a file changed. */
export class Flux202611251381 implements MigrationInterface {
  name = 'Flux1764082920000';

  async up(run: QueryRunner): Promise<void> {
    await this.files(run);
    await this.notebook(run);
    await run.query(`alter table entitlement_period add ended_by_batch_id text collate "C" references import_batch (id);
      create index entitlement_period_ended_by on entitlement_period (ended_by_batch_id) where ended_by_batch_id is not null`);
    await mayChange(run, 'entitlement_period', 'ended_by_batch_id');
    await this.forgetting(run);
  }

  /** The fund reads the reports of its own files and nothing else; the council, which reads the files in, all of them. */
  private async files(run: QueryRunner): Promise<void> {
    await run.query(`
      create table entitlement_import (
        id text collate "C" primary key references import_batch (id),
        organisation_id text collate "C" references organisation (id),
        imported_by text collate "C" not null references organisation (id),
        member_id text collate "C" references member (id),
        organism text,
        reference_on date,
        monthly boolean not null,
        state text not null,
        households integer not null default 0,
        created integer not null default 0,
        changed integer not null default 0,
        unchanged integer not null default 0,
        refused integer not null default 0,
        absent integer not null default 0,
        refusals jsonb not null default '[]',
        fault_rule text,
        fault_line integer,
        sha256 text not null,
        started_at timestamptz not null,
        finished_at timestamptz,
        file_deleted_at timestamptz
      );
      create index entitlement_import_fund on entitlement_import (organisation_id, id);
      create index entitlement_import_council on entitlement_import (imported_by, id);
      create index entitlement_import_organism on entitlement_import (organism, reference_on);
      create index entitlement_import_member on entitlement_import (member_id)`);
    await wall(run, 'entitlement_import');
    await policy(
      run,
      'entitlement_import',
      'select',
      `${asked.hub} or organisation_id = ${asked.organisation} or imported_by = ${asked.organisation}`,
    );
    for (const command of ['insert', 'update'] as const)
      await policy(run, 'entitlement_import', command, 'app.is_hub()');
    await grant(run, 'entitlement_import', 'select, insert');
    await mayChange(
      run,
      'entitlement_import',
      'state, households, created, changed, unchanged, refused, absent, refusals, finished_at, file_deleted_at',
    );
  }

  private async notebook(run: QueryRunner): Promise<void> {
    await run.query(`
      create table entitlement_key (
        key text collate "C" primary key,
        organism text not null,
        matricule text not null,
        entitlement_id text collate "C" not null references entitlement (id),
        person_id text collate "C" not null references person (id),
        seen_on date not null
      );
      create index entitlement_key_entitlement on entitlement_key (entitlement_id);
      create index entitlement_key_person on entitlement_key (person_id);
      create index entitlement_key_seen on entitlement_key (organism, seen_on, key);
      create table entitlement_change (
        batch_id text collate "C" not null references entitlement_import (id),
        entitlement_id text collate "C" not null references entitlement (id),
        person_id text collate "C" not null references person (id),
        made boolean not null,
        registered boolean not null,
        left_on date,
        before jsonb,
        at timestamptz not null,
        undone_at timestamptz,
        primary key (batch_id, entitlement_id)
      );
      create index entitlement_change_entitlement on entitlement_change (entitlement_id);
      create index entitlement_change_person on entitlement_change (person_id)`);
    for (const table of forTheHub) {
      await wall(run, table);
      for (const command of ['select', 'insert', 'update'] as const)
        await policy(run, table, command, 'app.is_hub()');
      await grant(run, table, 'select, insert');
      await run.query(`create policy ${table}_owner on ${table} for all to current_user
        using (app.is_hub()) with check (app.is_hub())`);
    }
    await mayChange(run, 'entitlement_key', 'seen_on');
    await mayChange(run, 'entitlement_change', 'before, left_on, at, undone_at');
  }

  /** With the record goes by what the fund names its household: a later file does not bring it back to life. */
  private async forgetting(run: QueryRunner): Promise<void> {
    await this.forget(
      run,
      `update public.entitlement set application_number = null where person_id = new.id;
        update public.entitlement_change set before = null where person_id = new.id;
        delete from public.entitlement_key where person_id = new.id;`,
    );
  }

  private async forget(run: QueryRunner, what: string): Promise<void> {
    await run.query(`create or replace function app.forget_entitlements() returns trigger language plpgsql
        set search_path = pg_catalog, public, pg_temp as $$ begin ${what} return null; end $$`);
  }

  async down(run: QueryRunner): Promise<void> {
    await this.forget(
      run,
      `update public.entitlement set application_number = null where person_id = new.id;`,
    );
    await run.query(`alter table entitlement_period drop ended_by_batch_id;
      drop table entitlement_change, entitlement_key, entitlement_import`);
  }
}
