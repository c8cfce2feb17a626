import sql, { type Sql } from 'sql-template-tag';
import { rightOn } from '../entitlements/entitlement.store.ts';
import { classed } from '../placements/outcome-class.store.ts';
import { lateOutcome, reopenedWithin } from './figure.rules.ts';

/**
 * What is to be counted of people, worked out from the facts as they now stand (docs/domain.md §12): the one place where
 * the definitions are written. `person` are the records given; each is counted as one record, with all that are.
 */
export function wanted(people: readonly string[], today: string): Sql {
  return sql`given as (select unnest(${people}::text[]) collate "C" as id),
    counted as (select distinct coalesce(person_count.counted_as, given.id) as id
      from given left join person_count on person_count.person_id = given.id),
    member as (select distinct counted.id as root, other.id as person_id from counted, lateral (
      select counted.id union select person_id from person_count where counted_as = counted.id) other),
    -- who is erased is counted as they were: what is left of them changes no figure
    erased as (select root from member join person on person.id = member.person_id group by root
      having bool_or(person.erased_at is not null)),
    root as (select counted.id, max(person.epci_code) filter (where person.id = counted.id) as own_epci,
        max(person.epci_code) as epci, max(person.commune_code) filter (where person.id = counted.id) as own_commune,
        max(person.commune_code) as commune
      from counted join member on member.root = counted.id join person on person.id = member.person_id
      where counted.id not in (select root from erased) group by counted.id),
    home as (select id as root, coalesce(own_epci, epci) as epci,
      case when own_epci is null then commune else own_commune end as commune from root),
    touched as (select id from counted union select id from given except select root from erased
      except select person_id from member where root in (select root from erased)),
    ${pathways},
    ${stays},
    ${presences},
    ${paths(today)}`;
}

/** Every pathway, and whether a right was open on the day it began: looked up for that day, whatever became of it since. */
const pathways = sql`way as (
  select home.root, pathway.id, pathway.began_on, pathway.ended_on, ${rightOn(sql`pathway.person_id`, sql`pathway.began_on`)} as entitled
  from home join member on member.root = home.root join pathway on pathway.person_id = member.person_id)`;

/** A placement is entitled by the day it began, or by that of the pathway it began in. */
const stays = sql`stay as (
  select home.root, home.epci, home.commune, placement.id as placement_id, offer.id as offer_id, offer.kind as offer_kind,
    site.epci_code as site_epci, site.code as site_commune, placement.sender_id, placement.receiver_id,
    offer.counts_as_action as counts, placement.started_on, placement.ended_on,
    ${rightOn(sql`placement.person_id`, sql`placement.started_on`)} or exists (select from way where way.root = home.root and way.entitled
      and placement.started_on between way.began_on and coalesce(way.ended_on, 'infinity')) as entitled
  from home join member on member.root = home.root join placement on placement.person_id = member.person_id
    join offer on offer.id = placement.offer_id left join vacancy on vacancy.id = placement.vacancy_id
    left join commune site on site.code = coalesce(vacancy.commune_code, offer.commune_code)
  where placement.state <> 'UNDONE')`;

/** Months that follow or overlap are one presence: a person counts once a month, however many actions. */
const presences = sql`month as (
  select root, epci, commune, date_trunc('month', started_on)::date as from_month,
    case when ended_on is null then 'infinity'::date else (date_trunc('month', ended_on) + interval '1 month')::date end as until_month
  from stay where counts and entitled),
  run as (select *, sum(fresh) over (partition by root order by from_month, until_month) as nth from (
    select *, case when from_month <= max(until_month) over (partition by root order by from_month, until_month
      rows between unbounded preceding and 1 preceding) then 0 else 1 end as fresh from month) marked),
  presence as (select root, epci, commune, min(from_month) as from_month, max(until_month) as until_month
    from run group by root, epci, commune, nth)`;

const never = sql`'infinity'::date`;

/**
 * A path is pathways, and placements outside any, that follow within 45 days. It ends where the last of them does; its
 * outcome is that of a placement after which no other of the path began.
 */
function paths(today: string): Sql {
  const pdi = sql`outcome.known_until is null and outcome_rule.rule_set = 'PDI_2007'
    and outcome.placement_id in (select placement_id from stay)`;
  return sql`action as (select root, placement_id, started_on, coalesce(ended_on, ${never}) as ended_on, entitled from stay where counts),
    span as (
      select root, began_on, coalesce(ended_on, ${never}) as ended_on, entitled from way
      union all select root, started_on, ended_on, entitled from action where not exists (select from way
        where way.root = action.root and way.began_on <= action.ended_on and coalesce(way.ended_on, ${never}) >= action.started_on)),
    link as (select *, sum(fresh) over (partition by root order by began_on, ended_on) as nth from (
      select *, case when began_on <= max(ended_on) over (partition by root order by began_on, ended_on
        rows between unbounded preceding and 1 preceding) + ${reopenedWithin}::integer then 0 else 1 end as fresh from span) marked),
    walk as (select root, nth, min(began_on) as began_on, max(ended_on) as ended_on, bool_or(entitled) as entitled
      from link group by root, nth),
    step as (select action.*, walk.nth from action cross join lateral (select nth from walk
      where walk.root = action.root and walk.began_on <= action.ended_on and walk.ended_on >= action.started_on
      order by walk.began_on <= action.started_on desc, walk.began_on desc limit 1) walk),
    class as (${classed(pdi, sql`${today}::date`)}),
    ending as (select step.root, step.nth, class.placement_id, class.class, class.version, class.day, step.ended_on,
        class.class in ('DURABLE_JOB', 'QUALIFYING_TRAINING') and class.day <= walk.ended_on + ${lateOutcome}::integer as success
      from step join class on class.placement_id = step.placement_id
        join walk on walk.root = step.root and walk.nth = step.nth and walk.ended_on < ${never}
      where not exists (select from step later where later.root = step.root and later.nth = step.nth
        and later.started_on > step.ended_on)),
    best as (select distinct on (root, nth) * from ending order by root, nth, success desc, ended_on desc, placement_id),
    path as (select walk.root, home.epci, home.commune, walk.began_on, nullif(walk.ended_on, ${never}) as ended_on,
        walk.entitled or exists (select from step where step.root = walk.root and step.nth = walk.nth and step.entitled) as entitled,
        best.placement_id, best.class, best.version as rule_version, best.day as outcome_on, coalesce(best.success, false) as success
      from walk join home on home.root = walk.root left join best on best.root = walk.root and best.nth = walk.nth)`;
}
