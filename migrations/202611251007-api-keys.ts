import type { MigrationInterface, QueryRunner } from 'typeorm';
import { mayChange } from './kit.ts';

/** Keys that their organisation gives, renews with an overlap and takes back; and when each was last used. */
export class ApiKeys202611251007 implements MigrationInterface {
  name = 'ApiKeys1764061620000';

  async up(run: QueryRunner): Promise<void> {
    await run.query(`
      alter table api_client
        add previous_key_hash text,
        add previous_key_until timestamptz,
        add last_used_at timestamptz,
        add version integer not null default 1,
        add updated_at timestamptz,
        add constraint api_client_overlap check ((previous_key_hash is null) = (previous_key_until is null));
      update api_client set updated_at = coalesce(revoked_at, created_at);
      alter table api_client alter updated_at set not null;
      create unique index api_client_previous_key on api_client (previous_key_hash)`);
    await mayChange(
      run,
      'api_client',
      'key_prefix, key_hash, previous_key_hash, previous_key_until, last_used_at, version, updated_at',
    );
    await run.query(`drop function app.viewer_of_key(text)`);
    await this.login(run);
  }

  /** A replaced key still opens until its overlap ends, by the hub's clock. */
  private async login(run: QueryRunner): Promise<void> {
    await run.query(`
      create function app.viewer_of_key(hash text, at timestamptz) returns table (organisation text,
          organisation_kind text, remit text, member text, client text, roles text[], scopes text[], people text,
          territory text[])
        language sql stable security definer set search_path = pg_catalog, public, pg_temp as
        $$ select o.id, o.kind, o.remit, m.id, c.id, coalesce(m.roles, '{READER}'), c.scopes,
             coalesce(m.people, 'NONE'), coalesce(m.territory, '{}')
           from public.api_client c join public.organisation o on o.id = c.organisation_id
           left join public.member m on m.id = c.acting_member_id and m.state = 'ACTIVE'
           where (c.key_hash = hash or (c.previous_key_hash = hash and c.previous_key_until > at))
             and c.revoked_at is null and (c.acting_member_id is null or m.id is not null) $$;
      revoke all on function app.viewer_of_key(text, timestamptz) from public;
      grant execute on function app.viewer_of_key(text, timestamptz) to passerelle_hub`);
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query(`drop function app.viewer_of_key(text, timestamptz);
      create function app.viewer_of_key(hash text) returns table (organisation text, organisation_kind text,
          remit text, member text, client text, roles text[], scopes text[], people text, territory text[])
        language sql stable security definer set search_path = pg_catalog, public, pg_temp as
        $$ select o.id, o.kind, o.remit, m.id, c.id, coalesce(m.roles, '{READER}'), c.scopes,
             coalesce(m.people, 'NONE'), coalesce(m.territory, '{}')
           from public.api_client c join public.organisation o on o.id = c.organisation_id
           left join public.member m on m.id = c.acting_member_id and m.state = 'ACTIVE'
           where c.key_hash = hash and c.revoked_at is null
             and (c.acting_member_id is null or m.id is not null) $$;
      revoke all on function app.viewer_of_key(text) from public;
      grant execute on function app.viewer_of_key(text) to passerelle_hub;
      alter table api_client drop previous_key_hash, drop previous_key_until, drop last_used_at, drop version,
        drop updated_at`);
  }
}
