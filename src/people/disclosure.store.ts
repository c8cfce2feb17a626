import sql from 'sql-template-tag';
import type { Reader } from '../db/reader.ts';
import { grouped, type Batch } from '../graphql/loaders.ts';
import { followed, withinScope } from './access.ts';
import { AccessReason, type Category } from './access.rules.ts';

/** What is open of a person to the viewer, why, and until when. */
export interface Open {
  personId: string;
  category: Category;
  reason: AccessReason;
  until: string | null;
}

const weight = Object.keys(AccessReason);

/** Of several rights to one category the one that lasts longest is told. */
export const disclosureOf = grouped<Open, string>(
  async (reader: Reader, people) => {
    const within = withinScope(reader.viewer);
    if (!within) return [];
    return reader.rows<Open>(sql`
      select distinct on (person_id, category) person_id as "personId", category, reason, valid_until as until
      from person_access reach where person_id = any(${[...people]}) and ${within}
      order by person_id, category, valid_until desc nulls first, array_position(${weight}, reason)`);
  },
  (open) => open.personId,
);

/** Whether the viewer follows each person as far as this category. */
export function followsInto(category: Category): Batch<string, boolean> {
  return {
    async load(reader, people) {
      const rows = await reader.rows<{
        id: string;
      }>(sql`select id from unnest(${[...people]}::text[]) person (id)
        where ${followed(reader.viewer, sql`person.id`, category)}`);
      const known = new Set(rows.map(({ id }) => id));
      return people.map((id) => known.has(id));
    },
  };
}
