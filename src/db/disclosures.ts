import sql, { raw, type Sql } from 'sql-template-tag';
import type { Reader } from './reader.ts';

/** What was opened of one person while one request was answered. */
export interface Disclosed {
  person: string;
  categories: string[];
  /** When it was first and last read: rights are those of that time. */
  from: string;
  until: string;
}

/** Notes, while a request is answered, of whom it opens what. What takes them writes them before the answer leaves. */
export class Disclosures {
  private people = new Map<string, { categories: Set<string>; from: string; until: string }>();

  note(person: string, category: string, at: string): void {
    const known = this.people.get(person);
    if (!known) this.people.set(person, { categories: new Set([category]), from: at, until: at });
    else {
      known.categories.add(category);
      known.until = at;
    }
  }

  /** All that was noted since the last time, one entry a person. */
  take(): Disclosed[] {
    const taken = [...this.people].map(([person, { categories, from, until }]) => ({
      ...{ person, from, until },
      categories: [...categories].sort(),
    }));
    this.people = new Map();
    return taken;
  }
}

const mark = /^\$([A-Z]+)$/;
const byRow = 'ROW';

/**
 * A column beside a row's own that says what it tells, and of whom: `person_id as "$IDENTITY"`, or where each row has
 * categories of its own `category || ' ' || person_id as "$ROW"`. It goes with the rows whatever statement they are
 * read by, and a reader that takes notes finds it there: no list or edge can forget it.
 */
export function tells(category: string | Sql, person: Sql): Sql {
  if (typeof category === 'string') return sql`${person} as ${raw(`"$${category}"`)}`;
  return sql`(${category}) || ' ' || ${person} as ${raw(`"$${byRow}"`)}`;
}

/** The same reader, noting what its rows tell. Transactions and jobs take no notes: nothing of theirs leaves the hub. */
export function noting(reader: Reader, disclosures: Disclosures): Reader {
  const note = (category: string, told: string | null) => {
    if (told === null) return; // of rows of several kinds, one that tells nothing by itself
    const [categories, person] =
      category === byRow ? (told.split(' ') as [string, string]) : [category, told];
    for (const each of categories.split(',')) disclosures.note(person, each, reader.now);
  };
  return {
    ...reader,
    async rows<T>(query: Sql): Promise<T[]> {
      const rows = await reader.rows<T & Record<string, unknown>>(query);
      for (const key of Object.keys(rows[0] ?? {})) {
        const category = mark.exec(key)?.[1];
        if (category) for (const row of rows) note(category, row[key] as string);
      }
      return rows;
    },
  };
}

/**
 * The same reader, of many who are compared so that a few are shown: it takes no notes. Whoever is then shown is read
 * again by a reader that does; of the others nothing leaves the hub but how many stand before, and where places run out.
 */
export function comparing(reader: Reader): Reader {
  return {
    ...reader,
    look: undefined, // what is compared is looked at all over
    async rows<T>(query: Sql): Promise<T[]> {
      const rows = await reader.rows<{ row: T }>(
        sql`select to_jsonb(compared) as row from (${query}) compared`,
      );
      return rows.map(({ row }) => row);
    },
  };
}
