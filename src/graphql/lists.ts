import sql, { join, raw, type Sql } from 'sql-template-tag';
import {
  cursorLength,
  pageOf,
  pageSql,
  readCount,
  readFew,
  readPage,
  type Keyed,
  type Listing,
  type Order,
  type Page,
} from '../db/list.ts';
import { snake } from '../db/naming.ts';
import { rowsRead, type Reader } from '../db/reader.ts';
import type { Table } from '../db/table.ts';
import { pageWindow, signature, type PageRequest } from '../kernel/page.ts';
import { Connected } from './connection.ts';
import type { Context } from './context.ts';
import type { Batch } from './loaders.ts';

/**
 * A list at the root of a query. `about` is what the cursor must agree with besides table and order: the search
 * point of a distance, for example. A cursor from elsewhere refuses with CURSOR_MISMATCH. Without a request only its length
 * is asked.
 */
export async function listed<R>(
  ctx: Context,
  listing: Listing<R>,
  request: PageRequest | null,
  about: unknown = null,
) {
  const length = () => counted(ctx, listing);
  if (!request) return new Connected<R>({ rows: [], hasNext: false, hasPrevious: false }, '', length);
  const sealed = signature(listing.table.name, listing.order.name, about);
  const window = pageWindow(request, sealed, cursorLength(listing.order));
  const page = await readPage(ctx.reader, listing, window);
  for (const each of listing.beside ?? []) await readFew(ctx.reader, each, few);
  return new Connected<R>(page, sealed, length);
}

/** Asked about so few, a list or a count tells of each of them what it was narrowed by (docs/adr/0016). */
const few = 20;

async function counted<R>({ reader }: Context, listing: Listing<R>): Promise<number> {
  const count = await readCount(reader, listing);
  if (listing.telling && count > 0 && count <= few) await readFew(reader, listing, few);
  return count;
}

/** An edge from one parent to its many children, declared once: the child table, its foreign key, its order. */
export interface Edge<R> {
  readonly pages: Batch<{ parent: string; request: PageRequest }, Connected<R>>;
  readonly counts: Batch<string, number>;
  /** Refuses a page nobody gives, before it is asked together with those of others. */
  readonly check: (request: PageRequest) => void;
}

export function edge<R>(table: Table<R>, parentKey: keyof R & string, order: Order): Edge<R> {
  const column = raw(`${table.name}.${snake(parentKey)}`);
  const counts: Batch<string, number> = {
    async load(reader, parents) {
      const rows = await reader.rows<{ parent: string; count: number }>(sql`
        select ${column} as parent, count(*)::int as count from ${raw(table.name)}
        where ${column} = any(${parents}) and ${table.scope(reader.viewer)} group by 1`);
      const found = new Map(rows.map((row) => [row.parent, row.count]));
      return parents.map((parent) => found.get(parent) ?? 0);
    },
  };
  return edgeOf(table, { name: parentKey, on: (parent) => sql`${column} = ${parent}` }, order, counts);
}

/** How rows belong to a parent that no column of theirs names: through another table. */
interface Through {
  name: string;
  on: (parent: Sql) => Sql;
}

/** The same, where the rows carry no key of their parent. */
export function edgeThrough<R>(table: Table<R>, through: Through, order: Order): Edge<R> {
  const counts: Batch<string, number> = {
    async load(reader, parents) {
      const rows = await reader.rows<{ count: number }>(sql`
        select (select count(*)::int from ${raw(table.name)}
          where ${through.on(sql`parent.key`)} and ${table.scope(reader.viewer)}) as count
        from unnest(${parents}::text[]) with ordinality parent (key, at) order by at`);
      return rows.map(({ count }) => count);
    },
  };
  return edgeOf(table, through, order, counts);
}

function edgeOf<R>(
  table: Table<R>,
  { name, on }: Through,
  order: Order,
  counts: Batch<string, number>,
): Edge<R> {
  const windowOf = (request: PageRequest) => {
    const sealed = signature(table.name, name, order.name);
    return { sealed, window: pageWindow(request, sealed, cursorLength(order)) };
  };
  return {
    counts,
    check: windowOf,
    pages: { same: (key) => JSON.stringify(key), load: (reader, keys) => loadPages(reader, keys) },
  };

  async function loadPages(reader: Reader, keys: readonly { parent: string; request: PageRequest }[]) {
    const byRequest = new Map<string, { request: PageRequest; parents: string[] }>();
    for (const { parent, request } of keys) {
      const same = JSON.stringify(request);
      byRequest.set(same, { request, parents: [...(byRequest.get(same)?.parents ?? []), parent] });
    }
    const answers = new Map<string, Connected<R>>();
    for (const [same, { request, parents }] of byRequest)
      for (const [parent, page] of await childPages(reader, parents, request))
        answers.set(parent + same, page);
    return keys.map(({ parent, request }) => answers.get(parent + JSON.stringify(request))!);
  }

  /** One statement for all parents: each parent's own page, through a lateral join. */
  async function childPages(reader: Reader, parents: string[], request: PageRequest) {
    const { sealed, window } = windowOf(request);
    const child = pageSql(reader, { table, order, where: [on(sql`parent.key`)] }, window);
    const rows = await reader.rows<Keyed<R> & { $parent: string }>(sql`
      select parent.key as "$parent", child.* from unnest(${parents}::text[]) parent (key) cross join lateral (${child}) child`);
    const own = new Map<string, Keyed<R>[]>(parents.map((parent) => [parent, []]));
    for (const row of rows) own.get(row.$parent)!.push(row);
    return parents.map((parent): [string, Connected<R>] => {
      const page: Page<R> = pageOf(rowsRead(reader, table, own.get(parent)!), window);
      return [
        parent,
        new Connected(page, sealed, () => counts.load(reader, [parent]).then(([count]) => count!)),
      ];
    });
  }
}

/** The children of one parent, batched with those of its siblings. */
export async function children<R>(
  ctx: Context,
  of: Edge<R>,
  parent: string,
  { first, after, last, before }: PageRequest,
) {
  const request = { first, after, last, before };
  of.check(request);
  const page = await ctx.loaders.load(of.pages, { parent, request });
  // counted with the siblings' too, in one statement, and only if somebody asks
  page.totalCount = () => ctx.loaders.load(of.counts, parent);
  return page;
}

/** The rows of a page were asked with their ids: `in (…)` for a filter that lists values. */
export function anyOf(column: string, values: readonly string[] | null | undefined) {
  return values && values.length ? [sql`${raw(column)} in (${join(values)})`] : [];
}
