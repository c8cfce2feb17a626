import sqlTag, { empty, join, raw, type Sql } from 'sql-template-tag';
import type { PageWindow } from '../kernel/page.ts';
import type { Reader } from './reader.ts';
import type { Table } from './table.ts';

/** One key of an order: an expression that is never null, and the type its text is read back as. */
export interface SortKey {
  by: Sql;
  type: 'text' | 'timestamptz' | 'date' | 'integer' | 'bigint';
}

/** A total order: the last key is unique, all keys run in one direction (keyset pages compare rows). */
export interface Order {
  name: string;
  keys: readonly SortKey[];
  descending?: boolean;
}

export interface Listing<R> {
  table: Table<R>;
  /** Joins and laterals the conditions or the order need. */
  join?: Sql;
  where: readonly Sql[];
  order: Order;
  /** More columns computed for the row, e.g. its distance. */
  extra?: Sql;
}

export type Keyed<R> = R & { $keys: string[] };

export function byId(tableName: string, descending = false): Order {
  return { name: 'ID', keys: [{ by: raw(`${tableName}.id`), type: 'text' }], descending };
}

/** One row more than the page: its presence says there is a next page. */
export function pageSql<R>(reader: Reader, listing: Listing<R>, window: PageWindow): Sql {
  const { table, order } = listing;
  const down = Boolean(order.descending) !== window.backward;
  const keys = order.keys.map((key) => key.by);
  const direction = raw(down ? 'desc' : 'asc');
  return sqlTag`select ${table.columns}${listing.extra ? sqlTag`, ${listing.extra}` : empty},
      array[${join(keys.map((key) => sqlTag`(${key})::text`))}] as "$keys"
    from ${raw(table.name)} ${listing.join ?? empty}
    where ${join([table.scope(reader.viewer), ...listing.where, beyond(order, window, down)], ' and ')}
    order by ${join(keys.map((key) => sqlTag`${key} ${direction}`))}
    limit ${window.size + 1}`;
}

function beyond(order: Order, window: PageWindow, down: boolean): Sql {
  if (!window.from) return sqlTag`true`;
  const left = join(order.keys.map((key) => key.by));
  const right = join(window.from.map((value, at) => sqlTag`${value}::${raw(order.keys[at]!.type)}`));
  return sqlTag`(${left}) ${raw(down ? '<' : '>')} (${right})`;
}

export function countSql<R>(reader: Reader, listing: Listing<R>): Sql {
  return sqlTag`select count(*)::int as count from ${raw(listing.table.name)} ${listing.join ?? empty}
    where ${join([listing.table.scope(reader.viewer), ...listing.where], ' and ')}`;
}

export interface Page<R> {
  rows: Keyed<R>[];
  hasNext: boolean;
  hasPrevious: boolean;
}

/** Cuts the extra row off and puts a backward page the right way round. */
export function pageOf<R>(rows: Keyed<R>[], window: PageWindow): Page<R> {
  const more = rows.length > window.size;
  const kept = rows.slice(0, window.size);
  if (window.backward) return { rows: kept.reverse(), hasNext: window.from !== null, hasPrevious: more };
  return { rows: kept, hasNext: more, hasPrevious: window.from !== null };
}

export async function readPage<R>(reader: Reader, listing: Listing<R>, window: PageWindow): Promise<Page<R>> {
  return pageOf(await reader.rows<Keyed<R>>(pageSql(reader, listing, window)), window);
}
