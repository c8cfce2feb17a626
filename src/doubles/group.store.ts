import sql from 'sql-template-tag';
import type { Transaction } from '../db/transaction.ts';
import type { Grouped, Joint } from './group.rules.ts';

/** As the hub: what joins people, from these outwards, until no link leads further. */
export async function joinedWith(
  tx: Transaction,
  from: readonly string[],
): Promise<{ people: string[]; joints: Joint[] }> {
  const rows = await tx.rows<{ person: string }>(sql`
    with recursive joined (person) as (
      select unnest(${[...from]}::text[]) collate "C" union
      select other.id from joined, lateral (
        select into_id from person_link where person_id = joined.person and state in ('PROPOSED', 'CONFIRMED')
        union all select person_id from person_link where into_id = joined.person and state in ('PROPOSED', 'CONFIRMED')
        union all select found_id from person_count where person_id = joined.person and found_id is not null
        union all select person_id from person_count where found_id = joined.person
      ) other (id))
    select person from joined order by person`);
  const people = rows.map(({ person }) => person);
  const joints = await tx.rows<Joint>(sql`
    select id as link, person_id as person, into_id as into, state = 'CONFIRMED' as confirmed,
      coalesce(decided_at, created_at) as at
    from person_link where person_id = any(${people}) and state in ('PROPOSED', 'CONFIRMED')
    union all select '', person_id, found_id, false, compared_at
    from person_count where person_id = any(${people}) and found_id is not null`);
  return { people, joints };
}

export async function saveGroups(tx: Transaction, groups: readonly Grouped[]): Promise<void> {
  await tx.change(
    sql`insert into person_count (person_id, same_as, counted_as)
      select person, "sameAs", "countedAs"
      from jsonb_to_recordset(${JSON.stringify(groups)}::jsonb) as given (person text, "sameAs" text, "countedAs" text)
      on conflict (person_id) do update set same_as = excluded.same_as, counted_as = excluded.counted_as`,
    groups.length,
  );
}
