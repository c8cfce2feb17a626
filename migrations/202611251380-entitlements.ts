import type { MigrationInterface, QueryRunner } from 'typeorm';
import { asked, grant, mayChange, policy, sees, wall } from './kit.ts';

const tables = ['entitlement', 'entitlement_period'];

/** Rights to a minimum income, and their periods: what was true from when until when, and since when it is known. */
export class Entitlements202611251380 implements MigrationInterface {
  name = 'Entitlements1764082860000';

  async up(run: QueryRunner): Promise<void> {
    await this.tables(run);
    for (const table of tables) {
      await wall(run, table);
      await policy(run, table, 'select', `${asked.hub} or ${sees(`${table}.person_id`, 'ENTITLEMENTS')}`);
      // the funds say who has a right: nobody writes it but the hub, from what they sent
      for (const command of ['insert', 'update'] as const) await policy(run, table, command, 'app.is_hub()');
      await grant(run, table, 'select, insert');
      await run.query(`create policy ${table}_owner on ${table} for all to current_user
        using (app.is_hub()) with check (app.is_hub())`);
    }
    await mayChange(run, 'entitlement', 'role, applied_on, application_number, rights_and_duties, version, updated_at'); // prettier-ignore
    await mayChange(run, 'entitlement_period', 'known_until');
    await this.forgetting(run);
  }

  private async tables(run: QueryRunner): Promise<void> {
    await run.query(`
      create table entitlement (
        id text collate "C" primary key,
        person_id text collate "C" not null references person (id),
        benefit text not null,
        role text not null,
        organism text not null,
        applied_on date,
        application_number text,
        rights_and_duties boolean,
        version integer not null default 1,
        created_at timestamptz not null,
        updated_at timestamptz not null
      );
      create index entitlement_person on entitlement (person_id, id);
      create table entitlement_period (
        id text collate "C" primary key,
        entitlement_id text collate "C" not null references entitlement (id),
        person_id text collate "C" not null references person (id),
        state text not null,
        from_day date not null,
        until_day date,
        reason text,
        import_batch_id text collate "C" references import_batch (id),
        known_from timestamptz not null,
        known_until timestamptz,
        constraint entitlement_period_days check (until_day > from_day),
        constraint entitlement_period_known check (known_until >= known_from)
      );
      create unique index entitlement_period_from on entitlement_period (entitlement_id, from_day) where known_until is null;
      create unique index entitlement_period_last on entitlement_period (entitlement_id)
        where until_day is null and known_until is null;
      create index entitlement_period_entitlement on entitlement_period (entitlement_id, id);
      create index entitlement_period_right on entitlement_period (person_id, from_day)
        where state in ('OPEN', 'SUSPENDED');
      create index entitlement_period_batch on entitlement_period (import_batch_id)`);
  }

  /** Rights of an erased person stay as figures about nobody; the number of their application says who they were. */
  private async forgetting(run: QueryRunner): Promise<void> {
    await run.query(`
      create function app.forget_entitlements() returns trigger language plpgsql
        set search_path = pg_catalog, public, pg_temp as $$
      begin
        update public.entitlement set application_number = null where person_id = new.id;
        return null;
      end $$;
      create trigger person_forgets_entitlements after update of erased_at on person
        for each row when (new.erased_at is not null and old.erased_at is null)
        execute function app.forget_entitlements()`);
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query(`drop trigger person_forgets_entitlements on person; drop function app.forget_entitlements();
      drop table entitlement_period, entitlement`);
  }
}
