import sql, { type Sql } from 'sql-template-tag';
import type { OutcomeClass, RuleSet } from '../placements/outcome-class.rules.ts';
import { classed } from '../placements/outcome-class.store.ts';
import type { IndicatorName } from './indicator.rules.ts';
import type { Span } from './period.rules.ts';

/** When one looks, and of which days: nothing after the moment of looking. */
export interface Looking extends Span {
  asOf: string;
  /** The day of that moment, in Paris. */
  day: string;
}

/**
 * What each indicator counts, line by line, under the same names: `who` or what it is of, where and when it stands, whether it
 * is one of the value (`hit`) or only of the denominator, and how much where it is not one each.
 */
export const factsOf: Record<IndicatorName, (looking: Looking) => Sql> = {
  BENEFICIARIES_IN_ACTION: (looking) => stays(looking, monthsWithin(looking)),
  ENTRIES_IN_ACTION: (looking) => stays(looking, sql`date_trunc('month', started_on)`, sql`started_on between ${looking.from} and ${looking.to}`),
  DURABLE_JOB_OR_QUALIFYING_TRAINING: paths,
  ENGAGEMENTS_SIGNED_IN_TIME: engagements,
  IAE_DYNAMIC_EXITS: (looking) =>
    exits(looking, { ruleSet: 'IAE_2013', of: sql`offer.siae_kind is not null and class.class <> 'WITHDRAWN'`, hits: ['DURABLE_JOB', 'TRANSITIONAL_JOB', 'POSITIVE_EXIT'] }),
  PLIE_POSITIVE_EXITS: (looking) =>
    exits(looking, { ruleSet: 'PLIE', of: sql`sender.kind = 'PLIE' and class.class <> 'CONTINUES'`, hits: ['POSITIVE_EXIT'] }),
  WORKING_AFTER_SIX_MONTHS: followUps,
  ANSWERED_IN_TIME: answers,
  DAYS_TO_ANSWER: delays,
  HOURS_CONTRIBUTED: hours,
  PLACES_FILLED: places,
}; // prettier-ignore

/** Whether a line was known at the moment of looking. */
export function known(asOf: string, table: Sql): Sql {
  return sql`${table}.known_from <= ${asOf} and (${table}.known_until is null or ${table}.known_until > ${asOf})`;
}

const monthsWithin = ({
  from,
  to,
}: Span) => sql`generate_series(date_trunc('month', greatest(started_on, ${from}::date)),
  least(coalesce(ended_on, ${to}::date), ${to}::date), interval '1 month')`;

function stays({ from, to, asOf }: Looking, month: Sql, more: Sql = sql`true`): Sql {
  return sql`select person_id as who, (${month})::date as month, home_epci, home_commune, site_epci, site_commune, offer_kind,
      receiver_id as provider, sender_id as sender, offer_id, true as hit, null::numeric as amount, null as class
    from figure_stay where ${known(asOf, sql`figure_stay`)} and entitled and counts
      and started_on <= ${to} and coalesce(ended_on, 'infinity') >= ${from} and ${more}`;
}

function paths({ from, to, asOf }: Looking): Sql {
  return sql`select person_id as who, date_trunc('month', ended_on)::date as month, home_epci, home_commune, null as site_epci,
      null as site_commune, null as offer_kind, null as provider, null as sender, null as offer_id, success as hit,
      null::numeric as amount, class
    from figure_path where ${known(asOf, sql`figure_path`)} and entitled and ended_on between ${from} and ${to}`;
}

interface Exits {
  ruleSet: RuleSet;
  of: Sql;
  hits: OutcomeClass[];
}

/** Where it takes place: the vacancy's commune, else the offer's. */
const where = sql`commune.epci_code as site_epci, commune.code as site_commune, offer.kind as offer_kind`;
const placed = sql`join offer on offer.id = placement.offer_id left join vacancy on vacancy.id = placement.vacancy_id
  left join commune on commune.code = coalesce(vacancy.commune_code, offer.commune_code)`;
const nobody = sql`null as home_epci, null as home_commune`;

