import type { MigrationInterface, QueryRunner } from 'typeorm';
import { grant, mayChange, ownerReads, policy, wall } from './kit.ts';

/**
 * Who is named by a grant, and who gave it, keep reading its row for life, by members who see all: a purpose says much.
 * Other members read it while they see the person; who follows the person reads all of them.
 */
const grantSeen = `app.is_hub() or (app.viewer_people() = 'ALL'
    and (granted_by = app.viewer_organisation() or app.viewer_organisation() = any (organisation_ids)))
  or (app.viewer_organisation() = any (organisation_ids) and app.may_see(person_id, 'CORE'))
  or app.may_change(person_id, 'CORE')`;

/** A broken glass is read by the organisation that broke it, by who follows the person, and by the council. */
const glassSeen = `app.is_hub()
  or (organisation_id = app.viewer_organisation() and case app.viewer_people()
        when 'ALL' then true when 'TERRITORY' then true when 'PORTFOLIO' then member_id = app.viewer_detail() else false end)
  or (person_id is not null and app.may_change(person_id, 'CORE'))
  or (app.viewer_people() = 'ALL' and exists (
        select from organisation o where o.id = app.viewer_organisation() and o.kind = 'COUNCIL'))`;

/** Sharing grants, and glasses broken in an emergency: what opens a person beside following, referrals and placements. */
export class Sharing202611251030 implements MigrationInterface {
  name = 'Sharing1764066600000';

  async up(run: QueryRunner): Promise<void> {
    await this.grants(run);
    await this.glasses(run);
    await this.forgetting(run);
    // closed referrals that could still come back to life no longer do
    await run.query(`alter table referral add column grant_ended_at timestamptz`);
    await mayChange(run, 'referral', 'grant_ended_at');
  }

  private async grants(run: QueryRunner): Promise<void> {
    await run.query(`
      create table sharing_grant (
        id text collate "C" primary key,
        person_id text collate "C" not null references person (id),
        organisation_ids text[] not null,
        organisation_kind text,
        categories text[] not null,
        purpose text not null,
        legal_basis text not null,
        granted_by text collate "C" not null references organisation (id),
        granted_by_member text collate "C" references member (id),
        from_day date not null,
        until_day date not null,
        opens_at timestamptz not null,
        closes_at timestamptz not null,
        ended_at timestamptz,
        end_reason text,
        external_reference text,
        version integer not null default 1,
        created_at timestamptz not null,
        updated_at timestamptz not null,
        constraint sharing_grant_named check (cardinality(organisation_ids) between 1 and 100),
        constraint sharing_grant_one_or_kind check (organisation_kind is not null or cardinality(organisation_ids) = 1),
        constraint sharing_grant_days check (until_day >= from_day),
        constraint sharing_grant_dated check (until_day <= from_day + interval '12 months'),
        constraint sharing_grant_ended check ((ended_at is null) = (end_reason is null))
      );
      create index sharing_grant_person on sharing_grant (person_id, id);
      create index sharing_grant_ending on sharing_grant (until_day, id);
      create index sharing_grant_due on sharing_grant (closes_at) where ended_at is null;
      create unique index sharing_grant_external_reference on sharing_grant (granted_by, external_reference)`);
    await wall(run, 'sharing_grant');
    await policy(run, 'sharing_grant', 'select', grantSeen);
    await policy(
      run,
      'sharing_grant',
      'insert',
      `app.is_hub() or (granted_by = app.viewer_organisation() and app.may_change(person_id, 'CORE'))`,
    );
    await policy(run, 'sharing_grant', 'update', `app.may_change(person_id, 'CORE')`);
    await grant(run, 'sharing_grant', 'select, insert');
    await mayChange(run, 'sharing_grant', 'organisation_ids, ended_at, end_reason, version, updated_at');
  }

  /** One row an attempt: those that found nobody are traced too, or a search tool would be made of them. */
  private async glasses(run: QueryRunner): Promise<void> {
    await run.query(`
      create table broken_glass (
        id text collate "C" primary key,
        person_id text collate "C" references person (id),
        organisation_id text collate "C" not null references organisation (id),
        member_id text collate "C" not null references member (id),
        broken_by text not null,
        reason text not null,
        detail text,
        sought_by text not null,
        categories text[] not null,
        broken_at timestamptz not null,
        closes_at timestamptz,
        constraint broken_glass_detail_length check (char_length(detail) between 20 and 500),
        constraint broken_glass_opens check ((person_id is null) = (closes_at is null)),
        constraint broken_glass_hours check (closes_at <= broken_at + interval '3 hours')
      );
      create index broken_glass_person on broken_glass (person_id, id);
      create index broken_glass_organisation on broken_glass (organisation_id, id);
      create index broken_glass_member on broken_glass (member_id, broken_at)`);
    await wall(run, 'broken_glass');
    await policy(run, 'broken_glass', 'select', glassSeen);
    await policy(
      run,
      'broken_glass',
      'insert',
      `app.is_hub() or organisation_id = app.viewer_organisation()`,
    );
    await grant(run, 'broken_glass', 'select, insert');
  }

  /** What was typed about somebody goes with their record: by one function, of one person, and once it was erased. */
  private async forgetting(run: QueryRunner): Promise<void> {
    for (const table of ['sharing_grant', 'broken_glass']) await ownerReads(run, table);
    await run.query(`
      create function app.forget_sharing(erased text) returns void language plpgsql volatile
        security definer set search_path = pg_catalog, public, pg_temp as $$
      begin
        if not app.is_hub() or not exists (select from public.person where id = erased and erased_at is not null) then
          raise exception 'what was typed of a person is forgotten by the hub, once they are erased';
        end if;
        update public.sharing_grant set external_reference = null where person_id = erased;
        update public.broken_glass set detail = null where person_id = erased;
      end $$;
      revoke execute on function app.forget_sharing(text) from public;
      grant execute on function app.forget_sharing(text) to passerelle_hub`);
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query(
      `alter table referral drop column grant_ended_at; drop function app.forget_sharing(text);
      drop table broken_glass, sharing_grant`,
    );
  }
}
