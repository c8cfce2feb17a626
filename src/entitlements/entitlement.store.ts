import sql, { type Sql } from 'sql-template-tag';
import { byId as byIdOrder } from '../db/list.ts';
import { edge } from '../graphql/lists.ts';
import { byId, grouped } from '../graphql/loaders.ts';
import { categoryTable } from '../people/access.ts';
import { EntitlementPeriodRow, EntitlementRow } from './entitlement.row.ts';

export const entitlements = categoryTable('entitlement', EntitlementRow, 'ENTITLEMENTS');
export const periods = categoryTable('entitlement_period', EntitlementPeriodRow, 'ENTITLEMENTS');

export const entitlementById = byId(entitlements, 'Entitlement');
/** The latest first: ids sort by the time they were made. */
export const entitlementsOf = edge(entitlements, 'personId', byIdOrder('entitlement', true));

/** Every period of a right, the first day first, and of one day what was believed last. */
export const periodsOf = grouped<EntitlementPeriodRow, string>(
  (reader, ids) =>
    reader.rows(sql`select ${periods.columns} from entitlement_period
      where entitlement_period.entitlement_id = any(${[...ids]}) and ${periods.scope(reader.viewer)}
      order by entitlement_period.from_day, entitlement_period.known_until desc nulls first, entitlement_period.id`),
  (row) => row.entitlementId,
);

/** What was known at an instant; today, where none is said. */
function known(asOf: Sql | undefined): Sql {
  return asOf
    ? sql`income.known_from <= ${asOf} and (income.known_until is null or income.known_until > ${asOf})`
    : sql`income.known_until is null`;
}

/** All records of the person of this column, those that only resemble it too: figures count them once. To the hub alone. */
const countedTogether = (
  person: Sql,
) => sql`array(select ${person} union select other.person_id from person_count mine
    join person_count other on other.counted_as = mine.counted_as where mine.person_id = ${person})`;

/**
 * Whether the person of this column had an open right to a minimum income on a day: allocataire or spouse, payment
 * suspended included, refused and pending not (docs/domain.md §13). SQL for the hub, which alone sees every record of a
 * person; `person` and `day` are columns or values, typed (`${'$'}{day}::date`). With `asOf`, as it was known at that instant.
 */
export function rightOn(person: Sql, day: Sql, asOf?: Sql): Sql {
  return sql`exists (select from entitlement_period income
    where income.person_id = any(${countedTogether(person)}) and income.state in ('OPEN', 'SUSPENDED')
      and income.from_day <= ${day} and (income.until_day is null or income.until_day > ${day}) and ${known(asOf)})`;
}
