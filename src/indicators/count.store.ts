import sql, { empty, join, raw, type Sql } from 'sql-template-tag';
import type { Reader } from '../db/reader.ts';
import { invalid } from '../kernel/refusal.ts';
import { factsOf, known, type Looking } from './fact.store.ts';
import {
  meanings,
  type IndicatorDimension,
  type IndicatorName,
  type IndicatorUnit,
} from './indicator.rules.ts';

export interface Narrowed {
  homeEpci?: string | null;
  homeCommune?: string | null;
  siteEpci?: string | null;
  siteCommune?: string | null;
  offerKind?: string | null;
  provider?: string | null;
  sender?: string | null;
  host?: string | null;
  domain?: string | null;
}

export interface Counting {
  name: IndicatorName;
  looking: Looking;
  by: readonly IndicatorDimension[];
  filter: Narrowed;
  /** Whole months and nothing narrowed: the presences kept month by month may be asked. */
  wholeMonths: boolean;
  /** The year the period is, exactly. */
  year: number | null;
}

export interface Count {
  /** Of each dimension asked, its code; null where it is not known. */
  keys: (string | null)[];
  value: number | null;
  of: number | null;
}

export interface Counts {
  total: Count;
  groups: Count[];
}

export const mostGroups = 2_000;

const columns: Record<IndicatorDimension, Sql> = {
  MONTH: sql`fact.month`,
  HOME_EPCI: sql`fact.home_epci`,
  HOME_COMMUNE: sql`fact.home_commune`,
  SITE_EPCI: sql`fact.site_epci`,
  SITE_COMMUNE: sql`fact.site_commune`,
  OFFER_KIND: sql`fact.offer_kind`,
  PROVIDER: sql`fact.provider`,
  HOST: sql`fact.host`,
  CONTRIBUTION_DOMAIN: sql`domain.code`,
  OUTCOME_CLASS: sql`fact.class`,
};

const narrowing: Record<keyof Narrowed, Sql> = {
  homeEpci: sql`fact.home_epci`,
  homeCommune: sql`fact.home_commune`,
  siteEpci: sql`fact.site_epci`,
  siteCommune: sql`fact.site_commune`,
  offerKind: sql`fact.offer_kind`,
  provider: sql`fact.provider`,
  sender: sql`fact.sender`,
  host: sql`fact.host`,
  domain: sql`(select domains from offer where offer.id = fact.offer_id)`,
};

/** How a unit is counted but people, who count once each: what is measured by its sum or its middle. */
const measured: Record<Exclude<IndicatorUnit, 'PERSON' | 'NEED'>, { value: Sql; of: Sql }> = {
  PATH: { value: sql`count(*) filter (where fact.hit)`, of: sql`count(*)` },
  PLACEMENT: { value: sql`count(*) filter (where fact.hit)`, of: sql`count(*)` },
  REFERRAL: { value: sql`count(*) filter (where fact.hit)`, of: sql`count(*)` },
  HOUR: { value: sql`round(sum(fact.amount))`, of: sql`null` },
  PLACE: { value: sql`sum(fact.amount)`, of: sql`sum(fact.whole)` },
  DAY: {
    value: sql`round(percentile_cont(0.5) within group (order by fact.amount)::numeric, 1)`,
    of: sql`count(*)`,
  },
};

/** Counts, as the role of figures: the whole, and each group. Totals are counted, never added up. */
export async function count(reader: Reader, counting: Counting): Promise<Counts> {
  const rows = await reader.rows<{ keys: (string | null)[]; whole: boolean; value: string | null; of: string | null }>(
    byMonths(counting) ? presences(counting) : facts(counting),
  );
  if (rows.length > mostGroups + 1) throw invalid('groupBy', 'TOO_MANY', { most: mostGroups });
  const counts = rows.map(({ keys, whole, value, of }) => ({ keys, whole, value: number(value), of: number(of) }));
  const { total, groups } = { total: counts.find(({ whole }) => whole), groups: counts.filter(({ whole }) => !whole) };
  return { total: total ?? { keys: [], value: 0, of: null }, groups };
} // prettier-ignore

const number = (text: string | null) => (text === null ? null : Number(text));

/** A line stands in each domain of its offer, or in none: the whole is counted before it is told apart so. */
const domains = sql`left join offer on offer.id = fact.offer_id left join lateral unnest(offer.domains) domain (code) on true`;

function facts(counting: Counting): Sql {
  const { name, looking, by, filter } = counting;
  const { unit } = meanings[name];
  const keys = by.map((dimension) => columns[dimension]);
  const byDomain = by.includes('CONTRIBUTION_DOMAIN');
  const lines = sql`(${factsOf[name](looking)}) fact ${byDomain ? domains : empty} where ${narrowed(filter)}`;
  if (unit === 'PERSON') return people(keys, lines);
  const { value, of } = measured[unit];
  if (byDomain)
    return sql`with line as materialized (select * from (${factsOf[name](looking)}) fact where ${narrowed(filter)})
      select array[${texts(keys)}]::text[] as keys, false as whole, ${value} as value, ${of} as of
        from line fact ${domains} group by ${join(keys)}
      union all select '{}', true, ${value}, ${of} from line fact order by 1 limit ${mostGroups + 2}`;
  return sql`select array[${texts(keys)}]::text[] as keys, ${wholeOf(keys)} as whole, ${value} as value, ${of} as of
    from ${lines} ${grouped(keys)}`;
}

