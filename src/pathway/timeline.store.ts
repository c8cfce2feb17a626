import sql, { empty, type Sql } from 'sql-template-tag';
import { pageOf, type Keyed } from '../db/list.ts';
import type { Reader } from '../db/reader.ts';
import { Connected } from '../graphql/connection.ts';
import type { Batch } from '../graphql/loaders.ts';
import { pageWindow, signature, type PageRequest, type PageWindow } from '../kernel/page.ts';
import { linesOf } from './line.store.ts';
import type { TimelineKind, TimelineRow } from './timeline.rules.ts';

export interface TimelineAsked {
  person: string;
  request: PageRequest;
  kinds: readonly TimelineKind[];
}

/** A page of each person's time line, those who are asked alike in one statement; what the lines are about comes by loaders. */
export const timelineOf: Batch<TimelineAsked, Connected<TimelineRow>> = {
  same: (asked) => JSON.stringify(asked),
  async load(reader, asked) {
    const alike = new Map<string, TimelineAsked[]>();
    for (const each of asked) {
      const key = JSON.stringify([each.request, each.kinds]);
      alike.set(key, [...(alike.get(key) ?? []), each]);
    }
    const pages = new Map<TimelineAsked, Connected<TimelineRow>>();
    for (const group of alike.values())
      for (const [nth, page] of (await pagesOf(reader, group)).entries()) pages.set(group[nth]!, page);
    return asked.map((each) => pages.get(each)!);
  },
};

/** Refuses a page nobody gives before it is asked together with those of others. */
export function windowOf({ request, kinds }: Pick<TimelineAsked, 'request' | 'kinds'>) {
  const sealed = signature('timeline', [...kinds].sort());
  return { sealed, window: pageWindow(request, sealed, 2) };
}

async function pagesOf(reader: Reader, group: readonly TimelineAsked[]) {
  const { kinds } = group[0]!;
  const people = group.map(({ person }) => person);
  const { sealed, window } = windowOf(group[0]!);
  const lines = linesOf(reader.viewer, people, kinds);
  const rows = await reader.rows<Keyed<TimelineRow> & { person: string }>(sql`
    with line as (${lines}) select page.* from unnest(${people}::text[]) asked (person) cross join lateral (${page(window)}) page`);
  return people.map((person) => {
    const own = rows.filter((row) => row.person === person);
    return new Connected(pageOf(own, window), sealed, () => countOf(reader, person, kinds));
  });
}

/** The latest day first; within a day what was recorded last. */
function page({ size, backward, from }: PageWindow): Sql {
  const beyond = from ? sql`and (line."on", line.sorted) ${backward ? sql`>` : sql`<`} (${from[0]}::date, ${from[1]})` : empty;
  const order = backward ? sql`line."on", line.sorted` : sql`line."on" desc, line.sorted desc`;
  return sql`select line.*, array[line."on"::text, line.sorted] as "$keys" from line
    where line.person = asked.person ${beyond} order by ${order} limit ${size + 1}`;
} // prettier-ignore

async function countOf(reader: Reader, person: string, kinds: readonly TimelineKind[]): Promise<number> {
  const lines = linesOf(reader.viewer, [person], kinds);
  const [row] = await reader.rows<{ count: number }>(sql`select count(*)::int as count from (${lines}) line`);
  return row!.count;
}
