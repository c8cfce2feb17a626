import type { MigrationInterface, QueryRunner } from 'typeorm';
import { asked, running } from './kit.ts';

/**
 * Who wishes a trade is found by an index, which row-level security forbids the planner: the question is asked within, of
 * whoever the viewer follows as far as the profile. Those of the territory come first, then in no order that means anything.
 */
export class Shortlists202611251441 implements MigrationInterface {
  name = 'Shortlists1764086460000';

  async up(run: QueryRunner): Promise<void> {
    await run.query(`
      create index person_profile_wished on person_profile using gin (wished_rome);
      create index person_sought_in on person (sought_kind, epci_code, id);
      create function app.people_wishing(trades text[], epci text, most integer) returns setof text language sql stable
        security definer set search_path = pg_catalog, public, pg_temp as $$
        select wishing.person_id from public.person_profile wishing
          cross join lateral (select bool_or(coalesce(reach.territory = epci, false)) as near from public.person_access reach
            where reach.person_id = wishing.person_id and reach.category = 'PROFILE'
              and reach.reason in ('REGISTRAR', 'REFERENT', 'PROGRAMME') and ${running}) followed
        where wishing.wished_rome && trades and (followed.near is not null or ${asked.hub})
        order by followed.near desc nulls last, wishing.person_id desc limit most $$;
      revoke execute on function app.people_wishing(text[], text, integer) from public;
      grant execute on function app.people_wishing(text[], text, integer) to passerelle_hub`);
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query(`drop function app.people_wishing(text[], text, integer);
      drop index person_sought_in, person_profile_wished`);
  }
}
