import sqlTag, { empty, join, raw, type Sql } from 'sql-template-tag';
import { largestPage, type PageWindow } from '../kernel/page.ts';
import { Refusal } from '../kernel/refusal.ts';
import { columnsRead, rowsRead, type Reader } from './reader.ts';
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
  /** Where the keys tell more than a cursor may: it then holds an id alone, and they are read again as the viewer. */
  anchor?: Anchor;
}

export interface Anchor {
  /** The id of a row, as SQL. */
  id: Sql;
  /** `select` of the order's keys of the row with this id; no row where it is not there for the viewer any more. */
  keysOf: (id: Sql) => Sql;
}

/** How many texts a cursor of this order holds. */
export function cursorLength({ anchor, keys }: Order): number {
  return anchor ? 1 : keys.length;
}

export interface Listing<R> {
  table: Table<R>;
  /** Joins and laterals the conditions or the order need. */
  join?: Sql;
  where: readonly Sql[];
  order: Order;
  /** More columns computed for the row, e.g. its distance. */
  extra?: Sql;
  /** The conditions tell something of whoever meets them: a count of a few is noted as if they had stood on a page. */
  telling?: boolean;
  /** Whom the answer tells something of, on the page or not: noted with it where they are few. */
  beside?: readonly Listing<R>[];
}

export type Keyed<R> = R & { $keys: string[] };

export function byId(tableName: string, descending = false): Order {
  return { name: 'ID', keys: [{ by: raw(`${tableName}.id`), type: 'text' }], descending };
}

/** One row more than the page: its presence says there is a next page. */
export function pageSql<R>(reader: Reader, listing: Listing<R>, window: PageWindow): Sql {
  return limited(rowsWithin(asRead(reader, listing), window, listing.table.scope(reader.viewer)), window);
}

/** The list with the columns that are read of it here. */
function asRead<R>(reader: Reader, listing: Listing<R>): Listing<R> {
  const columns = columnsRead(reader, listing.table);
  return columns === listing.table.columns ? listing : { ...listing, table: { ...listing.table, columns } };
}

function rowsWithin<R>(listing: Listing<R>, window: PageWindow, scope: Sql, also: Sql = empty): Sql {
  const { table, order } = listing;
  const down = isDown(order, window);
  const keys = order.keys.map((key) => key.by);
  const cursor = order.anchor ? [order.anchor.id] : keys;
  return sqlTag`select ${table.columns}${listing.extra ? sqlTag`, ${listing.extra}` : empty},
      array[${join(cursor.map((key) => sqlTag`(${key})::text`))}] as "$keys"${also}
    from ${raw(table.name)} ${listing.join ?? empty}
    where ${join([scope, ...listing.where, beyond(order, window, down)], ' and ')}
    order by ${directed(keys, down)}`;
}

/**
 * A plan that serves every page size must be told how few rows a page has. For a bare parameter PostgreSQL supposes a
 * tenth of the table, finds that dear and plans each page afresh; so the largest page is said, and what is asked stops it.
 */
function limited(rows: Sql, { size }: PageWindow): Sql {
  return sqlTag`select * from (${rows} limit ${raw(String(largestPage + 1))}) page limit ${size + 1}`;
}

/**
 * The page of a viewer who sees few of the rows: a page of each way, by that way's own index, then the first of them all.
 * Walking the table in the list's order would meet nearly everybody's rows before its own.
 */
function fewSql<R>(ways: readonly Sql[], listing: Listing<R>, window: PageWindow): Sql {
  if (ways.length === 1) return limited(rowsWithin(listing, window, ways[0]!), window);
  const keys = listing.order.keys.map(({ by }, at) => ({ by, name: raw(`"$${at + 1}"`) }));
  const sorted = keys
    .map(({ by, name }) => sqlTag`, ${by} as ${name}`)
    .reduce((all, key) => sqlTag`${all}${key}`);
  const pages = ways.map((way) => sqlTag`(${limited(rowsWithin(listing, window, way, sorted), window)})`);
  const names = keys.map(({ name }) => name);
  const all = sqlTag`select ${namesOf(listing)} from (${join(pages, ' union all ')}) way
    order by ${directed(names, isDown(listing.order, window))}`;
  return limited(all, window);
}

