import type { MigrationInterface, QueryRunner } from 'typeorm';

const asked = 'asked text[], firsts date[], lasts date[], own boolean';
const of = 'text[], date[], date[], boolean';

/**
 * Exits under an agreement are classed by the dated rules, as all others are: by the role of figures, which learns which outcomes
 * they are for whoever reads the agreement (docs/adr/0031). And what awaits an opinion is found by its council.
 */
export class SessionExits202611251503 implements MigrationInterface {
  name = 'SessionExits1764090180000';

  async up(run: QueryRunner): Promise<void> {
    await run.query(`
      drop function app.agreement_exits(${of});
      create function app.agreement_exit_outcomes(${asked}) returns table (at integer, outcome_id bigint)
        language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
        select distinct s.at, o.id
        from app.agreement_placements(asked, firsts, lasts, own) s
          join public.placement p on p.id = s.placement_id and p.ended_on = s.last_day
          join public.outcome o on o.placement_id = p.id and o.known_until is null
        where p.state = 'ENDED' $$;
      revoke execute on function app.agreement_exit_outcomes(${of}) from public;
      grant execute on function app.agreement_exit_outcomes(${of}) to passerelle_figures;
      create index agreement_opinion_awaited on agreement (council_id, session_on, id) where state = 'UNDER_OPINION'`);
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query(`
      drop index agreement_opinion_awaited;
      drop function app.agreement_exit_outcomes(${of});
      create function app.agreement_exits(${asked}) returns table (at integer, outcome text, exits integer)
        language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
        select s.at, o.kind, count(distinct s.placement_id)::integer
        from app.agreement_placements(asked, firsts, lasts, own) s
          join public.placement p on p.id = s.placement_id and p.ended_on = s.last_day
          join public.outcome o on o.placement_id = p.id and o.known_until is null
        where p.state = 'ENDED' group by 1, 2 $$;
      revoke execute on function app.agreement_exits(${of}) from public;
      grant execute on function app.agreement_exits(${of}) to passerelle_hub`);
  }
}
