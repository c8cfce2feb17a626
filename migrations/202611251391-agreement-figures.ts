import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What figures count: who reads them may not see the rows they are made of. */
const counted = [
  ...['placement', 'contract', 'episode', 'worked_hours', 'outcome', 'person', 'person_situation'],
  ...['agreement', 'agreement_party', 'agreement_terms', 'agreement_cover'],
];

const today = `(app.clock() at time zone 'Europe/Paris')::date`;
/** Of the agreements asked for, those that exist for who asks. */
const readable = `(app.is_hub() or (app.viewer_reads('agreements') and app.viewer_organisation() = any (a.readers)))`;

/** What agreements achieve, counted from contracts, hours and outcomes; of partners, never of one person. */
export class AgreementFigures202611251391 implements MigrationInterface {
  name = 'AgreementFigures1764083460000';

  async up(run: QueryRunner): Promise<void> {
    for (const table of counted)
      await run.query(`create policy ${table}_counted on ${table} for select to current_user using (true)`);
    await this.spans(run);
    await this.figures(run);
    await this.exits(run);
    await this.participants(run);
  }

  /**
   * The placements under each agreement asked for, by number of the question, with the days on which they fall under it: those
   * of the terms in force then, or (a dossier, whose days are to come) under its last terms on any day of the window.
   */
  private async spans(run: QueryRunner): Promise<void> {
    await run.query(`
      create function app.agreement_windows(asked text[], firsts date[], lasts date[], own boolean)
        returns table (at integer, id text, first_day date, last_day date)
        language sql stable as $$
        select w.at::integer, a.id,
          case when own then greatest(w.first_day, a.from_day) else w.first_day end,
          least(w.last_day, case when own then a.to_day end, ${today})
        from unnest(asked, firsts, lasts) with ordinality w (id, first_day, last_day, at)
          join public.agreement a on a.id = w.id
        where ${readable} and (not own or a.signed_on is not null) $$;
      create function app.agreement_placements(asked text[], firsts date[], lasts date[], own boolean)
        returns table (at integer, placement_id text, first_day date, last_day date)
        language sql stable as $$
        with terms as (
          select w.at, w.id, t.number, greatest(w.first_day, case when own then t.in_force_from end) as first_day,
            case when own then least(w.last_day, lead(t.in_force_from) over (partition by w.at order by t.number) - 1)
              else w.last_day end as last_day
          from app.agreement_windows(asked, firsts, lasts, own) w
            join public.agreement a on a.id = w.id
            join public.agreement_terms t on t.agreement_id = w.id and (own or t.number = a.terms_number))
        select distinct terms.at, p.id, greatest(terms.first_day, p.started_on),
          least(terms.last_day, coalesce(p.ended_on, terms.last_day))
        from terms join public.agreement_cover c on c.agreement_id = terms.id and c.number = terms.number
          join public.placement p on p.offer_id = c.offer_id and (c.vacancy_id is null or c.vacancy_id = p.vacancy_id)
        where terms.first_day <= terms.last_day and p.state <> 'UNDONE' and p.started_on <= terms.last_day
          and (p.ended_on is null or p.ended_on >= terms.first_day) $$`);
  }

  /**
   * Occupied full-time equivalents are an estimate: weekly hours of the contracts ÷ 35, day by day, days of suspension apart; the
   * day on which work was taken up again counts. A placement whose contract states no hours is told apart.
   */
  private async figures(run: QueryRunner): Promise<void> {
    await run.query(`
      create function app.agreement_figures(asked text[], firsts date[], lasts date[], own boolean)
        returns table (at integer, first_day date, last_day date, funded_fte numeric, occupied_fte numeric,
          without_hours integer, hours numeric, occupied_places integer)
        language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
        with windows as materialized (
          select * from app.agreement_windows(asked, firsts, lasts, own) w where w.first_day <= w.last_day),
        spans as materialized (select * from app.agreement_placements(asked, firsts, lasts, own)),
        funded as (
          select at, sum(funded_fte * greatest(0, until - since + 1)) as days from (
            select w.at, t.funded_fte, greatest(w.first_day, t.in_force_from) as since,
              least(w.last_day, b.to_day, lead(t.in_force_from) over (partition by w.at, b.id order by t.number) - 1) as until
            from windows w join public.agreement a on a.id = w.id
              join public.agreement b on case when own then b.id = a.id
                else b.kind = a.kind and b.provider_id = a.provider_id and b.siae_kind = a.siae_kind end
              join public.agreement_terms t on t.agreement_id = b.id
            where b.signed_on is not null) terms group by at),
        occupied as (
          select s.at, sum(c.weekly_hours / 35 * greatest(0, span.until - span.since + 1 - away.days)) as days,
            count(distinct s.placement_id) filter (where c.weekly_hours is null)::integer as without_hours
          from spans s join public.contract c on c.placement_id = s.placement_id
            cross join lateral (select greatest(s.first_day, c.from_day) as since,
              least(s.last_day, c.to_day) as until) span
            cross join lateral (select coalesce(sum(greatest(0, least(span.until, e.to_day - 1) -
                greatest(span.since, e.from_day) + 1)), 0) as days
              from public.episode e where e.placement_id = s.placement_id and e.suspends) away
          where span.since <= span.until group by 1),
        worked as (
          select at, sum(worked) as hours from (
            select distinct s.at, h.id, h.worked from spans s join public.worked_hours h on h.placement_id = s.placement_id
            where h.known_until is null and h.month between date_trunc('month', s.first_day) and s.last_day) months
          group by at),
        places as (
          select s.at, count(distinct s.placement_id)::integer as occupied
          from spans s join windows w on w.at = s.at and w.last_day = s.last_day group by 1)
        select w.at, w.first_day, w.last_day,
          round(funded.days / (w.last_day - w.first_day + 1), 2),
          round(coalesce(occupied.days, 0) / (w.last_day - w.first_day + 1), 2),
          coalesce(occupied.without_hours, 0), coalesce(worked.hours, 0), coalesce(places.occupied, 0)
        from windows w left join funded using (at) left join occupied using (at)
          left join worked using (at) left join places using (at) $$`);
  }

