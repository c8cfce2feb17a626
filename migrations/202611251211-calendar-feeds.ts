import type { MigrationInterface, QueryRunner } from 'typeorm';
import { asked, grant, mayChange, ownerReads, policy, wall } from './kit.ts';

/** A member's calendar is read by whoever holds its address: of the secret in it a hash alone is kept. */
export class CalendarFeeds202611251211 implements MigrationInterface {
  name = 'CalendarFeeds1764072660000';

  async up(run: QueryRunner): Promise<void> {
    await run.query(`
      create table calendar_feed (
        id text collate "C" primary key,
        organisation_id text collate "C" not null references organisation (id),
        member_id text collate "C" not null references member (id),
        secret_hash text not null,
        language text not null,
        revoked_at timestamptz,
        version integer not null default 1,
        created_at timestamptz not null,
        updated_at timestamptz not null
      );
      create unique index calendar_feed_one on calendar_feed (member_id) where revoked_at is null;
      create unique index calendar_feed_secret on calendar_feed (secret_hash);
      create index calendar_feed_member on calendar_feed (member_id, id)`);
    await wall(run, 'calendar_feed');
    const own = `${asked.hub} or organisation_id = ${asked.organisation}`;
    await policy(run, 'calendar_feed', 'select', own);
    await policy(run, 'calendar_feed', 'insert', own);
    await policy(run, 'calendar_feed', 'update', own);
    await grant(run, 'calendar_feed', 'select, insert');
    await mayChange(run, 'calendar_feed', 'revoked_at, version, updated_at');
    await ownerReads(run, 'calendar_feed');
    await this.login(run);
  }

  /** Before there is a viewer: whose calendar this is, with the rights that member has now. */
  private async login(run: QueryRunner): Promise<void> {
    await run.query(`
      create function app.viewer_of_calendar(hash text) returns table (organisation text, organisation_kind text,
          remit text, member text, client text, roles text[], scopes text[], people text, territory text[])
        language sql stable security definer set search_path = pg_catalog, public, pg_temp as
        $$ select o.id, o.kind, o.remit, m.id, null::text, m.roles, null::text[], m.people, m.territory
           from public.calendar_feed feed join public.member m on m.id = feed.member_id
           join public.organisation o on o.id = m.organisation_id
           where feed.secret_hash = hash and feed.revoked_at is null and m.state = 'ACTIVE' $$;
      revoke all on function app.viewer_of_calendar(text) from public;
      grant execute on function app.viewer_of_calendar(text) to passerelle_hub`);
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query(`drop function app.viewer_of_calendar(text); drop table calendar_feed`);
  }
}
