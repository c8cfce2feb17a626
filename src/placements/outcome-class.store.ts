import sql, { type Sql } from 'sql-template-tag';
import { everyone, table } from '../db/table.ts';
import { grouped, type Batch } from '../graphql/loaders.ts';
import { outcomes } from './history.store.ts';
import { OutcomeRuleRow, OutcomeRuleSetRow } from './outcome-rule.row.ts';

const ruleSets = table('outcome_rule_set', OutcomeRuleSetRow, everyone);
const rules = table('outcome_rule', OutcomeRuleRow, everyone);

/** The day by which an outcome is classed: its own, or that of the end where it tells none. */
const day = sql`coalesce(outcome.from_day, outcome.ended_on)`;
const months = (count: Sql): Sql => sql`${count} * interval '1 month'`;

/** The last day is worked too: from the 1st of January to the 30th of June is exactly six months. */
const lasts = sql`case outcome_rule.bound
  when 'AT_LEAST' then outcome.to_day + 1 >= outcome.from_day + ${months(sql`outcome_rule.lasts_months`)}
  when 'MORE_THAN' then outcome.to_day + 1 > outcome.from_day + ${months(sql`outcome_rule.lasts_months`)}
  when 'LESS_THAN' then outcome.to_day + 1 < outcome.from_day + ${months(sql`outcome_rule.lasts_months`)}
end`;

/** Whether an outcome satisfies a line; what the line does not name asks nothing, what is not known satisfies nothing. */
const satisfies = (today: Sql): Sql => sql`
  (outcome_rule.kinds is null or outcome.kind = any (outcome_rule.kinds))
  and (outcome_rule.contracts is null or outcome.contract_kind = any (outcome_rule.contracts))
  and (outcome_rule.certifications is null or outcome.certification = any (outcome_rule.certifications))
  and (outcome_rule.end_reasons is null or outcome.end_reason = any (outcome_rule.end_reasons))
  and (outcome_rule.bound is null or ${lasts})
  and (outcome_rule.length_told is null or (outcome.to_day is not null) = outcome_rule.length_told)
  and (outcome_rule.hours_below is null or outcome.weekly_hours < outcome_rule.hours_below)
  and (outcome_rule.hours_told is null or (outcome.weekly_hours is not null) = outcome_rule.hours_told)
  and (outcome_rule.not_after_months is null or ${today} < ${day} + ${months(sql`outcome_rule.not_after_months`)})
  and (outcome_rule.followed_as is null or exists (select from follow_up where follow_up.placement_id = outcome.placement_id
    and follow_up.situation = any (outcome_rule.followed_as)
    and follow_up.on_day < ${day} + ${months(sql`outcome_rule.lasts_months`)}))
  and (outcome_rule.siae_kinds is null or exists (select from offer
    where offer.id = placement.offer_id and offer.siae_kind = any (outcome_rule.siae_kinds)))
  and (outcome_rule.stay_months is null
    or outcome.ended_on + 1 <= placement.started_on + ${months(sql`outcome_rule.stay_months`)})
  and (outcome_rule.stay_hours is null or (select sum(worked) from worked_hours
    where worked_hours.placement_id = outcome.placement_id and worked_hours.known_until is null) < outcome_rule.stay_hours)`;

/**
 * The class of outcomes by each rule set in force on their day, as it stands on a day: some change by time alone. The one
 * place where outcomes are classed: what a partner reads of one and what is counted of all is the same.
 */
export function classed(which: Sql, today: Sql): Sql {
  return sql`select distinct on (outcome.id, outcome_rule.rule_set) outcome.id, outcome.placement_id,
      outcome_rule.rule_set, outcome_rule.version, outcome_rule.nth, outcome_rule.class, ${day} as day
    from outcome join placement on placement.id = outcome.placement_id
      join outcome_rule_set on outcome_rule_set.from_day <= ${day}
        and (outcome_rule_set.until_day is null or outcome_rule_set.until_day > ${day})
      join outcome_rule on outcome_rule.rule_set = outcome_rule_set.rule_set
        and outcome_rule.version = outcome_rule_set.version
    where ${which} and ${satisfies(today)}
    order by outcome.id, outcome_rule.rule_set, outcome_rule.nth`;
}

const today = sql`(select (app.clock() at time zone 'Europe/Paris')::date)`;

/** A line of a rule set, and the outcome it was found to hold for. */
export type ClassRow = OutcomeRuleRow & { outcomeId: string };

/** What each rule set makes of an outcome, in the order of their names. */
export const classesOf: Batch<string, ClassRow[]> = grouped<ClassRow, string>(
  (reader, ids) =>
    reader.rows<ClassRow>(sql`
      with found as (${classed(sql`outcome.id = any(${ids}::bigint[]) and ${outcomes.scope(reader.viewer)}`, today)})
      select ${rules.columns}, found.id::text as "outcomeId" from found
        join outcome_rule on outcome_rule.rule_set = found.rule_set and outcome_rule.version = found.version
          and outcome_rule.nth = found.nth
      order by outcome_rule.rule_set`),
  (row) => row.outcomeId,
);

/** The versions in force on a day, one a rule set. */
export const ruleSetsOn: Batch<string, OutcomeRuleSetRow[]> = {
  async load(reader, days) {
    const rows = await reader.rows<OutcomeRuleSetRow & { day: string }>(sql`
      select ${ruleSets.columns}, asked.day::text as day from unnest(${days}::date[]) asked (day)
        join outcome_rule_set on outcome_rule_set.from_day <= asked.day
          and (outcome_rule_set.until_day is null or outcome_rule_set.until_day > asked.day)
      order by outcome_rule_set.rule_set`);
    return days.map((each) => rows.filter((row) => row.day === each));
  },
};

type Version = Pick<OutcomeRuleRow, 'ruleSet' | 'version'>;
const same = ({ ruleSet, version }: Version) => `${ruleSet} ${version}`;

/** The lines of a version, in their order. */
export const rulesOf: Batch<Version, OutcomeRuleRow[]> = {
  same,
  async load(reader, versions) {
    const rows = await reader.rows<OutcomeRuleRow>(sql`select ${rules.columns} from outcome_rule
      where outcome_rule.rule_set = any(${versions.map(({ ruleSet }) => ruleSet)}) order by outcome_rule.nth`);
    return versions.map((version) => rows.filter((row) => same(row) === same(version)));
  },
};