  private async exits(run: QueryRunner): Promise<void> {
    await run.query(`
      create function app.agreement_exits(asked text[], firsts date[], lasts date[], own boolean)
        returns table (at integer, outcome text, exits integer)
        language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
        select s.at, o.kind, count(distinct s.placement_id)::integer
        from app.agreement_placements(asked, firsts, lasts, own) s
          join public.placement p on p.id = s.placement_id and p.ended_on = s.last_day
          join public.outcome o on o.placement_id = p.id and o.known_until is null
        where p.state = 'ENDED' group by 1, 2 $$`);
  }

  /**
   * Those who took part, one line a person: in the offers covered, or, of a protocol, sent by the PLIE that runs it. For the
   * parties alone. Whoever has several records counts once; what is not known of them is not known.
   */
  private async participants(run: QueryRunner): Promise<void> {
    await run.query(`
      create function app.agreement_participants(asked text[], until date)
        returns table (id text, age integer, long_term boolean, minimum_income boolean, outcome text, ended boolean, people integer)
        language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
        with meant as (
          select a.id, a.kind, a.organisation_id, a.from_day, least(a.to_day, until) as last_day from public.agreement a
          where a.id = any (asked) and a.kind in ('ESF_GRANT', 'PLIE_PROTOCOL') and a.signed_on is not null and ${readable}
            and (app.is_hub() or exists (select from public.agreement_party party where party.agreement_id = a.id
              and party.organisation_id = app.viewer_organisation()))),
        taken as (
          select m.id, m.last_day, p.id as placement_id, p.person_id, p.started_on, p.ended_on
          from app.agreement_placements(asked, array_fill(null::date, array[cardinality(asked)]),
              array_fill(until, array[cardinality(asked)]), true) s
            join meant m on m.id = asked[s.at]
            join public.placement p on p.id = s.placement_id and p.started_on between m.from_day and m.last_day
          union
          select m.id, m.last_day, p.id, p.person_id, p.started_on, p.ended_on
          from meant m join public.placement p on p.sender_id = m.organisation_id and p.state <> 'UNDONE'
            and p.started_on between m.from_day and m.last_day
          where m.kind = 'PLIE_PROTOCOL'),
        counted as (
          select taken.*, coalesce(c.counted_as, taken.person_id) as one
          from taken left join public.person_count c on c.person_id = taken.person_id),
        people as (
          select counted.id, one, min(started_on) as entered, (array_agg(person_id order by started_on))[1] as person_id,
            bool_and(ended_on is not null and ended_on <= last_day) as ended,
            (array_agg(placement_id order by started_on desc, placement_id desc))[1] as last
          from counted group by 1, 2)
        select people.id,
          case when extract(year from entered)::integer - who.birth_year < 18 then 0
            when extract(year from entered)::integer - who.birth_year < 30 then 18
            when extract(year from entered)::integer - who.birth_year < 55 then 30
            when who.birth_year is not null then 55 end as age,
          exists (select from public.person_situation held where held.person_id = people.person_id
            and held.public in ('DELD', 'DETLD') and held.stated_on <= entered and (held.until is null or held.until >= entered)),
          exists (select from public.person_situation held where held.person_id = people.person_id
            and held.public = 'RSA' and held.stated_on <= entered and (held.until is null or held.until >= entered)),
          case when people.ended then o.kind end, people.ended, count(*)::integer
        from people join public.person who on who.id = people.person_id
          left join public.outcome o on o.placement_id = people.last and o.known_until is null
        group by 1, 2, 3, 4, 5, 6 $$;
      revoke execute on function app.agreement_windows(text[], date[], date[], boolean),
        app.agreement_placements(text[], date[], date[], boolean), app.agreement_figures(text[], date[], date[], boolean),
        app.agreement_exits(text[], date[], date[], boolean), app.agreement_participants(text[], date) from public;
      grant execute on function app.agreement_figures(text[], date[], date[], boolean),
        app.agreement_exits(text[], date[], date[], boolean), app.agreement_participants(text[], date) to passerelle_hub`);
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query(`drop function app.agreement_participants(text[], date),
      app.agreement_exits(text[], date[], date[], boolean), app.agreement_figures(text[], date[], date[], boolean),
      app.agreement_placements(text[], date[], date[], boolean), app.agreement_windows(text[], date[], date[], boolean)`);
    for (const table of counted) await run.query(`drop policy ${table}_counted on ${table}`);
  }
}
