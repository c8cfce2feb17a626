import type { MigrationInterface, QueryRunner } from 'typeorm';
import { asked, grant, mayChange, policy, wall } from './kit.ts';

/** Where a tool is told of what happens without asking (webhooks), what it was sent, and how each attempt went. */
export class Webhooks202611251361 implements MigrationInterface {
  name = 'Webhooks1764081660000';

  async up(run: QueryRunner): Promise<void> {
    await this.endpoints(run);
    await this.secrets(run);
    await this.deliveries(run);
    await this.attempts(run);
    await this.login(run);
    await this.forgetting(run);
  }

  private async endpoints(run: QueryRunner): Promise<void> {
    await run.query(`
      create table webhook_endpoint (
        id text collate "C" primary key,
        organisation_id text collate "C" not null references organisation (id),
        client_id text collate "C" not null references api_client (id),
        url text not null,
        types text[],
        document text,
        purpose text,
        state text not null,
        reason text,
        active_since timestamptz not null,
        failing_since timestamptz,
        not_before timestamptz,
        last_delivered_at timestamptz,
        previous_secret_until timestamptz,
        version integer not null default 1,
        created_at timestamptz not null,
        updated_at timestamptz not null,
        constraint webhook_endpoint_reason check ((state = 'DISABLED') = (reason is not null))
      );
      create index webhook_endpoint_organisation on webhook_endpoint (organisation_id, id);
      create index webhook_endpoint_active on webhook_endpoint (id) where state = 'ACTIVE'`);
    await wall(run, 'webhook_endpoint');
    const own = `${asked.hub} or organisation_id = ${asked.organisation}`;
    for (const command of ['select', 'insert', 'update'] as const)
      await policy(run, 'webhook_endpoint', command, own);
    await grant(run, 'webhook_endpoint', 'select, insert');
    await mayChange(
      run,
      'webhook_endpoint',
      `url, types, document, purpose, state, reason, active_since, failing_since, not_before, last_delivered_at,
        previous_secret_until, version, updated_at`,
    );
  }

  /** A secret is written by whoever makes it and read by the hub alone, to sign. */
  private async secrets(run: QueryRunner): Promise<void> {
    await run.query(`
      create table webhook_secret (
        endpoint_id text collate "C" primary key references webhook_endpoint (id),
        secret text not null,
        previous text
      )`);
    await wall(run, 'webhook_secret');
    for (const command of ['select', 'insert', 'update'] as const)
      await policy(run, 'webhook_secret', command, `app.is_hub()`);
    await grant(run, 'webhook_secret', 'select, insert');
    await mayChange(run, 'webhook_secret', 'secret, previous');
  }

  /** An event for an endpoint, in ids and codes: it hangs on no record. Those of one subject go in the order of nth. */
  private async deliveries(run: QueryRunner): Promise<void> {
    await run.query(`
      create table webhook_delivery (
        id text collate "C" primary key,
        nth bigint generated always as identity,
        endpoint_id text collate "C" not null references webhook_endpoint (id),
        organisation_id text collate "C" not null references organisation (id),
        event_id text collate "C" not null,
        type text not null,
        subject_type text not null,
        subject_id text collate "C" not null,
        subject_version integer not null,
        occurred_at timestamptz not null,
        state text not null,
        attempts integer not null default 0,
        tries integer not null default 0,
        due_at timestamptz,
        created_at timestamptz not null,
        closed_at timestamptz,
        constraint webhook_delivery_once unique (endpoint_id, event_id),
        constraint webhook_delivery_closed check ((state = 'WAITING') = (closed_at is null)),
        constraint webhook_delivery_due check (due_at is null or state = 'WAITING')
      );
      create index webhook_delivery_due on webhook_delivery (endpoint_id, due_at, nth) where due_at is not null;
      create index webhook_delivery_turn on webhook_delivery (endpoint_id, subject_id, nth) where state = 'WAITING';
      create index webhook_delivery_listed on webhook_delivery (endpoint_id, id) where attempts > 0;
      create index webhook_delivery_created on webhook_delivery (created_at)`);
    await this.ofOrganisation(run, 'webhook_delivery');
    await policy(run, 'webhook_delivery', 'update', `app.is_hub()`);
    await mayChange(run, 'webhook_delivery', 'state, attempts, tries, due_at, closed_at');
  }

  /** How it went, never what was said: of the body only what it hashes to is kept. */
  private async attempts(run: QueryRunner): Promise<void> {
    await run.query(`
      create table webhook_attempt (
        delivery_id text collate "C" not null references webhook_delivery (id) on delete cascade,
        nth integer not null,
        organisation_id text collate "C" not null references organisation (id),
        at timestamptz not null,
        status integer,
        fault text,
        duration_ms integer not null,
        body_hash text,
        primary key (delivery_id, nth),
        constraint webhook_attempt_outcome check ((status is null) = (fault is not null))
      )`);
    await this.ofOrganisation(run, 'webhook_attempt');
  }

  private async ofOrganisation(run: QueryRunner, table: string): Promise<void> {
    await wall(run, table);
    await policy(run, table, 'select', `${asked.hub} or organisation_id = ${asked.organisation}`);
    await policy(run, table, 'insert', `app.is_hub()`);
    await grant(run, table, 'select, insert');
  }

  /** Who a tool is now, without its key: what is sent to it is what it could read. */
  private async login(run: QueryRunner): Promise<void> {
    await run.query(`
      create function app.viewer_of_client(client text) returns table (organisation text, organisation_kind text,
          remit text, member text, client text, roles text[], scopes text[], people text, territory text[])
        language sql stable security definer set search_path = pg_catalog, public, pg_temp as
        $$ select o.id, o.kind, o.remit, m.id, c.id, coalesce(m.roles, '{READER}'), c.scopes,
             coalesce(m.people, 'NONE'), coalesce(m.territory, '{}')
           from public.api_client c join public.organisation o on o.id = c.organisation_id
           left join public.member m on m.id = c.acting_member_id and m.state = 'ACTIVE'
           where c.id = $1 and c.revoked_at is null and (c.acting_member_id is null or m.id is not null) $$;
      revoke all on function app.viewer_of_client(text) from public;
      grant execute on function app.viewer_of_client(text) to passerelle_hub`);
  }

  /** The hub's role deletes nothing by itself: old deliveries go by this function, which knows how old that is. */
  private async forgetting(run: QueryRunner): Promise<void> {
    for (const table of ['webhook_delivery', 'webhook_attempt'])
      await run.query(`create policy ${table}_owner on ${table} for all to current_user
        using (app.is_hub()) with check (app.is_hub())`);
    await run.query(`
      create function app.forget_deliveries(most integer) returns integer
        language sql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
          with gone as (delete from public.webhook_delivery where id in (
            select id from public.webhook_delivery where created_at < app.clock() - interval '30 days'
            order by created_at limit most) returning 1)
          select count(*)::integer from gone $$;
      revoke all on function app.forget_deliveries(integer) from public;
      grant execute on function app.forget_deliveries(integer) to passerelle_hub`);
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query(`drop function app.forget_deliveries(integer), app.viewer_of_client(text);
      drop table webhook_attempt, webhook_delivery, webhook_secret, webhook_endpoint`);
  }
}