/** What the columns of a list are called: all are named in its own text. */
function namesOf<R>({ table, extra = empty }: Listing<R>): Sql {
  const named = `${table.columns.text} ${extra.text} as "$keys"`.matchAll(/ as ("[^"]+")/g);
  return raw([...named].map(([, name]) => name).join(', '));
}

function isDown(order: Order, window: PageWindow): boolean {
  return Boolean(order.descending) !== window.backward;
}

function directed(keys: readonly Sql[], down: boolean): Sql {
  return join(keys.map((key) => sqlTag`${key} ${raw(down ? 'desc' : 'asc')}`));
}

function beyond(order: Order, window: PageWindow, down: boolean): Sql {
  if (!window.from) return sqlTag`true`;
  const left = join(order.keys.map((key) => key.by));
  if (order.anchor)
    return sqlTag`(${left}) ${raw(down ? '<' : '>')} (${order.anchor.keysOf(sqlTag`${window.from[0]!}::text`)})`;
  const right = join(window.from.map((value, at) => sqlTag`${value}::${raw(order.keys[at]!.type)}`));
  return sqlTag`(${left}) ${raw(down ? '<' : '>')} (${right})`;
}

/** How a statement says that it is about all rows at once. */
export const sayingWhole = `set_config('app.extent', 'WHOLE', true)`;

/**
 * All rows are asked for at once, and the statement says so before it looks at the first one: the policies then gather
 * whom the viewer may see instead of asking row by row (`app.asks_whole`).
 */
function countWithin<R>({ table, where, join: joined }: Listing<R>, ways: readonly Sql[]): Sql {
  const each = ways.map(
    (way) => sqlTag`select count(*) as rows from ${raw(table.name)} ${joined ?? empty}
      where whole.said is not null and ${join([way, ...where], ' and ')}`,
  );
  return sqlTag`select counted.count from (select ${raw(sayingWhole)} as said offset 0) whole
    cross join lateral (select sum(rows)::int as count from (${join(each, ' union all ')}) way offset 0) counted`;
}

export async function readCount<R>(reader: Reader, listing: Listing<R>): Promise<number> {
  const query = countWithin(listing, await counted(reader, listing.table));
  return (await reader.rows<{ count: number }>(query))[0]!.count;
}

async function counted<R>(reader: Reader, { ways, scope }: Table<R>): Promise<Sql[]> {
  if (!ways) return [scope(reader.viewer)];
  const breadth = await ways.breadth(reader);
  const all = ways.of(reader.viewer, breadth === 'FEW' ? 'AS_FEW' : 'AS_ALL');
  return breadth === 'MOST' ? [sqlTag`(${join(all, ' or ')})`] : all;
}

/** A row that is no longer there for the viewer is no place to go on from. */
async function holdsOn(reader: Reader, { anchor }: Order, { from }: PageWindow): Promise<void> {
  if (!anchor || !from) return;
  const rows = await reader.rows(anchor.keysOf(sqlTag`${from[0]!}::text`));
  if (!rows.length) throw new Refusal('CURSOR_MISMATCH');
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
  await holdsOn(reader, listing.order, window);
  const rows = await reader.rows<Keyed<R>>(await rowsSql(reader, listing, window));
  return pageOf(rowsRead(reader, listing.table, rows), window);
}

async function rowsSql<R>(reader: Reader, listing: Listing<R>, window: PageWindow): Promise<Sql> {
  const { ways } = listing.table;
  const few = ways && (await ways.breadth(reader)) === 'FEW';
  return few
    ? fewSql(ways.of(reader.viewer, 'AS_FEW'), asRead(reader, listing), window)
    : pageSql(reader, listing, window);
}

/** All rows of a list where they are no more than so many, and none where they are. */
export async function readFew<R>(reader: Reader, listing: Listing<R>, most: number): Promise<R[]> {
  const page = await rowsSql(reader, listing, { size: most, backward: false, from: null });
  return reader.rows(sqlTag`select * from (select page.*, count(*) over () as met from (${page}) page) few
    where met <= ${most}`);
}
