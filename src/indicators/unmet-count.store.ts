import sql, { type Sql } from 'sql-template-tag';
import { reach, unanswered, underWay } from '../agenda/unmet.store.ts';
import type { Month } from '../agenda/unmet.rules.ts';
import type { Reader } from '../db/reader.ts';
import type { NeedTheme } from '../people/need.rules.ts';

/** How many needs of a theme nothing within reach answers, where the people live. */
export interface UnmetCount {
  theme: NeedTheme;
  epci: string | null;
  commune: string | null;
  value: number;
}

/**
 * Needs open in a month of each person, joined records counted as one, as they were told at a moment. Distances are measured
 * from the commune where it is a large one, else from the largest of the EPCI: the role of figures reads no contact.
 */
function wanted(month: Month, asOf: string): Sql {
  return sql`with seat as (select distinct on (epci_code) epci_code, code from commune where epci_code is not null
      order by epci_code, population desc, code),
    root as (select person.id, coalesce(person_count.counted_as, person.id) as who, person.epci_code, person.commune_code
      from person left join person_count on person_count.person_id = person.id where person.erased_at is null)
    select distinct on (root.who, need.theme) root.who, need.theme, ${reach} as reach, coalesce(root.commune_code, seat.code) as commune,
      root.epci_code as home_epci, root.commune_code as home_commune
    from need join root on root.id = need.person_id left join seat on seat.epci_code = root.epci_code
      left join person_profile profile on profile.person_id = need.person_id
    where need.opened_on <= ${month.to} and need.created_at <= ${asOf}
      and (need.closed_on is null or need.updated_at > ${asOf} or (need.closed_on >= ${month.from} and need.close_reason <> 'MISTAKE'))
      and not ${underWay(sql`referral.person_id in (select id from root other where other.who = root.who)`, month)}
    order by root.who, need.theme, root.id = root.who desc, root.id`;
}

/** Counts them, as the role of figures. */
export function unmetCounted(reader: Reader, month: Month, asOf: string): Promise<UnmetCount[]> {
  return reader.rows<UnmetCount>(sql`with ${unanswered(wanted(month, asOf), month)}
    select theme, home_epci as epci, home_commune as commune, count(*)::int as value from unmet group by 1, 2, 3`);
}