/** Each person once in each group, then once in the whole: twice cheaper than to count what is distinct among all lines. */
function people(keys: readonly Sql[], lines: Sql): Sql {
  const counted = sql`count(*) filter (where hit) as value, count(*) as of`;
  return sql`with each as materialized (select array[${texts(keys)}]::text[] as keys, fact.who, bool_or(fact.hit) as hit
      from ${lines} group by fact.who${listed(keys, comma)})
    ${keys.length ? sql`select keys, false as whole, ${counted} from each group by keys union all` : empty}
    select '{}'::text[] as keys, true as whole, ${counted} from (select who, bool_or(hit) as hit from each group by who) person
    order by 1 limit ${mostGroups + 2}`;
}

const texts = (keys: readonly Sql[]) => (keys.length ? join(keys.map((key) => sql`${key}::text`)) : empty);
const wholeOf = (keys: readonly Sql[]) => (keys.length ? sql`grouping(${keys[0]!}) = 1` : sql`true`);
const grouped = (keys: readonly Sql[]) =>
  keys.length ? sql`group by grouping sets ((${join(keys)}), ()) order by 1 limit ${mostGroups + 2}` : empty;

function narrowed(filter: Narrowed): Sql {
  const given = Object.entries(filter).filter(([, value]) => value != null) as [keyof Narrowed, string][];
  const conditions = given.map(([name, value]) =>
    name === 'domain' ? sql`${value} = any (${narrowing.domain})` : sql`${narrowing[name]} = ${value}`,
  );
  return conditions.length ? join(conditions, ' and ') : sql`true`;
}

/** People month by month where they live: asked of presences, one line where the facts would give a line a month. */
function byMonths({ name, by, filter, wholeMonths }: Counting): boolean {
  const homes: readonly IndicatorDimension[] = ['MONTH', 'HOME_EPCI', 'HOME_COMMUNE'];
  const plain = Object.entries(filter).every(([key, value]) => value == null || key.startsWith('home'));
  return name === 'BENEFICIARIES_IN_ACTION' && by[0] === 'MONTH' && by.every((each) => homes.includes(each)) && wholeMonths && plain;
} // prettier-ignore

const aliases = [sql`one`, sql`two`];
const listed = (parts: readonly Sql[], before = empty) =>
  parts.length ? sql`${before}${join(parts)}` : empty;
const comma = sql`, `;

/**
 * Whoever comes in a month adds one, whoever has gone takes one away: summed up month by month. No two presences of one
 * person overlap, so that nobody is counted twice.
 */
function presences({ looking: { from, to, asOf }, by, filter }: Counting): Sql {
  const dims = by.slice(1).map((dimension) => columns[dimension]);
  const named = aliases.slice(0, dims.length);
  const of = (table: string) => named.map((each) => sql`${raw(table)}.${each}`);
  const same = named.map((each) => sql` and change.${each} is not distinct from place.${each}`);
  const here = sql`${known(asOf, sql`fact`)} and ${narrowed(filter)} and fact.from_month <= ${to} and fact.until_month > ${from}`;
  return sql`with change (month${listed(named, comma)}, people) as materialized (
      select step.month${listed(dims, comma)}, sum(step.people) from figure_presence fact cross join lateral
        (values (greatest(fact.from_month, ${from}::date), 1), (fact.until_month, -1)) step (month, people)
      where ${here} and step.month <= ${to} group by 1${listed(dims, comma)}),
    place as (select distinct ${named.length ? join(named) : sql`true`} from change),
    standing as (select month.first as month${listed(of('place'), comma)}, sum(coalesce(change.people, 0))
        over (${listed(of('place'), sql`partition by `)} order by month.first) as value
      from generate_series(${from}::timestamp, ${to}::timestamp, interval '1 month') month (first) cross join place
        left join change on change.month = month.first${join([empty, ...same], '')})
    select array[${texts([sql`month::date`, ...named])}]::text[] as keys, false as whole, value, value as of from standing where value > 0
    union all select '{}', true, count(*), count(*) from (select distinct fact.person_id from figure_presence fact where ${here}) person
    order by 1 limit ${mostGroups + 2}`;
} // prettier-ignore

const names: Partial<Record<IndicatorDimension, Sql>> = {
  HOME_EPCI: sql`select code, name from epci`,
  SITE_EPCI: sql`select code, name from epci`,
  HOME_COMMUNE: sql`select code, name from commune`,
  SITE_COMMUNE: sql`select code, name from commune`,
  PROVIDER: sql`select id as code, name from organisation`,
  HOST: sql`select id as code, name from organisation`,
};

/** What codes are called, where they have a name of their own. */
export async function namesOf(reader: Reader, dimension: IndicatorDimension, codes: readonly string[]): Promise<Map<string, string>> {
  const named = names[dimension];
  if (!named || !codes.length) return new Map();
  const rows = await reader.rows<{ code: string; name: string }>(sql`select * from (${named}) named where code = any(${[...codes]})`);
  return new Map(rows.map(({ code, name }) => [code, name]));
} // prettier-ignore

/** The people counted in the value, as the role of figures: their records, in the order of their ids. */
export async function peopleCounted(reader: Reader, counting: Counting, most: number): Promise<string[]> {
  const { name, looking, filter } = counting;
  const rows = await reader.rows<{ id: string }>(sql`select distinct fact.who as id
    from (${factsOf[name](looking)}) fact where fact.hit and ${narrowed(filter)} order by 1 limit ${most}`);
  return rows.map(({ id }) => id);
}