function exits({ from, to, asOf, day }: Looking, { ruleSet, of, hits }: Exits): Sql {
  const which = sql`${known(asOf, sql`outcome`)} and outcome.ended_on between ${from} and ${to} and outcome_rule.rule_set = ${ruleSet}`;
  return sql`select coalesce(person_count.counted_as, person.id) as who, date_trunc('month', outcome.ended_on)::date as month,
      person.epci_code as home_epci, person.commune_code as home_commune, ${where},
      placement.receiver_id as provider, placement.sender_id as sender, offer.id as offer_id,
      class.class = any (${hits}) as hit, null::numeric as amount, class.class
    from (${classed(which, sql`${day}::date`)}) class join outcome on outcome.id = class.id
      join placement on placement.id = class.placement_id ${placed}
      join person on person.id = placement.person_id left join person_count on person_count.person_id = person.id
      join organisation sender on sender.id = placement.sender_id
    where placement.state <> 'UNDONE' and ${of}`;
} // prettier-ignore

function followUps({ from, to, asOf }: Looking): Sql {
  return sql`select placement.id as who, date_trunc('month', follow_up.due_on)::date as month, ${nobody}, ${where},
      placement.receiver_id as provider, placement.sender_id as sender, offer.id as offer_id,
      coalesce(follow_up.situation in ('SAME_JOB', 'OTHER_JOB') and follow_up.recorded_at <= ${asOf}, false) as hit,
      null::numeric as amount, null as class
    from follow_up join placement on placement.id = follow_up.placement_id ${placed}
    where follow_up.months = 6 and follow_up.due_on between ${from} and ${to}`;
}

const paris = (instant: Sql) => sql`(${instant} at time zone 'Europe/Paris')::date`;
const sent = sql`referral.origin = 'REFERRAL' and referral.sent_at is not null`;

/** The same as each partner reads of itself (docs/domain.md §4), for any period. */
function answers({ from, to, asOf }: Looking): Sql {
  const due = paris(sql`referral.answer_due_at`);
  return sql`select referral.id as who, date_trunc('month', ${due})::date as month, ${nobody}, ${where},
      referral.receiver_id as provider, referral.sender_id as sender, offer.id as offer_id,
      coalesce(referral.answered_at <= ${asOf} and not referral.answered_late, false) as hit, null::numeric as amount, null as class
    from referral ${ofReferral}
    where ${sent} and ${due} between ${from} and ${to} and referral.answer_due_at <= ${asOf}
      and (referral.answered_at is not null or referral.closed_at is null or referral.closed_at >= referral.answer_due_at)`;
} // prettier-ignore

const ofReferral = sql`join offer on offer.id = referral.offer_id left join commune on commune.code = offer.commune_code`;

function delays({ from, to, asOf }: Looking): Sql {
  const on = paris(sql`referral.answered_at`);
  return sql`select referral.id as who, date_trunc('month', ${on})::date as month, ${nobody}, ${where},
      referral.receiver_id as provider, referral.sender_id as sender, offer.id as offer_id, true as hit,
      referral.answer_minutes / 1440.0 as amount, null as class
    from referral ${ofReferral}
    where ${sent} and referral.answer_minutes is not null and ${on} between ${from} and ${to} and referral.answered_at <= ${asOf}`;
}

/** A pathway that ended unsigned before its contract was due is none of them; one ended as a mistake was never signed. */
function engagements({ from, to, asOf }: Looking): Sql {
  const signed = sql`exists (select from engagement where engagement.pathway_id = pathway.id and engagement.signed_at <= ${asOf}
    and engagement.signed_on <= pathway.engagement_due_on and engagement.end_reason is distinct from 'MISTAKE')`;
  return sql`select coalesce(person_count.counted_as, person.id) as who, date_trunc('month', pathway.engagement_due_on)::date as month,
      person.epci_code as home_epci, person.commune_code as home_commune, null as site_epci, null as site_commune, null as offer_kind,
      null as provider, null as sender, null as offer_id, signed.hit, null::numeric as amount, null as class
    from pathway join person on person.id = pathway.person_id left join person_count on person_count.person_id = person.id
      cross join lateral (select ${signed} as hit) signed
    where pathway.engagement_due_on between ${from} and ${to} and pathway.created_at <= ${asOf}
      and (signed.hit or pathway.ended_on is null or pathway.ended_on >= pathway.engagement_due_on)`;
} // prettier-ignore

