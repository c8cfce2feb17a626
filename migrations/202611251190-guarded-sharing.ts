import type { MigrationInterface, QueryRunner } from 'typeorm';
import { asked, grant, ownerReads, policy, running, sees, wall } from './kit.ts';

const { hub, organisation, people } = asked;

/** The question of `app.may_change` written out, as `sees` writes that of `app.may_see`. */
const follows = (person: `${string}.${string}`, category: string) => {
  const following = `reach.category = '${category}' and reach.reason in ('REGISTRAR', 'REFERENT', 'PROGRAMME') and ${running}`;
  return `case when (select app.asks_whole())
    then ${person} in (select reach.person_id from person_access reach where ${following})
    else exists (select from person_access reach where reach.person_id = ${person} and ${following} offset 0) end`;
};

/**
 * What a guarded grant is for and whom it names tell of health, justice or entitlements: of who follows the person, those
 * to whom these are closed do not see the row at all.
 */
const grantSeen = `${hub}
  or ((granted_by = ${organisation} or ${organisation} = any (organisation_ids))
    and (${people} = 'ALL' or ${sees('sharing_grant.person_id', 'CORE')}))
  or (not guarded and ${follows('sharing_grant.person_id', 'CORE')})
  or (guarded and ${follows('sharing_grant.person_id', 'JUSTICE')})`;

const isCouncil = `(select exists (select from organisation o
  where o.id = app.viewer_organisation() and o.kind = 'COUNCIL'))`;

/** A sentence is read by who wrote it, and by those who see the emergency and to whom nothing of the person is closed. */
const sentenceSeen = `${hub}
  or (exists (select from broken_glass g where g.id = broken_glass_detail.glass_id offset 0) and (
    organisation_id = ${organisation} or (${people} = 'ALL' and ${isCouncil})
    or (person_id is not null and ${follows('broken_glass_detail.person_id', 'JUSTICE')})))`;

/** What tells of health or justice by itself is hidden by the database too, from who may not read it. */
export class GuardedSharing202611251190 implements MigrationInterface {
  name = 'GuardedSharing1764073140000';

  async up(run: QueryRunner): Promise<void> {
    await run.query(`alter table sharing_grant add column guarded boolean not null generated always as (
      purpose in ('HEALTH_PATHWAY', 'LEAVING_PRISON') or categories && array['HEALTH', 'JUSTICE', 'ENTITLEMENTS']) stored`);
    await run.query(`alter policy sharing_grant_select on sharing_grant using (${grantSeen})`);
    await this.sentences(run);
    await this.forgetting(run);
  }

  private async sentences(run: QueryRunner): Promise<void> {
    await run.query(`
      create table broken_glass_detail (
        glass_id text collate "C" primary key references broken_glass (id),
        person_id text collate "C" references person (id),
        organisation_id text collate "C" not null references organisation (id),
        detail text not null,
        at timestamptz not null,
        constraint broken_glass_detail_length check (char_length(detail) between 20 and 500)
      );
      insert into broken_glass_detail select id, person_id, organisation_id, detail, broken_at
        from broken_glass where detail is not null;
      alter table broken_glass drop column detail;
      create index broken_glass_detail_person on broken_glass_detail (person_id);
      create index broken_glass_detail_vain on broken_glass_detail (at) where person_id is null`);
    await wall(run, 'broken_glass_detail');
    await ownerReads(run, 'broken_glass_detail');
    await policy(run, 'broken_glass_detail', 'select', sentenceSeen);
    await policy(run, 'broken_glass_detail', 'insert', `${hub} or organisation_id = ${organisation}`);
    await grant(run, 'broken_glass_detail', 'select, insert');
  }

  /** Sentences go with the record they were about; where nobody was found, a year after. */
  private async forgetting(run: QueryRunner): Promise<void> {
    await run.query(`
      create or replace function app.forget_sharing(erased text) returns void language plpgsql volatile
        security definer set search_path = pg_catalog, public, pg_temp as $$
      begin
        if not app.is_hub() or not exists (select from public.person where id = erased and erased_at is not null) then
          raise exception 'what was typed of a person is forgotten by the hub, once they are erased';
        end if;
        update public.sharing_grant set external_reference = null where person_id = erased;
        delete from public.broken_glass_detail where person_id = erased;
      end $$;
      create function app.forget_vain_sentences() returns bigint language plpgsql volatile
        security definer set search_path = pg_catalog, public, pg_temp as $$
      declare forgotten bigint;
      begin
        if not app.is_hub() then raise exception 'sentences are forgotten by the hub'; end if;
        delete from public.broken_glass_detail where person_id is null and at < app.clock() - interval '1 year';
        get diagnostics forgotten = row_count;
        return forgotten;
      end $$;
      revoke execute on function app.forget_vain_sentences() from public;
      grant execute on function app.forget_vain_sentences() to passerelle_hub`);
  }

  /** What no longer stands in one row is put back there; the walls stay as they now are where they can. */
  async down(run: QueryRunner): Promise<void> {
    await run.query(`
      alter table broken_glass add column detail text;
      update broken_glass set detail = kept.detail from broken_glass_detail kept where kept.glass_id = broken_glass.id;
      drop function app.forget_vain_sentences();
      drop table broken_glass_detail;
      create or replace function app.forget_sharing(erased text) returns void language plpgsql volatile
        security definer set search_path = pg_catalog, public, pg_temp as $$
      begin
        if not app.is_hub() or not exists (select from public.person where id = erased and erased_at is not null) then
          raise exception 'what was typed of a person is forgotten by the hub, once they are erased';
        end if;
        update public.sharing_grant set external_reference = null where person_id = erased;
        update public.broken_glass set detail = null where person_id = erased;
      end $$`);
    await run.query(`alter policy sharing_grant_select on sharing_grant using (${hub}
      or ${organisation} in (granted_by) or ${organisation} = any (organisation_ids)
      or ${follows('sharing_grant.person_id', 'CORE')});
      alter table sharing_grant drop column guarded`);
  }
}
