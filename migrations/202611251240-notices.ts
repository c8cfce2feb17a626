import type { MigrationInterface, QueryRunner } from 'typeorm';
import { asked, grant, mayChange, policy, wall } from './kit.ts';

/** What members are told by mail, how each wants to be told, and the links by which some answer. */
export class Notices202611251240 implements MigrationInterface {
  name = 'Notices1764074400000';

  async up(run: QueryRunner): Promise<void> {
    await this.members(run);
    await this.notices(run);
    await this.links(run);
    await this.position(run);
    await this.forgetting(run);
  }

  private async members(run: QueryRunner): Promise<void> {
    await run.query(`
      alter table member
        add language text not null default 'FR',
        add notice_delivery jsonb not null default '{}',
        add mail_failures integer not null default 0,
        add mail_bounced_at timestamptz,
        add constraint member_language check (language in ('FR', 'EN'));
      alter table organisation add answers_by_mail boolean not null default false`);
    await mayChange(run, 'member', 'language, notice_delivery, mail_failures, mail_bounced_at');
  }

  /** Once for each event, member and kind. What it is about stands in ids alone: it hangs on no record. */
  private async notices(run: QueryRunner): Promise<void> {
    await run.query(`
      create table notice (
        id text collate "C" primary key,
        event_id text collate "C" not null,
        kind text not null,
        member_id text collate "C" not null references member (id),
        organisation_id text collate "C" not null references organisation (id),
        subject_type text not null,
        subject_id text collate "C" not null,
        referral_id text collate "C",
        delivery text not null,
        state text not null,
        reason text,
        attempts integer not null default 0,
        due_at timestamptz,
        created_at timestamptz not null,
        closed_at timestamptz,
        constraint notice_once unique (event_id, member_id, kind),
        constraint notice_waits check ((state = 'WAITING') = (due_at is not null)),
        constraint notice_closed check ((state = 'WAITING') = (closed_at is null))
      );
      create index notice_due on notice (due_at, id) where state = 'WAITING';
      create index notice_member on notice (member_id, id);
      create index notice_created on notice (created_at)`);
    await wall(run, 'notice');
    await policy(run, 'notice', 'select', `${asked.hub} or organisation_id = ${asked.organisation}`);
    for (const command of ['insert', 'update'] as const) await policy(run, 'notice', command, `app.is_hub()`);
    await grant(run, 'notice', 'select, insert');
    await mayChange(run, 'notice', 'state, reason, attempts, due_at, closed_at');
  }

  /** Of a link and a code only what they hash to is kept. */
  private async links(run: QueryRunner): Promise<void> {
    await run.query(`
      create table notice_link (
        notice_id text collate "C" primary key references notice (id) on delete cascade,
        token_hash text not null,
        referral_state text not null,
        expires_at timestamptz not null,
        used_at timestamptz,
        code_hash text,
        code_expires_at timestamptz,
        code_tries integer not null default 0,
        codes_sent integer not null default 0,
        constraint notice_link_code check ((code_hash is null) = (code_expires_at is null))
      );
      create unique index notice_link_token on notice_link (token_hash)`);
    await wall(run, 'notice_link');
    for (const command of ['select', 'insert', 'update'] as const)
      await policy(run, 'notice_link', command, `app.is_hub()`);
    await grant(run, 'notice_link', 'select, insert');
    await mayChange(
      run,
      'notice_link',
      'token_hash, referral_state, expires_at, used_at, code_hash, code_expires_at, code_tries, codes_sent',
    );
  }

  /** How far the journal has been read; written in the transaction of the notices that came of it. */
  private async position(run: QueryRunner): Promise<void> {
    await run.query(`create table notice_position (
        name text primary key,
        tx xid8 not null,
        pos bigint not null
      )`);
    await wall(run, 'notice_position');
    for (const command of ['select', 'insert', 'update'] as const)
      await policy(run, 'notice_position', command, `app.is_hub()`);
    await grant(run, 'notice_position', 'select, insert');
    await mayChange(run, 'notice_position', 'tx, pos');
  }

  /** The hub's role deletes nothing by itself: old notices go by this function, which knows how old that is. */
  private async forgetting(run: QueryRunner): Promise<void> {
    for (const table of ['notice', 'notice_link'])
      await run.query(`create policy ${table}_owner on ${table} for all to current_user
        using (app.is_hub()) with check (app.is_hub())`);
    await run.query(`
      create function app.forget_notices(most integer) returns integer
        language sql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
          with gone as (delete from public.notice where id in (
            select id from public.notice where created_at < app.clock() - interval '90 days'
            order by created_at limit most) returning 1)
          select count(*)::integer from gone $$;
      revoke all on function app.forget_notices(integer) from public;
      grant execute on function app.forget_notices(integer) to passerelle_hub`);
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query(`drop function app.forget_notices(integer);
      drop table notice_position, notice_link, notice;
      alter table organisation drop answers_by_mail;
      alter table member drop language, drop notice_delivery, drop mail_failures, drop mail_bounced_at`);
  }
}