/** Whose site it is: the provider's own where no other is said. */
const host = (provider: Sql) => sql`coalesce(vacancy.host_id, ${provider}) as host`;

/** What a contract said at a moment: what it was believed to, until it was corrected. */
const contracts = (asOf: string) => sql`(select contract.placement_id,
    case when then_said.id is null then contract.from_day else then_said.from_day end as from_day,
    case when then_said.id is null then contract.to_day else then_said.to_day end as to_day,
    case when then_said.id is null then contract.weekly_hours else then_said.weekly_hours end as weekly_hours
  from contract left join lateral (select id, from_day, to_day, weekly_hours from contract_correction where contract_correction.contract_id = contract.id
    and contract_correction.known_until > ${asOf} order by contract_correction.known_until, contract_correction.id limit 1) then_said on true
  where contract.created_at <= ${asOf})`; // prettier-ignore

/** The day a placement ended, as it was known at a moment. */
const endedOn = (asOf: string) => sql`(select coalesce(
    (select outcome.ended_on from outcome where outcome.placement_id = placement.id and ${known(asOf, sql`outcome`)}),
    case when not exists (select from outcome where outcome.placement_id = placement.id) then placement.ended_on end))`;

/** Day by day: each contract until the placement ends, without the days on which it was suspended. */
function hours({ from, to, asOf, day }: Looking): Sql {
  const last = sql`least(coalesce(contract.to_day, ${to}::date), coalesce(ended.ended_on, ${to}::date), ${to}::date)`;
  const days = (first: Sql, end: Sql) => sql`greatest(least(${end}, worked.last) - greatest(${first}, worked.first) + 1, 0)`;
  const back = sql`case when episode.to_day <= ${day}::date then episode.to_day - 1 end`;
  return sql`select placement.id as who, month.first as month, ${nobody}, ${where},
      placement.receiver_id as provider, placement.sender_id as sender, ${host(sql`placement.receiver_id`)}, offer.id as offer_id, true as hit,
      contract.weekly_hours / 7 * (worked.last - worked.first + 1 - coalesce((
        select sum(${days(sql`episode.from_day`, sql`coalesce(${back}, worked.last)`)}) from episode
        where episode.placement_id = placement.id and episode.suspends and episode.created_at <= ${asOf}), 0)) as amount, null as class
    from ${contracts(asOf)} contract join placement on placement.id = contract.placement_id ${placed}
      cross join lateral (select ${endedOn(asOf)} as ended_on) ended
      cross join lateral (select month::date as first from generate_series(
        date_trunc('month', greatest(contract.from_day, ${from}::date)), ${last}, interval '1 month') month) month
      cross join lateral (select greatest(contract.from_day, ${from}::date, month.first) as first,
        least(${last}, (month.first + interval '1 month')::date - 1) as last) worked
    where placement.state <> 'UNDONE' and contract.weekly_hours is not null and contract.from_day <= ${to}
      and ${last} >= greatest(contract.from_day, ${from}::date)`;
} // prettier-ignore

/** Each vacancy as its places stood at a moment. */
function places({ from, to, asOf }: Looking): Sql {
  return sql`select vacancy.id as who, date_trunc('month', figure_place.starts_on)::date as month, ${nobody}, ${where},
      vacancy.organisation_id as provider, null as sender, ${host(sql`vacancy.organisation_id`)}, offer.id as offer_id, true as hit,
      figure_place.taken::numeric as amount, null as class, figure_place.places as whole
    from figure_place join vacancy on vacancy.id = figure_place.vacancy_id join offer on offer.id = vacancy.offer_id
      left join commune on commune.code = coalesce(vacancy.commune_code, offer.commune_code)
    where ${known(asOf, sql`figure_place`)} and figure_place.starts_on between ${from} and ${to}`;
}
